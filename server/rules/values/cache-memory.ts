import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import { modelsOf, ranksOf } from "../../kinds/helm-values/stack-model.ts";
import { at, numberAt, quantityAt, scalarAt } from "../../text/read.ts";
import { bytesOf, formatBytes } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";

/** What vLLM with LMCache works with beside the pinned pool: for each rank, and once. As lmcache/memory-limit has it. */
const room = { rank: 4, pod: 8 } as const;
const gibibyte = 1024n ** 3n;

const example = (memory: string) => `servingEngineSpec:
  modelSpec:
    - name: llama-70b
      repository: lmcache/vllm-openai
      tag: v0.4.3
      modelURL: meta-llama/Llama-3.1-70B-Instruct
      replicaCount: 1
      requestCPU: 16
      requestMemory: ${memory}
      requestGPU: 4
      vllmConfig:
        tensorParallelSize: 4
        enablePrefixCaching: true
      lmcacheConfig:
        enabled: true
        cpuOffloadingBufferSize: "60"
`;

export const cacheMemory = defineRule({
  id: "values/cache-memory",
  title: "Values whose memory the cache takes whole",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-060"],
  docs: {
    summary:
      "A model of the production stack has a memory limit or request that is not above its CPU cache, which each tensor-parallel rank pins for itself.",
    why: "cpuOffloadingBufferSize becomes max_local_cpu_size of LMCache, and each rank pins that much when it starts. A limit below the sum is an OOMKill in every start; a request below it puts the pod on a node that may not have the memory. Beside the cache an engine works with about 4 GiB a rank and 8 GiB.",
    mend: "Raise requestMemory (and limitMemory) above ranks x size with that room, or lower the size.",
    sources: [
      "https://github.com/vllm-project/production-stack/blob/main/helm/templates/deployment-vllm-multi.yaml",
      "https://docs.lmcache.ai/kv_cache/storage_backends/cpu_ram.html",
    ],
  },
  examples: { bad: example("240Gi # <-"), good: example("264Gi") },
  messages: {
    limit:
      "{object}: {model} may use {memory} (limitMemory), but its {ranks} {pin} {held} of CPU cache at start ({size} GiB each): it is OOMKilled before it serves. Raise the limit to {wanted}.",
    tight:
      "{object}: {model} may use {memory} (limitMemory), of which its {ranks} {pin} {held} of CPU cache at start: less than {room} are left for vLLM. Raise the limit to {wanted}.",
    request:
      "{object}: {model} asks for {memory} (requestMemory), but its {ranks} {pin} {held} of CPU cache at start ({size} GiB each), and vLLM needs memory beside it: a node may not have it. Raise it to {wanted}.",
  },
  reads: [productionStackValues],
  check({ object, report }) {
    for (const model of modelsOf(object)) {
      const { root, title } = model;
      const size = numberAt(root, "lmcacheConfig", "cpuOffloadingBufferSize")?.value;
      const ranks = ranksOf(model);
      if (scalarAt(root, "lmcacheConfig", "enabled")?.text !== "true" || at(root, "resources") !== undefined) continue;
      if (size === undefined || !Number.isSafeInteger(size) || size <= 0 || ranks === undefined) continue;
      const held = BigInt(ranks) * BigInt(size) * gibibyte;
      const needed = held + BigInt(ranks * room.rank + room.pod) * gibibyte;
      const slots = {
        object: object.title,
        model: title,
        ranks,
        pin: ranks === 1 ? "rank pins" : "ranks pin",
        held: formatBytes(held),
        wanted: formatBytes(needed),
      };
      const limit = quantityAt(root, "limitMemory");
      const request = quantityAt(root, "requestMemory");
      const allowed = limit === undefined ? 0n : bytesOf(limit.value);
      if (limit !== undefined && allowed > 0n && allowed < needed) {
        const told = { ...slots, memory: formatBytes(allowed), size, room: formatBytes(needed - held) };
        if (allowed <= held) report({ at: limit.node, message: "limit", severity: "error", slots: told });
        else report({ at: limit.node, message: "tight", slots: told });
      } else if (request !== undefined && bytesOf(request.value) <= held) {
        const memory = formatBytes(bytesOf(request.value));
        report({ at: request.node, message: "request", slots: { ...slots, memory, size } });
      }
    }
  },
});
