import { settingOf, switchOf, writtenNumber } from "../../kinds/vllm/setting.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { setFlag } from "./mend.ts";
import { servingContainers } from "./servers.ts";

const example = (tokens: string) =>
  serverExample({ args: ["Qwen/Qwen3-8B", "--max-num-seqs=512", `--max-num-batched-tokens=${tokens}`] });

export const batchSize = defineRule({
  id: "vllm/batch-size",
  title: "Fewer tokens a step than requests",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-05"],
  docs: {
    summary: "--max-num-batched-tokens is below --max-num-seqs, or below --max-model-len while chunked prefill is off.",
    why: "Each running request takes one token of every step, and without chunks a prompt must fit into one step. vLLM checks both when it starts and stops.",
    mend: "Raise --max-num-batched-tokens to the number that the message names; 2048 to 8192 are usual.",
    sources: ["https://github.com/vllm-project/vllm/blob/main/vllm/config/scheduler.py"],
  },
  examples: { bad: example("256 # <-"), good: example("8192") },
  messages: {
    requests:
      "{object}: --max-num-batched-tokens {tokens} is below --max-num-seqs {wanted}, and each request takes a token of every step: vLLM refuses to start. Write {wanted} or more.",
    prompt:
      "{object}: --max-num-batched-tokens {tokens} is below --max-model-len {wanted}, and chunked prefill is off: vLLM refuses to start. Write {wanted} or more, or leave --no-enable-chunked-prefill away.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const { container, servers, title } of servingContainers(object, settings)) {
      for (const server of servers) {
        const tokens = writtenNumber(server, "--max-num-batched-tokens");
        if (tokens === undefined) continue;
        const requests = writtenNumber(server, "--max-num-seqs")?.value ?? 0;
        const whole = switchOf(server, "--enable-chunked-prefill") === "off";
        const length = whole ? (writtenNumber(server, "--max-model-len")?.value ?? 0) : 0;
        const wanted = Math.max(requests, length);
        if (tokens.value >= wanted || settingOf(server, "--max-num-batched-tokens") === "unknown") continue;
        report({
          at: spanOfWord(tokens.at.word, tokens.at.start),
          message: length > requests ? "prompt" : "requests",
          slots: { object: title, tokens: tokens.value, wanted },
          fixes: setFlag(container, server, "--max-num-batched-tokens", String(wanted)),
        });
      }
    }
  },
});
