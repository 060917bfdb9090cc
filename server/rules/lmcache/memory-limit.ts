import { cacheMemory } from "../../graph/cache-memory.ts";
import { cachesOf } from "../../graph/cache-of.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { bytesOf, formatBytes } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";
import { fittingSize, lowerCache, mendWords, raiseLimit, roomyLimit } from "./mend-memory.ts";

/** vLLM on four ranks with 40 GiB of cache each. */
const stack = (limit: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: lmcache-config
data:
  lmcache.yaml: |
    chunk_size: 256
    local_cpu: true
    max_local_cpu_size: 40
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  replicas: 2
  selector:
    matchLabels: { app: llama }
  template:
    metadata:
      labels: { app: llama }
    spec:
      containers:
        - name: vllm
          image: lmcache/vllm-openai:v0.4.2
          args:
            - meta-llama/Llama-3.1-70B-Instruct
            - --tensor-parallel-size=4
            - --kv-transfer-config
            - '{"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}'
          env:
            - name: LMCACHE_CONFIG_FILE
              value: /etc/lmcache/lmcache.yaml
          resources:
            limits:
              nvidia.com/gpu: "4"
              memory: ${limit}
          volumeMounts:
            - name: lmcache-config
              mountPath: /etc/lmcache
            - name: shm
              mountPath: /dev/shm
      volumes:
        - name: shm
          emptyDir: { medium: Memory, sizeLimit: 16Gi }
        - name: lmcache-config
          configMap:
            name: lmcache-config
`;

export const cacheMemoryLimit = defineRule({
  id: "lmcache/memory-limit",
  title: "Memory limit that the CPU cache does not fit into",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-007", "VLM-17", "S0"],
  docs: {
    summary:
      "The container that holds LMCache's CPU cache has a memory limit not above that cache (error), or leaves too little beside it (warning).",
    why: "LMCache inside vLLM pins `max_local_cpu_size` GiB for each worker process when it starts, also with `local_cpu: false`; four tensor-parallel ranks pin it four times. Pinned memory counts against the limit of the vLLM container, so a limit below it is an OOMKill in every start. A sidecar with `storage.cpu.buffer_size` grows until its buffer is full and dies then, with all it had cached. Beside the cache, an engine works with about 4 GiB a rank and 8 GiB, a sidecar with a tenth of its buffer.",
    mend: "Raise the limit above the cache and its working room, and the request with it, so that the scheduler finds a node that has the memory. Or lower the cache. Models with latent attention (DeepSeek-V3, Kimi-K2, …) pin on one rank; several ranks of a model that the command line does not name count as one.",
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/cpu_ram.html",
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run",
    ],
  },
  examples: {
    bad: stack("64Gi # <-"),
    good: stack("184Gi"),
  },
  messages: {
    nested:
      'Container "{container}" of {object} may use {limit} of memory, but its CPU cache alone takes {held} ({source}): it is OOMKilled before the cache is full. {mend}',
    nestedTight:
      'Container "{container}" of {object} may use {limit} of memory, and its CPU cache takes {held} of it ({source}): what is left is less than a tenth of the cache, and LMCache itself is OOMKilled as the cache fills. {mend}',
    pinned:
      'Container "{container}" of {object} may use {limit} of memory, but LMCache pins {held} at start ({source}): it is OOMKilled before it serves. {mend}',
    pinnedTight:
      'Container "{container}" of {object} may use {limit} of memory, of which LMCache pins {held} at start ({source}): the {left} left are less than the {room} that its processes work with. {mend}',
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const cache of cachesOf(graph, object)) {
      const memory = cacheMemory(object, cache);
      const limit = cache.container.limit("memory");
      const allowed = limit === undefined ? 0n : bytesOf(limit.value);
      // A limit of zero is none.
      if (memory === undefined || limit === undefined || allowed <= 0n) continue;
      if (allowed >= memory.held + memory.room) continue;
      const { form, key, written, size, ranks, held, room } = memory;
      const raised = roomyLimit(cache, memory);
      const fitting = fittingSize(allowed, memory);
      const each = ranks > 1 ? ` ${formatBytes(size)} for each of ${ranks} ranks` : "";
      report({
        at: limit.node,
        message: allowed <= held ? form : `${form}Tight`,
        severity: allowed <= held ? "error" : "warning",
        slots: {
          container: cache.container.name?.value ?? "",
          object: object.title,
          limit: formatBytes(allowed),
          held: formatBytes(held),
          source: written === undefined ? `LMCache's default${each}, ${key} is not written` : `${key}${each}`,
          left: formatBytes(allowed - held),
          room: formatBytes(room),
          mend: mendWords(memory, raised, fitting),
        },
        related: [
          {
            at: written?.node ?? cache.config?.root.entries[0]?.key ?? limit.node,
            message: `${key} is ${formatBytes(size)}${written === undefined ? ", by default" : ""}`,
          },
        ],
        fixes: [...raiseLimit(cache, raised), ...lowerCache(cache, memory, fitting)],
      });
    }
  },
});
