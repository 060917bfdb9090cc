import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { removeEntry } from "../../text/edits.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatSettings, isOn } from "./settings.ts";

export const lazyMemory = defineRule({
  id: "lmcache/lazy-memory",
  title: "Lazy allocation that pins everything",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["LMC-038"],
  docs: {
    summary: "enable_lazy_memory_allocator is true.",
    why: "LMCache of 2026 logs a warning and allocates the whole pool at start after all. A memory limit that counts on growth is too small from the first second.",
    mend: "Take it out, and give the container memory for the whole pool.",
    sources: ["https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/storage_backend/local_cpu_backend.py"],
  },
  examples: {
    bad: engineExample({ config: "max_local_cpu_size: 40\nenable_lazy_memory_allocator: true # <-" }),
    good: engineExample({ config: "max_local_cpu_size: 40" }),
  },
  messages: {
    lazy: "{object}: enable_lazy_memory_allocator is on, but LMCache falls back to pinning the whole pool at start. Take it out, and plan the memory for all of it.",
  },
  reads: [lmcacheConfig, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const lazy = settings.text("enable_lazy_memory_allocator");
      if (lazy === undefined || !isOn(lazy) || !settings.owns(lazy.node)) continue;
      const edit = settings.cache === undefined ? removeEntry(object.root, "enable_lazy_memory_allocator") : undefined;
      const fixes = edit === undefined ? [] : [{ title: "Take it out", safe: false, edits: [edit] }];
      report({ at: lazy.node, message: "lazy", slots: { object: settings.title }, fixes });
    }
  },
});
