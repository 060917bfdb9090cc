import { writtenNumber } from "../../kinds/vllm/setting.ts";
import { envOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { modelOfServer } from "../../scenario/model-fit.ts";
import { modelServers } from "../../scenario/model-server.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { setFlag } from "./mend.ts";

const example = (length: string) => serverExample({ args: ["Qwen/Qwen3-8B", `--max-model-len=${length}`] });
const override = "VLLM_ALLOW_LONG_MAX_MODEL_LEN";

export const modelLength = defineRule({
  id: "vllm/model-length",
  title: "--max-model-len beyond what the model was made for",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-04"],
  docs: {
    summary: `--max-model-len is above the number of positions in the config.json of a known model, and ${override} is not set.`,
    why: "vLLM refuses to start: positions that the model never saw give nonsense, or numbers that are none.",
    mend: "Write the model's own length or less. Models that are made longer by scaled rotary positions need them in --hf-overrides; then nothing is said here.",
    sources: [
      "https://github.com/vllm-project/vllm/blob/main/vllm/config/model.py",
      "https://docs.vllm.ai/en/latest/configuration/env_vars/",
    ],
  },
  examples: { bad: example("131072 # <-"), good: example("32768") },
  messages: {
    beyond:
      "{object}: --max-model-len is {length}, but {model} has {positions} positions: vLLM refuses to start. Write {positions} or less.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const server of modelServers(object, settings)) {
      const written = writtenNumber(server.command, "--max-model-len");
      const found = modelOfServer(server, settings);
      const positions = found?.model.maxPositions;
      if (written === undefined || found === undefined || positions === undefined) continue;
      if (written.value <= positions || mayBeAllowed(server.container)) continue;
      const { command, container, title } = server;
      report({
        at: spanOfWord(written.at.word, written.at.start),
        message: "beyond",
        slots: { object: title, length: written.value, model: found.model.id, positions },
        fixes: setFlag(container, command, "--max-model-len", String(positions)),
      });
    }
  },
});

/** The variable may come from a ConfigMap too. */
function mayBeAllowed(container: Parameters<typeof envOf>[0]): boolean {
  const variable = envOf(container, override);
  return variable === undefined ? at(container.root, "envFrom") !== undefined : variable.value?.value.trim() !== "0";
}
