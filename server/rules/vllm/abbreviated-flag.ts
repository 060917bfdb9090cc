import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { defineRule } from "../rule.ts";
import { renameFlag } from "./mend.ts";
import { argumentsOf, servingContainers } from "./servers.ts";

const example = (flag: string) => `apiVersion: apps/v1
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
          command: ["vllm", "serve"]
          args:
            - meta-llama/Llama-3.1-8B-Instruct
            - ${flag}
`;

export const abbreviatedFlag = defineRule({
  id: "vllm/abbreviated-flag",
  title: "Flag of vLLM that is not written out",
  since: "0.1.0",
  severity: "info",
  fixable: "safe",
  refs: ["VLM-15"],
  docs: {
    summary: "A flag of vLLM is written as the beginning of its name, which argparse completes.",
    why: "It works only while one flag begins like this. The next version may have a second one, and then the server refuses to start. Whoever searches for the flag does not find it either.",
    mend: "Write the whole name.",
    sources: [
      "https://docs.python.org/3/library/argparse.html#argument-abbreviations-prefix-matching",
      "https://docs.vllm.ai/en/latest/cli/serve/",
    ],
  },
  examples: {
    bad: example("--max-num-seq=256 # <-"),
    good: example("--max-num-seqs=256"),
  },
  messages: {
    short:
      "{object}: {flag} is short for {name}, which works until another flag begins like this. Write the whole name.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const serving of servingContainers(object, settings)) {
      for (const { argument } of argumentsOf(serving)) {
        const { match, word, length, name } = argument;
        if (match !== "abbreviated") continue;
        report({
          at: spanOfWord(word, 0, length),
          message: "short",
          slots: { object: serving.title, flag: word.text.slice(0, length), name },
          fixes: renameFlag(argument, name, true),
        });
      }
    }
  },
});
