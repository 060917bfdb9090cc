import { cachesOf, isCacheServer, isNested } from "../../graph/cache-of.ts";
import { envOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { templatesOf } from "../vllm/servers.ts";
import { engineExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = engineExample({ config: "max_local_cpu_size: 20" });

export const configPath = defineRule({
  id: "lmcache/config-path",
  title: "LMCACHE_CONFIG_PATH",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-039"],
  docs: {
    summary: "A container names LMCache's configuration in LMCACHE_CONFIG_PATH.",
    why: "LMCache reads LMCACHE_CONFIG_FILE and no other name. With the wrong one it starts without a word, on its defaults: 5 GiB of host memory for each rank, no disk, nothing remote.",
    mend: "Rename the variable to LMCACHE_CONFIG_FILE.",
    sources: ["https://docs.lmcache.ai/api_reference/configurations.html"],
  },
  examples: {
    bad: example.replace("LMCACHE_CONFIG_FILE", "LMCACHE_CONFIG_PATH # <-"),
    good: example,
  },
  messages: {
    path: "{object}: LMCache does not read LMCACHE_CONFIG_PATH, so it runs on its defaults: 5 GiB of host memory for each rank, no disk, nothing remote. Write LMCACHE_CONFIG_FILE.",
    both: "{object}: LMCache does not read LMCACHE_CONFIG_PATH; LMCACHE_CONFIG_FILE, which is set too, counts alone. Delete it.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    // Of the nested form one finding says everything, and it may be what a sidecar reads.
    const nested = cachesOf(graph, object).flatMap(({ config, container }) =>
      isNested(config) || (config === undefined && isCacheServer(container)) ? [container.root] : [],
    );
    for (const container of templatesOf(object).flatMap(({ containers }) => containers)) {
      const name = scalarAt(envOf(container, "LMCACHE_CONFIG_PATH")?.node, "name");
      if (name === undefined || nested.includes(container.root)) continue;
      const both = envOf(container, "LMCACHE_CONFIG_FILE") !== undefined;
      report({
        at: name,
        message: both ? "both" : "path",
        severity: both ? "warning" : "error",
        slots: { object: containerTitle(object, container) },
        fixes: both
          ? []
          : [{ title: "Rename to LMCACHE_CONFIG_FILE", safe: false, edits: [setScalar(name, "LMCACHE_CONFIG_FILE")] }],
      });
    }
  },
});
