import type { RawFix } from "../../findings/raw-finding.ts";
import { gieInferenceModelRewrite, inferenceModelRewrite } from "../../kinds/inference-model-rewrite/kind.ts";
import { setEntry } from "../../text/edits.ts";
import type { MapNode } from "../../text/node.ts";
import { at, itemsAt, mapAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (second: string) => `apiVersion: llm-d.ai/v1alpha2
kind: InferenceModelRewrite
metadata: {name: assistant}
spec:
  poolRef: {name: llama}
  rules:
    - matches: [{model: {type: Exact, value: assistant}}]
      targets:
        - modelRewrite: llama-v1
          weight: 9
        - modelRewrite: llama-v2${second}
`;

export const rewriteWeights = defineRule({
  id: "pool/rewrite-weights",
  title: "Rewrite with weights on some targets only",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["GW-09"],
  docs: {
    summary: "Of the targets of one rule of an InferenceModelRewrite some have a weight and others have none.",
    why: "The API server accepts that. As soon as one target has a weight, the endpoint picker draws by weights, and a target without one is never drawn; it only logs a warning.",
    mend: "Give every target a weight, or none: without any all are drawn alike.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/requestcontrol/director.go"],
  },
  examples: { bad: example(" # <-"), good: example("\n          weight: 1") },
  messages: {
    never:
      "{object}: {target} has no weight while others of its rule have one, so no request is ever sent to it. Give it a weight.",
  },
  reads: [inferenceModelRewrite, gieInferenceModelRewrite],
  check({ object, report }) {
    for (const rule of itemsAt(object.root, "spec", "rules")) {
      const targets = itemsAt(rule, "targets").flatMap((target) => mapAt(target) ?? []);
      const without = targets.filter((target) => at(target, "weight") === undefined);
      if (without.length === targets.length) continue;
      for (const target of without) {
        const name = stringAt(target, "modelRewrite");
        const slots = { object: object.title, target: name?.value ?? "a target" };
        report({ at: name?.node ?? target, message: "never", slots, fixes: weighed(target) });
      }
    }
  },
});

function weighed(target: MapNode): RawFix[] {
  if (target.anchor !== undefined) return [];
  return [{ title: "Give it weight 1", safe: false, edits: [setEntry(target, "weight", "1")] }];
}
