import { inGib } from "../../engine/units.ts";
import { placeOf } from "../../kinds/vllm/setting.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { fitOf, fitsNowhere } from "../../scenario/model-fit.ts";
import { modelServers } from "../../scenario/model-server.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "../vllm/example.ts";
import { setFlag } from "../vllm/mend.ts";
import { mendWords } from "./weights.ts";

const example = (length: string) =>
  serverExample({
    args: ["meta-llama/Llama-3.1-8B-Instruct", `--max-model-len=${length}`],
    container: [
      "env:",
      "  - {name: HF_TOKEN, valueFrom: {secretKeyRef: {name: hub, key: token}}}",
      "resources: {limits: {nvidia.com/gpu: 1}}",
    ],
    spec: ["nodeSelector: {nvidia.com/gpu.product: NVIDIA-L4}"],
  });

export const kvCacheTooSmall = defineRule({
  id: "capacity/kv-cache",
  title: "KV cache below one request of the maximum length",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["KV-02"],
  docs: {
    summary:
      "What is left of the GPU beside the weights holds less KV cache than one request of --max-model-len (the model's own length where it is not written) may take.",
    why: 'vLLM promises every request its full length, so it compares the two when it starts and stops with "To serve at least one request with the model\'s max seq len (…), … GiB KV cache is needed, which is larger than the available KV cache memory". Models have windows of 128k tokens and more, which few requests use and small GPUs cannot hold.',
    mend: "Write the --max-model-len that requests need. An fp8 cache halves what a token takes; more tensor parallel ranks share it. `headroom capacity FILE` prints the whole sum. Said only where model and GPU are known, and where it does not fit at either end of the error either.",
    sources: [
      "https://docs.vllm.ai/en/latest/configuration/conserving_memory/",
      "https://github.com/vllm-project/vllm/blob/main/vllm/v1/core/kv_cache_utils.py",
    ],
  },
  examples: { bad: example("131072 # <-"), good: example("16384") },
  messages: {
    below:
      "{object}: one request of {length} tokens needs {needed} GiB of KV cache, and {left} GiB are left on each {gpu}: vLLM refuses to start. The longest that fits is about {longest} tokens. {mend}",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, settings, report }) {
    for (const server of modelServers(object, settings)) {
      const fit = fitOf(graph, object, server, settings);
      const at = placeOf(server.command, "--max-model-len") ?? placeOf(server.command, "--model");
      // States whose size is not known only take more.
      if (fit === undefined || at === undefined || fit.capacity.bestVerdict !== "below-one-request") continue;
      if (!fitsNowhere(fit)) continue;
      const { budget, startup, settled } = fit.capacity;
      const possible = Math.floor(startup.longest / 1024) * 1024;
      report({
        at,
        message: "below",
        slots: {
          object: server.title,
          length: settled.maxModelLen,
          needed: inGib(startup.needed).toFixed(2),
          left: Math.max(0, inGib(budget.kvCache.bytes)).toFixed(2),
          gpu: fit.gpu.id,
          longest: startup.longest,
          mend: mendWords(fit),
        },
        fixes: possible > 0 ? setFlag(server.container, server.command, "--max-model-len", String(possible)) : [],
      });
    }
  },
});
