import { isNixl } from "../../kinds/vllm/connector-names.ts";
import { connectorsOf } from "../../kinds/vllm/connectors.ts";
import { type Container, envOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { at, itemsAt, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { addVariable } from "./mend.ts";
import { servingContainers } from "./servers.ts";

const example = (env: readonly string[], mark = "") =>
  serverExample({
    labels: "app: qwen, llm-d.ai/role: decode",
    args: ["Qwen/Qwen3-8B", "--kv-transfer-config", `'{"kv_connector": "NixlConnector", "kv_role": "kv_both"}'${mark}`],
    container: ["env:", "  - {name: UCX_TLS, value: all}", ...env],
  });

const variable = "VLLM_NIXL_SIDE_CHANNEL_HOST";

export const nixlHost = defineRule({
  id: "vllm/nixl-host",
  title: "NIXL engine that gives localhost as its address",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-09"],
  docs: {
    summary: `An engine that exchanges KV cache by NIXL with engines of other pods does not set ${variable}, or sets it to an address that is no other pod's.`,
    why: "The engine tells the other side where to fetch the cache from. By default that is localhost: the decode pod asks itself, finds nobody, and the request fails or its prompt is computed again.",
    mend: "Set it to the pod's own address, from the field status.podIP. Told of pods with the label llm-d.ai/role.",
    sources: [
      "https://docs.vllm.ai/en/latest/features/nixl_connector_usage/",
      "https://docs.vllm.ai/en/latest/configuration/env_vars/",
    ],
  },
  examples: {
    bad: example([], " # <-"),
    good: example([`  - {name: ${variable}, valueFrom: {fieldRef: {fieldPath: status.podIP}}}`]),
  },
  messages: {
    unset:
      "{object}: {connector} tells engines of other pods to fetch KV cache from localhost, since {variable} is not set: they never find it. Set it from the field status.podIP.",
    local:
      "{object}: {variable} is {value}, and engines of other pods fetch KV cache from there: they never find it. Set it from the field status.podIP.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    const role = object.view.template?.labels.get("llm-d.ai/role");
    const serving = servingContainers(object, settings);
    // Two engines of one pod do meet at localhost.
    if (role === undefined || new Set(serving.map(({ title }) => title)).size !== 1) return;
    for (const { container, servers, title } of serving) {
      const nixl = servers.flatMap((server) => connectorsOf(server) ?? []).find(({ name }) => isNixl(name.value));
      if (nixl === undefined) continue;
      const set = envOf(container, variable);
      const slots = { object: title, variable };
      if (set?.value !== undefined && /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?)$/.test(set.value.value)) {
        report({ at: set.value.node, message: "local", slots: { ...slots, value: set.value.value } });
      } else if (set === undefined && !mayBeSetElsewhere(container)) {
        report({
          at: nixl.name.at,
          message: "unset",
          slots: { ...slots, connector: nixl.name.value },
          fixes: addVariable(container, {
            name: variable,
            valueFrom: { fieldRef: { fieldPath: "status.podIP" } },
          }),
        });
      }
    }
  },
});

/** A ConfigMap may set it, or the script that starts the server. */
function mayBeSetElsewhere({ root }: Container): boolean {
  const words = [...itemsAt(root, "command"), ...itemsAt(root, "args")].map(resolve);
  return (
    at(root, "envFrom") !== undefined || words.some((node) => node?.type === "scalar" && node.text.includes(variable))
  );
}
