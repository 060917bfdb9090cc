import { standsAlone } from "../../graph/values-layers.ts";
import { productionStackValues } from "../../kinds/helm-values/production-stack.ts";
import { modelsOf } from "../../kinds/helm-values/stack-model.ts";
import type { Node } from "../../text/node.ts";
import { at, mapAt, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

export const routingSetting = defineRule({
  id: "values/routing-setting",
  title: "Routing that lacks its setting",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["VAL-10"],
  docs: {
    summary:
      "The router of the production stack routes by session without sessionKey, by KV cache without the controller's port, or finds engines in lists that are not there.",
    why: "The router checks its arguments when it starts, and ends without them; no request reaches an engine. With another port than the engines report to, the controller knows of no cache, and kvaware routing is none.",
    mend: "Write the setting that is named. For kvaware it is one number in two places: routerSpec.lmcacheControllerPort and lmcacheConfig.controllerPort of each model.",
    sources: [
      "https://github.com/vllm-project/production-stack/blob/main/helm/templates/deployment-router.yaml",
      "https://docs.vllm.ai/projects/production-stack/en/latest/use_cases/kv-cache-aware-routing.html",
    ],
  },
  examples: {
    bad: `routerSpec:
  routingLogic: session # <-
`,
    good: `routerSpec:
  routingLogic: session
  sessionKey: x-user-id
`,
  },
  messages: {
    missing:
      "{object}: routerSpec.{setting} is {value} without {missing}: the router ends when it starts. Write {missing}.",
    port: "{object}: the controller of LMCache listens on {port} (lmcacheControllerPort), but {model} reports to {other}: kvaware routing never hears of its cache. Write the same port.",
  },
  reads: [productionStackValues],
  check({ object, graph, report }) {
    const router = mapAt(object.root, "routerSpec");
    const alone = standsAlone(graph, object);
    const lacks = (key: string) => isUnset(at(router, key), alone);
    const needs = [
      { setting: "routingLogic", value: "session", keys: ["sessionKey"] },
      { setting: "routingLogic", value: "kvaware", keys: ["lmcacheControllerPort"] },
      { setting: "serviceDiscovery", value: "static", keys: ["staticBackends", "staticModels"] },
    ];
    for (const { setting, value, keys } of needs) {
      const written = scalarAt(router, setting);
      const missing = written?.text === value ? keys.filter(lacks) : [];
      if (written === undefined || missing.length === 0) continue;
      const slots = { object: object.title, setting, value, missing: missing.join(" and ") };
      report({ at: written, message: "missing", slots });
    }
    const port = stringAt(router, "lmcacheControllerPort");
    if (port === undefined || scalarAt(router, "routingLogic")?.text !== "kvaware") return;
    for (const { root, title: model } of modelsOf(object)) {
      const other = stringAt(root, "lmcacheConfig", "controllerPort");
      if (other === undefined || other.value === port.value) continue;
      const slots = { object: object.title, port: port.value, model, other: other.value };
      const related = [{ at: port.node, message: "the controller listens here" }];
      report({ at: other.node, message: "port", slots, related });
    }
  },
});

/** Written empty, or absent where no other file may have it. */
function isUnset(node: Node | undefined, alone: boolean): boolean {
  return node === undefined ? alone : node.type === "scalar" && node.text === "";
}
