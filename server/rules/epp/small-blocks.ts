import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setNumber } from "../set-number.ts";
import { routerFrom } from "./router.ts";

const example = (blockSize: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: queue-scorer
  - type: prefix-cache-scorer
  - type: approx-prefix-cache-producer
    parameters:
      blockSizeTokens: ${blockSize}
`;

/** llm-d-router pkg/epp/framework/plugins: the producer raises anything below. */
const smallest = 64;

export const smallBlocks = defineRule({
  id: "epp/small-blocks",
  title: "Blocks smaller than the producer makes",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["EPP-22"],
  docs: {
    summary: `approx-prefix-cache-producer has a blockSizeTokens below ${smallest}.`,
    why: `The producer hashes prompts in blocks of at least ${smallest} tokens and raises a smaller number to that, so 5 or 16 make no difference.`,
    mend: `Write ${smallest} or more, or leave it out: with autoTune, which is on by default, the engine's own block size is taken.`,
    sources: ["https://github.com/llm-d/llm-d-router/tree/main/pkg/epp/framework/plugins/requestcontrol"],
  },
  examples: { bad: example("16 # <-"), good: example("64") },
  messages: {
    raised: `{object}: {name} raises blockSizeTokens {value} to ${smallest}. Write ${smallest}, or leave it out.`,
  },
  reads: [endpointPickerConfig],
  check(context) {
    const { object, report } = context;
    for (const { type, name, parameters } of object.view.plugins) {
      if (type !== "approx-prefix-cache-producer") continue;
      const size = numberAt(parameters, "blockSizeTokens");
      if (size === undefined || size.value < 1 || size.value >= smallest) continue;
      if (routerFrom("0.8", context) === undefined) return;
      report({
        at: size.node,
        message: "raised",
        slots: { object: object.title, name, value: size.value },
        fixes: setNumber(size.node, smallest),
      });
    }
  },
});
