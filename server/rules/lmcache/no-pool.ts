import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { numberAt, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatSettings, isOn } from "./settings.ts";

export const noPool = defineRule({
  id: "lmcache/no-pool",
  title: "LMCache without host memory",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-009"],
  docs: {
    summary: "max_local_cpu_size is 0.",
    why: "The pinned pool is more than the CPU tier: every chunk on its way to or from disk, a remote cache or another engine is staged in it. Without it no backend can store or load anything. Only prefill/decode with a buffer of its own does without.",
    mend: "Give it GiB for each rank; LMCache's default is 5. To leave out the hot cache alone, set local_cpu to false.",
    sources: ["https://docs.lmcache.ai/kv_cache/storage_backends/cpu_ram.html"],
  },
  examples: {
    bad: engineExample({ config: "max_local_cpu_size: 0 # <-" }),
    good: engineExample({ config: "max_local_cpu_size: 5" }),
  },
  messages: {
    none: "{object}: max_local_cpu_size is 0, but every backend stages its chunks in that pool: nothing can be stored or loaded. Set GiB for each rank; the default is 5.",
  },
  reads: [lmcacheConfig, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const size = settings.text("max_local_cpu_size");
      const isZero = size !== undefined && numberAt(size.node)?.value === 0;
      if (!isZero || !settings.owns(size.node) || isOn(settings.text("enable_pd"))) continue;
      const scalar = resolve(size.node);
      report({
        at: size.node,
        message: "none",
        slots: { object: settings.title },
        fixes:
          scalar?.type === "scalar" ? [{ title: "Set it to 5", safe: false, edits: [setScalar(scalar, "5")] }] : [],
      });
    }
  },
});
