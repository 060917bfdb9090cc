import type { Node } from "../../text/node.ts";
import { at, stringAt } from "../../text/read.ts";
import { type ConfigMapView, configMap } from "../config-map/kind.ts";
import { defineKind } from "../kind.ts";
import { configMapName } from "./config-map-name.ts";

/**
 * `wva-variantautoscaling-config`, the chart's `<release>-variantautoscaling-config`, and `wva-manager-config` of the 0.9
 * line, each with any prefix.
 */
const knownName = /(?:^|-)(?:variantautoscaling|wva-manager)-config$/;

/** Keys of which two tell the settings under any name; one alone may stand among the variables of somebody else. */
const own = [
  "PROMETHEUS_BASE_URL",
  "GLOBAL_OPT_INTERVAL",
  "WVA_SCALE_TO_ZERO",
  "WVA_LIMITED_MODE",
  "WVA_NODE_SELECTOR",
  "SCALE_FROM_ZERO_ENGINE_MAX_CONCURRENCY",
];

/** What the WVA manager reads at its start. */
export const wvaManagerConfig = defineKind<ConfigMapView>({
  id: "wva-manager",
  title: "WVA manager ConfigMap",
  schema: "wva-manager-config",
  recognise: {
    group: "",
    kind: "ConfigMap",
    when: (root) => knownName.test(stringAt(root, "metadata", "name")?.value ?? "") || ownKeys(at(root, "data")) > 1,
  },
  view: (object) => configMap.view(object),
});

/** The same as one file, `config.yaml`, which is how the chart writes it. */
export const wvaManagerFile = defineKind<object>({
  id: "wva-manager-file",
  title: "WVA manager configuration",
  schema: "wva-manager-file",
  recognise: {
    hints: own,
    content: (root, doc) =>
      doc.carrier?.by === "config-map" && ownKeys(root) > (knownName.test(configMapName(doc) ?? "") ? 0 : 1),
  },
  view: () => ({}),
});

function ownKeys(node: Node | undefined): number {
  return own.filter((key) => at(node, key) !== undefined).length;
}
