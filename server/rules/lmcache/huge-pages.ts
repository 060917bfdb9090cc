import { GiB, rankCount } from "../../graph/cache-memory.ts";
import { cachesOf, isNested } from "../../graph/cache-of.ts";
import { defaultLocalCpuGiB } from "../../kinds/lmcache/flat.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { numberAt } from "../../text/read.ts";
import { bytesOf, formatBytes, quantityText } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { containerTitle, isOn } from "./settings.ts";

const example = (limits: string) =>
  engineExample({
    config: `max_local_cpu_size: 20\nlocal_cpu_use_hugepages: true${limits === "" ? " # <-" : ""}`,
    resources: `resources:\n  limits: {nvidia.com/gpu: "1", memory: 40Gi${limits}}`,
  });

export const hugePages = defineRule({
  id: "lmcache/huge-pages",
  title: "Huge pages that the pod does not have",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["LMC-037"],
  docs: {
    summary:
      "local_cpu_use_hugepages is true, and the container's limit of hugepages-2Mi is missing or below the pool.",
    why: "The pool is then taken from huge pages of 2 MiB that the node set aside, and a container gets as many as its limit says, none without one. The allocation fails, and the engine with it.",
    mend: "Set hugepages-2Mi in the limits to ranks x max_local_cpu_size; Kubernetes takes the request from there. The nodes must have that many pages.",
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/cpu_ram.html",
      "https://kubernetes.io/docs/tasks/manage-hugepages/scheduling-hugepages/",
    ],
  },
  examples: { bad: example(""), good: example(", hugepages-2Mi: 20Gi") },
  messages: {
    missing:
      "{object}: LMCache takes its pool of {held} from huge pages, but the container has no limit of hugepages-2Mi, and so gets none: the engine fails at its start. Set hugepages-2Mi to {wanted}.",
    small:
      "{object}: LMCache takes its pool of {held} from huge pages, but hugepages-2Mi is {limit}: the engine fails at its start. Set it to {wanted}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    for (const cache of cachesOf(graph, object)) {
      const pages = cache.setting("local_cpu_use_hugepages");
      const { container } = cache;
      // Without any limits the container is a part of another, or a LimitRange fills them in.
      if (
        isNested(cache.config) ||
        typeof pages === "string" ||
        !isOn(pages) ||
        container.limit("memory") === undefined
      )
        continue;
      const setting = cache.setting("max_local_cpu_size");
      const written = typeof setting === "string" ? undefined : numberAt(setting.node)?.value;
      const gib = setting === "default" ? defaultLocalCpuGiB : (written ?? 0);
      const held =
        BigInt(Math.max(0, Math.round(gib * Number(GiB)) || 0)) * BigInt(rankCount(object, container).pinning);
      const limit = container.limit("hugepages-2Mi");
      if (held <= 0n || (limit !== undefined && bytesOf(limit.value) >= held)) continue;
      const slots = { object: containerTitle(object, container), held: formatBytes(held), wanted: quantityText(held) };
      if (limit === undefined) report({ at: pages.node, message: "missing", slots });
      else report({ at: limit.node, message: "small", slots: { ...slots, limit: formatBytes(bytesOf(limit.value)) } });
    }
  },
});
