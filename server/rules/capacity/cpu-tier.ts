import type { Settings } from "../../config/settings.ts";
import { type BytesPerRank, bytesPerRank, inGib } from "../../engine/units.ts";
import { cacheMemory } from "../../graph/cache-memory.ts";
import { type Cache, cachesOf } from "../../graph/cache-of.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { tokensInCache } from "../../scenario/cache-tokens.ts";
import { fitOf } from "../../scenario/model-fit.ts";
import { type ModelServer, modelServers } from "../../scenario/model-server.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "../vllm/example.ts";

const example = (size: string) =>
  serverExample({
    image: "lmcache/vllm-openai:v0.4.3",
    args: [
      "Qwen/Qwen3-8B",
      "--max-model-len=32768",
      "--kv-transfer-config",
      `'{"kv_connector": "LMCacheConnectorV1", "kv_role": "kv_both"}'`,
    ],
    container: ["env:", `  - {name: LMCACHE_MAX_LOCAL_CPU_SIZE, value: "${size}`],
  });

export const cpuTierTooSmall = defineRule({
  id: "capacity/cpu-tier",
  title: "CPU cache too small to be of use",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["KV-03", "LMC-068", "LMC-069"],
  docs: {
    summary:
      "LMCache's CPU tier holds fewer tokens than one request of the maximum length (warning), or less than the GPU's own KV cache (information).",
    why: "`max_local_cpu_size` is what each rank has, in GiB. A prompt that does not fit drives out its own beginning while it is stored, so that the next request finds nothing. And a tier below the GPU's own cache mostly repeats what the GPU still holds: what falls out of one falls out of the other.",
    mend: "Raise max_local_cpu_size to several requests, better to several times the GPU's cache, and the memory limit by that times the ranks. Or leave the tier away.",
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/cpu_ram.html",
      "https://docs.lmcache.ai/api_reference/configurations.html",
    ],
  },
  examples: { bad: example('2"} # <-'), good: example('60"}') },
  messages: {
    request:
      "{object}: {key} {size} GiB a rank keeps {tokens} tokens of {model}, and one request may have {length}: it drives out its own beginning. It takes {needed} GiB.",
    pool: "{object}: {key} {size} GiB a rank is less than the {pool} GiB of KV cache on each {gpu}: the CPU tier mostly repeats what the GPU still holds. Give it more than {pool} GiB a rank, or leave it out.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, settings, report }) {
    const servers = modelServers(object, settings);
    for (const cache of cachesOf(graph, object)) {
      const server = servers.find(({ container }) => container.root === cache.container.root);
      const memory = cacheMemory(object, cache);
      if (server === undefined || memory?.form !== "pinned" || memory.written === undefined) continue;
      const size = bytesPerRank(Number(memory.size));
      const slots = { object: server.title, key: memory.key, size: gibText(size) };
      const request = longestRequest(server, cache, settings, size);
      const at = memory.written.node;
      if (request !== undefined && request.kept < request.length) {
        const { kept: tokens, length, model, needed } = request;
        report({ at, message: "request", slots: { ...slots, tokens, length, model, needed } });
        continue;
      }
      const fit = fitOf(graph, object, server, settings);
      const pool = fit?.capacity.budget.kvCache;
      if (fit === undefined || pool === undefined || pool.bytes - pool.error <= size) continue;
      report({
        at,
        message: "pool",
        slots: { ...slots, pool: gibText(pool.bytes), gpu: fit.gpu.id },
        severity: "info",
      });
    }
  },
});

interface LongestRequest {
  readonly kept: number;
  readonly length: number;
  readonly model: string;
  readonly needed: string;
}

/** What the tier keeps of a request of the maximum length: the GPU does not count for that. */
function longestRequest(
  server: ModelServer,
  cache: Cache,
  settings: Settings,
  sizePerRank: BytesPerRank,
): LongestRequest | undefined {
  const held = tokensInCache(server, cache, settings, sizePerRank);
  const length = server.flags.maxModelLen ?? held?.model.maxPositions;
  if (held === undefined || length === undefined) return undefined;
  const { tokens: kept, model, bytesPerToken } = held;
  return { kept, length, model: model.id, needed: gibText(bytesPerRank(bytesPerToken * length)) };
}

function gibText(size: BytesPerRank): string {
  return String(Number(inGib(size).toFixed(2)));
}
