import { kvTransferOf } from "../../kinds/vllm/connectors.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";
import { engineExample } from "./example.ts";
import { flatSettings, isOn } from "./settings.ts";

const example = (role: string) =>
  engineExample({
    config: "enable_pd: true\npd_role: sender\npd_buffer_size: 1073741824\npd_buffer_device: cuda",
    args: `--kv-transfer-config\n'{"kv_connector":"LMCacheConnectorV1","kv_role":"${role}"}'`,
  });

export const pdRole = defineRule({
  id: "lmcache/pd-role",
  title: "LMCache and vLLM disagree on prefill and decode",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-033"],
  docs: {
    summary: "pd_role is sender and kv_role kv_consumer, or receiver and kv_producer.",
    why: "vLLM asks the connector for what its role wants: a consumer loads and never saves. A sender of that role sends nothing, and the receiver waits.",
    mend: "A sender (prefill) is a kv_producer, a receiver (decode) a kv_consumer.",
    sources: ["https://docs.lmcache.ai/disaggregated_prefill/nixl/1p1d.html"],
  },
  examples: { bad: example("kv_consumer").replace(/consumer"}'$/m, "$& # <-"), good: example("kv_producer") },
  messages: {
    differ:
      "{object}: pd_role is {pd}, but kv_role is {role}, the other side of prefill and decode: no cache is handed over. Write {wanted}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const settings of flatSettings(graph, object)) {
      const container = settings.cache?.container;
      const transfer = container === undefined ? undefined : kvTransferOf(container);
      const [connector, ...others] =
        transfer?.connectors.filter(({ name }) => name.value === "LMCacheConnectorV1") ?? [];
      const pd = settings.text("pd_role")?.value;
      if (others.length > 0 || !isOn(settings.text("enable_pd"))) continue;
      const role = connector?.role;
      const wanted = pd === "sender" ? "kv_producer" : pd === "receiver" ? "kv_consumer" : undefined;
      const opposite = pd === "sender" ? "kv_consumer" : "kv_producer";
      if (pd === undefined || wanted === undefined || role?.value !== opposite) continue;
      report({
        at: role.at,
        message: "differ",
        slots: { object: settings.title, pd, role: role.value, wanted },
        fixes: fixOf(`Write ${wanted}`, false, role.written(wanted)),
      });
    }
  },
});
