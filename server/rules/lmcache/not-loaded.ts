import { isOpen } from "../../kinds/vllm/command-line.ts";
import { kvTransferOf } from "../../kinds/vllm/connectors.ts";
import type { Container } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";
import { templatesOf } from "../vllm/servers.ts";
import { engineExample } from "./example.ts";
import { containerTitle, isEngineSetting } from "./settings.ts";

const env = (mark = "") => `- name: LMCACHE_MAX_LOCAL_CPU_SIZE${mark}\n  value: "20"`;

const flag = `--kv-transfer-config '{"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}'`;

/** vLLM's own connectors that do not load LMCache into the engine. */
const others = new Set([
  "NixlConnector",
  "NixlPullConnector",
  "NixlPushConnector",
  "OffloadingConnector",
  "SimpleCPUOffloadConnector",
  "MooncakeConnector",
  "MooncakeStoreConnector",
  "FlexKVConnectorV1",
  "HF3FSKVConnector",
  "P2pNcclConnector",
]);

export const notLoaded = defineRule({
  id: "lmcache/not-loaded",
  title: "LMCache settings without LMCache",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-042", "VLM-06"],
  docs: {
    summary:
      "A vLLM container has LMCACHE_ variables, but no --kv-transfer-config that loads LMCache, or one with the connector of vLLM's old engine.",
    why: "vLLM loads LMCache only as a connector. Without it the variables are read by nobody: no memory is pinned, nothing is cached, and no line in the log says so. LMCacheConnector belonged to vLLM's V0 engine, which is gone; vLLM does not start with it.",
    mend: 'Add --kv-transfer-config \'{"kv_connector":"LMCacheConnectorV1","kv_role":"kv_both"}\'. Pods into which LMCache\'s operator injects its connector are left alone.',
    sources: [
      "https://docs.lmcache.ai/getting_started/quickstart.html",
      "https://docs.vllm.ai/en/latest/features/disagg_prefill.html",
    ],
  },
  examples: {
    bad: engineExample({
      args: `--kv-transfer-config\n'{"kv_connector":"LMCacheConnector","kv_role":"kv_both"}' # <-`,
    }),
    good: engineExample({ env: env() }),
  },
  messages: {
    none: "{object} sets {name}, but starts vLLM without --kv-transfer-config, so LMCache is never loaded and nothing is cached. Add {flag}.",
    other:
      "{object} sets {name}, but its connector is {connector}, so LMCache is never loaded into the engine. Use LMCacheConnectorV1, alone or in a MultiConnector.",
    old: "{object}: LMCacheConnector is of vLLM's V0 engine, which is gone, and vLLM does not start with it. Write LMCacheConnectorV1.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    for (const template of templatesOf(object)) {
      if (template.labels.get("lmcache.ai/lmcache-inject") !== undefined) continue;
      for (const container of template.containers) {
        const transfer = kvTransferOf(container);
        if (transfer === undefined) continue;
        const { connectors } = transfer;
        const title = containerTitle(object, container);
        const old = connectors.find(({ name, foreign }) => name.value === "LMCacheConnector" && !foreign);
        if (old !== undefined) {
          report({
            at: old.name.at,
            message: "old",
            slots: { object: title },
            fixes: fixOf("Write LMCacheConnectorV1", false, old.name.written("LMCacheConnectorV1")),
          });
          continue;
        }
        const setting = firstSetting(container);
        if (setting === undefined || !connectors.every(({ name, foreign }) => others.has(name.value) && !foreign))
          continue;
        const slots = { object: title, name: setting.text };
        const [other] = connectors;
        if (other === undefined) report({ at: setting, message: "none", slots: { ...slots, flag } });
        else report({ at: setting, message: "other", slots: { ...slots, connector: other.name.value } });
      }
    }
  },
});

function firstSetting(container: Container) {
  const variable = container.env.find(({ name, value }) => isEngineSetting(name) && !isOpen(value?.value ?? ""));
  return scalarAt(variable?.node, "name");
}
