import { cacheMemory } from "../../graph/cache-memory.ts";
import { cachesOf } from "../../graph/cache-of.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { resolve } from "../../text/read.ts";
import { bytesOf, formatBytes, quantityText } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = (request: string) =>
  engineExample({
    config: "max_local_cpu_size: 60",
    resources: `resources:\n  requests: {memory: ${request}\n  limits: {memory: 80Gi, nvidia.com/gpu: "1"}`,
  });

export const memoryRequest = defineRule({
  id: "lmcache/memory-request",
  title: "Memory request below the pinned cache",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["LMC-008"],
  docs: {
    summary: "The memory request of the container is below what LMCache pins there at its start.",
    why: "The scheduler counts requests alone. It puts the pod on a node that has that much left, and the pool is pinned there all the same: it cannot be swapped or reclaimed, so the kernel kills other pods of the node, or this one.",
    mend: "Request what is pinned and what the processes work with besides; best as much as the limit.",
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/cpu_ram.html",
      "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/",
    ],
  },
  examples: { bad: example("16Gi} # <-"), good: example("80Gi}") },
  messages: {
    below:
      "{object} requests {request} of memory, but LMCache pins {held} there at start ({source}): the scheduler may choose a node that does not have it. Request {wanted}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const cache of cachesOf(graph, object)) {
      const memory = cacheMemory(object, cache);
      const request = cache.container.request("memory");
      const limit = cache.container.limit("memory");
      if (memory === undefined || request === undefined || memory.form !== "pinned") continue;
      const { held, room, size, ranks, key } = memory;
      const allowed = limit === undefined ? undefined : bytesOf(limit.value);
      // A limit that the cache does not fit into is the greater mistake.
      if (bytesOf(request.value) >= held || (allowed !== undefined && allowed > 0n && allowed <= held)) continue;
      const wanted = quantityText(allowed !== undefined && allowed > held ? allowed : held + room);
      const node = resolve(request.node);
      const each = ranks > 1 ? `${key} ${formatBytes(size)} for each of ${ranks} ranks` : key;
      report({
        at: request.node,
        message: "below",
        slots: {
          object: containerTitle(object, cache.container),
          request: formatBytes(bytesOf(request.value)),
          held: formatBytes(held),
          source: memory.written === undefined ? `${each}, by default` : each,
          wanted,
        },
        fixes:
          node?.type === "scalar"
            ? [{ title: `Request ${wanted}`, safe: false, edits: [setScalar(node, wanted)] }]
            : [],
      });
    }
  },
});
