import { isBetweenEngines } from "../../kinds/vllm/connector-names.ts";
import { connectorsOf } from "../../kinds/vllm/connectors.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { fixOf } from "./mend.ts";
import { servingContainers } from "./servers.ts";

const example = (role: string, mark = "") =>
  serverExample({
    labels: "app: qwen, llm-d.ai/role: prefill",
    args: [
      "Qwen/Qwen3-8B",
      "--kv-transfer-config",
      `'{"kv_connector": "MooncakeConnector", "kv_role": "${role}"}'${mark}`,
    ],
  });

/** The role of a connector that fits the label of a pod. */
const roles: ReadonlyMap<string, string> = new Map([
  ["prefill", "kv_producer"],
  ["encode-prefill", "kv_producer"],
  ["decode", "kv_consumer"],
]);

export const disaggregatedRoles = defineRule({
  id: "vllm/disaggregated-roles",
  title: "Prefill that takes KV cache, or decode that gives it",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-08"],
  docs: {
    summary:
      "The pods' label llm-d.ai/role says prefill and kv_role says kv_consumer, or the label says decode and kv_role kv_producer.",
    why: "The router sends prompts to pods by their label. A prefill engine that only takes cache hands nothing on, and a decode engine that only gives waits for cache that nobody sends, so that requests fail or every prompt is computed twice.",
    mend: "Swap the role, or write kv_both, which NIXL and LMCache take on both sides.",
    sources: [
      "https://docs.vllm.ai/en/latest/features/disagg_prefill/",
      "https://docs.vllm.ai/en/latest/features/nixl_connector_usage/",
    ],
  },
  examples: { bad: example("kv_consumer", " # <-"), good: example("kv_producer") },
  messages: {
    swapped:
      "{object}: the pods are labelled {label}, but kv_role is {role}: the KV cache of a prompt never goes from prefill to decode. Write {wanted}, or kv_both.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    const label = object.view.template?.labels.get("llm-d.ai/role");
    const wanted = roles.get(label ?? "");
    if (label === undefined || wanted === undefined) return;
    for (const { servers, title } of servingContainers(object, settings)) {
      for (const { name, role } of servers.flatMap((server) => connectorsOf(server) ?? [])) {
        if (!isBetweenEngines(name.value) || role === undefined) continue;
        if (role.value !== (wanted === "kv_producer" ? "kv_consumer" : "kv_producer")) continue;
        report({
          at: role.at,
          message: "swapped",
          slots: { object: title, label, role: role.value, wanted },
          fixes: fixOf(`Write ${wanted}`, false, role.written(wanted)),
        });
      }
    }
  },
});
