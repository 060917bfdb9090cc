import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { numberAt, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatSettings, isOn } from "./settings.ts";

export const hotCacheOff = defineRule({
  id: "lmcache/hot-cache-off",
  title: "Pinned memory without a hot cache",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["LMC-010"],
  docs: {
    summary: "local_cpu is false beside a max_local_cpu_size.",
    why: "The pool is pinned all the same, at its whole size and on every rank, since chunks are staged in it. local_cpu only decides whether they may stay there. Switched off, the memory is paid for and caches nothing.",
    mend: "Set local_cpu to true, or shrink the pool to the 5 GiB of the default.",
    sources: ["https://docs.lmcache.ai/kv_cache/storage_backends/cpu_ram.html"],
  },
  examples: {
    bad: engineExample({ config: "local_cpu: false # <-\nmax_local_cpu_size: 40" }),
    good: engineExample({ config: "local_cpu: true\nmax_local_cpu_size: 40" }),
  },
  messages: {
    off: "{object}: local_cpu is false, but {size} GiB are pinned on each rank all the same, as a staging buffer, and cache nothing. Set local_cpu to true, or shrink max_local_cpu_size.",
  },
  reads: [lmcacheConfig, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const hot = settings.text("local_cpu");
      const size = settings.text("max_local_cpu_size");
      const gib = numberAt(size?.node)?.value ?? 0;
      const isOff = hot !== undefined && /^\s*(?:false|0)\s*$/i.test(hot.value);
      // A small pool is what a staging buffer should be.
      if (!isOff || gib <= 5 || isOn(settings.text("enable_pd")) || !settings.owns(hot.node)) continue;
      const scalar = resolve(hot.node);
      report({
        at: hot.node,
        message: "off",
        slots: { object: settings.title, size: gib },
        fixes:
          scalar?.type === "scalar"
            ? [{ title: "Set local_cpu to true", safe: false, edits: [setScalar(scalar, "true")] }]
            : [],
      });
    }
  },
});
