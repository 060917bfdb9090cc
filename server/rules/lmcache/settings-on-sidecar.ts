import { cachesOf, isCacheServer, isNested } from "../../graph/cache-of.ts";
import { kvTransferOf, loadsLmcache } from "../../kinds/vllm/connectors.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { containerTitle, isEngineSetting } from "./settings.ts";

const sidecar = `- name: lmcache
  image: lmcache/lmcache-server:latest
  env:
    - name: LMCACHE_MAX_LOCAL_CPU_SIZE # <-
      value: "60"`;

export const settingsOnSidecar = defineRule({
  id: "lmcache/settings-on-sidecar",
  title: "LMCache settings on another container than the engine",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["LMC-043"],
  docs: {
    summary: "A sidecar has LMCache's settings, while vLLM beside it loads LMCacheConnectorV1 and has none.",
    why: "With LMCacheConnectorV1 the cache lives inside the vLLM processes, which read their own environment. What the sidecar is told changes nothing: the engine pins the default of 5 GiB for each rank, in its own memory limit, and the sidecar's limit holds nothing.",
    mend: "Move the variables, and the mount of the file, to the vLLM container. For a cache outside the engine use `lmcache server` with LMCacheMPConnector.",
    sources: [
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://docs.lmcache.ai/mp/deployment.html",
    ],
  },
  examples: {
    bad: engineExample({ beside: sidecar }),
    good: engineExample({ env: '- name: LMCACHE_MAX_LOCAL_CPU_SIZE\n  value: "60"' }),
  },
  messages: {
    elsewhere:
      '{object} sets {name}, but LMCache lives inside container "{engine}", which loads LMCacheConnectorV1 and reads its own environment: there the defaults apply, 5 GiB for each rank. Move the settings there.',
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    const containers = [...(object.view.template?.containers ?? []), ...(object.view.template?.initContainers ?? [])];
    const engines = containers.filter((container) => loadsLmcache(kvTransferOf(container)));
    const [engine] = engines;
    const isTold = engines.some(({ env, root }) => {
      const from = root.entries.some(({ key }) => key.type === "scalar" && key.text === "envFrom");
      return from || env.some(({ name }) => name.startsWith("LMCACHE_"));
    });
    if (engine === undefined || isTold) return;
    for (const { container, config } of cachesOf(graph, object)) {
      if (!isCacheServer(container) || isNested(config)) continue;
      const variable = container.env.find(({ name }) => isEngineSetting(name));
      const name = scalarAt(variable?.node, "name");
      if (name === undefined) continue;
      const slots = { object: containerTitle(object, container), name: name.text, engine: engine.name?.value ?? "" };
      report({ at: name, message: "elsewhere", slots });
    }
  },
});
