import { isOpen } from "../../kinds/vllm/command-line.ts";
import { type Flag, takesNoValue } from "../../kinds/vllm/flag.ts";
import { presenceIn } from "../../kinds/vllm/life.ts";
import { type BadValue, badValue } from "../../kinds/vllm/values.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { defineRule } from "../rule.ts";
import { serversIn, servingCharts } from "./chart-servers.ts";
import { fixOf, rewrite } from "./mend.ts";
import { argumentsOf, type ServingContainer } from "./servers.ts";
import { switchedBy, switchFix, tookValues } from "./switches.ts";

const example = (type: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args:
            - meta-llama/Llama-3.1-8B-Instruct
            - --kv-cache-dtype=${type}
            - --max-model-len=32k
`;

export const flagValue = defineRule({
  id: "vllm/flag-value",
  title: "Value that a flag of vLLM does not take",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-02", "VLM-06", "VLM-14", "S4"],
  docs: {
    summary:
      "A flag of vLLM has a value of another type, outside its bounds or not among its choices, has none although it needs one, or has one although it is a switch.",
    why: "vLLM checks its command line before it loads anything, prints what is wrong and exits. The container restarts for ever. Switches take no word: `--enforce-eager true` makes `true` a word of its own, and `--enforce-eager=false` is an error, not the opposite. Sizes may be written 32k (32000) or 32K (32768) where vLLM says so, never 32Ki.",
    mend: "Write a value that the message names. For the opposite of a switch write `--no-…`.",
    sources: [
      "https://docs.vllm.ai/en/latest/cli/serve/",
      "https://github.com/vllm-project/vllm/blob/main/vllm/engine/arg_utils.py",
      "https://github.com/vllm-project/vllm/blob/main/vllm/config/cache.py",
    ],
  },
  examples: {
    bad: example("int8 # <-"),
    good: example("fp8"),
  },
  messages: {
    wrong: '{object}: {flag} is "{value}", but vLLM takes {wants}, and the server never starts.{hint}',
    missing: "{object}: {flag} has no value: argument parsing fails and the server never starts.",
    switch:
      '{object}: {flag} takes no value, but gets "{value}": argument parsing fails and the server never starts.{hint}',
  },
  reads: [deployment, statefulSet, leaderWorkerSet, ...servingCharts],
  check({ object, settings, report }) {
    for (const serving of serversIn(object, settings)) {
      for (const { argument } of argumentsOf(serving)) {
        const { flag, match, word, length, path, inline, values, stray, cutOff } = argument;
        if (flag === undefined || (match !== "exact" && match !== "abbreviated") || isGone(flag, serving)) continue;
        const slots = { object: serving.title, flag: word.text.slice(0, length) };
        const at = spanOfWord(word, 0, length);
        const [value] = values;
        if (takesNoValue(flag)) {
          const given = stray ?? (inline ? value : undefined);
          if (given === undefined || isOpen(given.text) || tookValues(flag, serving)) continue;
          const right = switchedBy(argument, given.text);
          const hint = right === undefined ? "" : ` Write ${right}.`;
          const fixes = switchFix(serving.container, argument, right);
          const place = spanOfWord(given.word, given.start);
          report({ at: place, message: "switch", slots: { ...slots, value: given.text, hint }, fixes });
        } else if (value === undefined) {
          if (!cutOff && flag.type.is !== "optional") report({ at, message: "missing", slots });
        } else if (path === undefined) {
          for (const one of values) {
            const bad = isOpen(one.text) ? undefined : wrong(flag, one.text, serving);
            if (bad === undefined) continue;
            const hint = bad.better === undefined ? "" : ` Write ${bad.better}.`;
            report({
              at: spanOfWord(one.word, one.start),
              message: "wrong",
              slots: { ...slots, value: one.text, wants: bad.wants, hint },
              fixes:
                bad.better === undefined
                  ? []
                  : fixOf(`Write ${bad.better}`, false, rewrite(one.word, one.start, one.word.text.length, bad.better)),
            });
          }
        }
      }
    }
  },
});

/** What a removed flag is set to is nobody's concern. */
function isGone({ life }: Flag, { version }: ServingContainer): boolean {
  return version !== undefined && presenceIn(life, version) === "gone";
}

/** Versions past every list may know further choices; a slip stays one. */
function wrong({ type }: Flag, text: string, { release }: ServingContainer): BadValue | undefined {
  const bad = badValue(type, text);
  return type.is === "one" && release === "newer" && bad?.better === undefined ? undefined : bad;
}
