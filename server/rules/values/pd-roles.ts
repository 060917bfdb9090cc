import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import { modelsOf } from "../../kinds/helm-values/stack-model.ts";
import { at, entryOf, mapAt, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { stackModel } from "./example.ts";

/** Which side of the transfer a role of NIXL is. */
const sides: Readonly<Record<string, string>> = { sender: "kv_producer", receiver: "kv_consumer" };

const example = (nixlRole: string) =>
  stackModel(`lmcacheConfig:
        enabled: true
        enablePD: true
        kvRole: kv_producer
        nixlRole: ${nixlRole}
        nixlPeerHost: decode-engine-service
        nixlPeerPort: "55555"
        nixlBufferSize: "1073741824"
        nixlBufferDevice: cuda`);

export const pdRoles = defineRule({
  id: "values/pd-roles",
  title: "Sides of disaggregated prefill that do not fit",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["VAL-07"],
  docs: {
    summary:
      "A model of the production stack has enablePD: true without kvRole or nixlRole, or with two that are of different sides.",
    why: "The chart writes nixlRole into --kv-transfer-config, and without it the text is no JSON. kvRole is kv_both when it is left out, which is neither side. A sender computes the prompt and produces KV blocks; a receiver consumes them. With sides that contradict each other no block is ever transferred.",
    mend: "Write kvRole: kv_producer with nixlRole: sender for prefill, kv_consumer with receiver for decode.",
    sources: [
      "https://github.com/vllm-project/production-stack/blob/main/helm/templates/deployment-vllm-multi.yaml",
      "https://docs.lmcache.ai/disaggregated_prefill/index.html",
    ],
  },
  examples: { bad: example("receiver # <-"), good: example("sender") },
  messages: {
    missing:
      "{object}: {model} has enablePD: true and no {key}: {effect}. Write kvRole: kv_producer with nixlRole: sender for prefill, kv_consumer with receiver for decode.",
    sides:
      "{object}: {model} is {role} for NIXL and {kvRole} for vLLM, which are different sides: no KV block is transferred. Write kvRole: {fitting}, or the other nixlRole.",
  },
  reads: [productionStackValues],
  check({ object, report }) {
    for (const { root, title: model } of modelsOf(object)) {
      const cache = mapAt(root, "lmcacheConfig");
      const key = entryOf(cache, "enablePD")?.key;
      if (key === undefined || scalarAt(cache, "enablePD")?.text !== "true") continue;
      const slots = { object: object.title, model };
      const effects = [
        ["nixlRole", "the kv-transfer-config is no valid JSON, and vLLM does not start"],
        ["kvRole", "the chart takes kv_both, which is neither the side that prefills nor the one that decodes"],
      ] as const;
      const gap = effects.find(([name]) => at(cache, name) === undefined);
      if (gap !== undefined) {
        report({ at: key, message: "missing", slots: { ...slots, key: gap[0], effect: gap[1] } });
        continue;
      }
      const role = stringAt(cache, "nixlRole");
      const kvRole = stringAt(cache, "kvRole");
      const fitting = Object.hasOwn(sides, role?.value ?? "") ? sides[role?.value ?? ""] : undefined;
      if (role === undefined || kvRole === undefined || fitting === undefined) continue;
      if (kvRole.value === fitting || !Object.values(sides).includes(kvRole.value)) continue;
      const related = [{ at: kvRole.node, message: `kvRole is ${kvRole.value}` }];
      report({
        at: role.node,
        message: "sides",
        slots: { ...slots, role: role.value, kvRole: kvRole.value, fitting },
        related,
      });
    }
  },
});
