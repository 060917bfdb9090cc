import { has, writtenNumber } from "../../kinds/vllm/setting.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { removeFlag, setFlag } from "./mend.ts";
import { servingContainers } from "./servers.ts";

const example = (share: string) => serverExample({ args: ["Qwen/Qwen3-8B", `--gpu-memory-utilization=${share}`] });

/** From here on, what CUDA and NCCL take beside vLLM's own plan no longer fits. */
const tight = 0.97;
const share = "--gpu-memory-utilization";
const bytes = "--kv-cache-memory-bytes";

export const memoryShare = defineRule({
  id: "vllm/memory-share",
  title: "Share of the GPU's memory that leaves nothing, or that nobody reads",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["VLM-02", "VLM-03"],
  docs: {
    summary: `${share} is ${tight} or more, or stands beside ${bytes}, which takes its place.`,
    why: "The share is of the whole GPU and holds weights, activations and KV cache together. CUDA's context, NCCL and fragments need some besides: at 0.97 and more the server runs out of memory at its start or under load. With a size of the KV cache in bytes vLLM does not read the share at all, so changing it changes nothing.",
    mend: "0.90 to 0.95 are usual. Keep one of the two flags.",
    sources: [
      "https://github.com/vllm-project/vllm/blob/main/vllm/config/cache.py",
      "https://docs.vllm.ai/en/latest/configuration/conserving_memory/",
    ],
  },
  examples: { bad: example("0.98 # <-"), good: example("0.92") },
  messages: {
    tight:
      "{object}: --gpu-memory-utilization {share} leaves {rest} of the GPU for CUDA's context and NCCL: the server runs out of memory at start or under load. Write 0.92.",
    unread:
      "{object}: --gpu-memory-utilization {share} has no effect, since --kv-cache-memory-bytes sets the KV cache's size. Delete one of them.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const { container, servers, title } of servingContainers(object, settings)) {
      for (const server of servers) {
        const written = writtenNumber(server, share);
        if (written === undefined) continue;
        const at = spanOfWord(written.at.word, written.at.start);
        const slots = { object: title, share: written.value };
        if (has(server, bytes)) {
          const last = server.arguments.findLast(({ flag }) => flag?.name === share);
          const fixes = last === undefined ? [] : removeFlag(container, last);
          report({ at, message: "unread", slots, fixes });
        } else if (written.value >= tight && written.value <= 1) {
          const rest = `${Number((100 * (1 - written.value)).toFixed(2))} %`;
          report({ at, message: "tight", slots: { ...slots, rest }, fixes: setFlag(container, server, share, "0.92") });
        }
      }
    }
  },
});
