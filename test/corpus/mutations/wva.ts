import { type SaturationView, type ThresholdKey, thresholdKeys } from "../../../server/kinds/wva/saturation.ts";
import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Node } from "../../../server/text/node.ts";
import { itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { drop, type Operator, operator, overwrite, put, rename, textAt, write } from "./operator.ts";

function entriesOf(object: StackObject) {
  return (object as StackObject<SaturationView>).view.entries;
}

/** A threshold's value made of another one's. */
function from(key: ThresholdKey, of: ThresholdKey, make: (value: number) => number): Operator["plant"] {
  return (object) =>
    entriesOf(object).flatMap(({ root, thresholds }) => {
      const value = thresholds[of]?.value;
      return value === undefined ? [] : write(scalarAt(root, key), String(make(value)));
    });
}

function besideWva(others: readonly StackObject[]): boolean {
  return others.some(({ kind }) => kind.id === "wva-saturation");
}

function wishes(root: Node): readonly Node[] {
  return itemsAt(root, "spec", "metrics").filter(
    (metric) => textAt(metric, "external", "metric", "name") === "wva_desired_replicas",
  );
}

function queries(root: Node): readonly Node[] {
  return itemsAt(root, "spec", "triggers").filter((trigger) =>
    textAt(trigger, "metadata", "query")?.includes("wva_desired_replicas"),
  );
}

export const wvaOperators: readonly Operator[] = [
  operator("wva/trigger-unreachable", "wva-saturation", "a queue trigger above its threshold", from("queueSpareTrigger", "queueLengthThreshold", (v) => v + 2)),
  operator("wva/trigger-unreachable", "wva-saturation", "a queue trigger equal to its threshold", from("queueSpareTrigger", "queueLengthThreshold", (v) => v)),
  operator("wva/trigger-unreachable", "wva-saturation", "a cache trigger above its threshold", from("kvSpareTrigger", "kvCacheThreshold", (v) => v + 0.05)),
  operator("wva/trigger-unreachable", "wva-saturation", "a cache trigger equal to its threshold", from("kvSpareTrigger", "kvCacheThreshold", (v) => v)),
  operator("schema/wrong-value", "wva-saturation", "a cache threshold in per cent", (object) =>
    entriesOf(object).flatMap(({ root }) => write(scalarAt(root, "kvCacheThreshold"), "80")),
  ),
  operator("schema/unknown-key", "wva-saturation", "thresholds one letter short", (object) =>
    entriesOf(object).flatMap(({ root }) => thresholdKeys.flatMap((key) => rename(root, key, key.slice(0, -1)))),
  ),
  operator("wva/epp-thresholds", "epp-config", "a cache threshold that WVA does not have", ({ root }, others) =>
    besideWva(others) ? itemsAt(root, "plugins").flatMap((plugin) => write(scalarAt(plugin, "parameters", "kvCacheUtilThreshold"), "0.95")) : [],
  ),
  operator("wva/epp-thresholds", "epp-config", "a queue threshold that WVA does not have", ({ root }, others) =>
    besideWva(others) ? itemsAt(root, "plugins").flatMap((plugin) => write(scalarAt(plugin, "parameters", "queueDepthThreshold"), "9")) : [],
  ),
  operator("wva/metric-target", "hpa", "Value in place of AverageValue", ({ root }) =>
    wishes(root).flatMap((metric) => {
      const type = scalarAt(metric, "external", "target", "type");
      const key = mapAt(metric, "external", "target")?.entries[1]?.key;
      if (type === undefined || key?.type !== "scalar") return [];
      return [{ edits: [...write(type, "Value"), overwrite(key, "value")].flatMap(({ edits }) => edits), at: type }];
    }),
  ),
  operator("wva/metric-target", "hpa", "a target of 2", ({ root }) =>
    wishes(root).flatMap((metric) => write(scalarAt(metric, "external", "target", "averageValue"), "2")),
  ),
  operator("wva/metric-target", "hpa", "no variant_name", ({ root }) =>
    wishes(root).flatMap((metric) =>
      drop(
        mapAt(metric, "external", "metric", "selector", "matchLabels"),
        "variant_name",
        scalarAt(metric, "external", "metric", "name"),
      ),
    ),
  ),
  operator("wva/metric-target", "scaled-object", "a threshold of 2", ({ root }) =>
    queries(root).flatMap((trigger) => write(scalarAt(trigger, "metadata", "threshold"), "2")),
  ),
  operator("wva/metric-target", "scaled-object", "Value in place of AverageValue", ({ root }) =>
    queries(root).flatMap((trigger) => write(scalarAt(trigger, "metricType"), "Value")),
  ),
  operator("wva/metric-target", "scaled-object", "a query of all variants", ({ root }) =>
    queries(root).flatMap((trigger) => {
      const query = scalarAt(trigger, "metadata", "query");
      return write(query, query?.text.replace(/variant_name="[^"]*",/, "") ?? "");
    }),
  ),
  operator("schema/wrong-type", "variant-autoscaling", "a cost without quotes", ({ root }) => {
    const cost = scalarAt(root, "spec", "variantCost");
    return cost === undefined ? [] : [overwrite(cost, cost.text)];
  }),
  operator("schema/wrong-value", "variant-autoscaling", "a cost with its currency", ({ root }) =>
    write(scalarAt(root, "spec", "variantCost"), "$5"),
  ),
  operator("schema/unknown-key", "variant-autoscaling", "a threshold in the spec", ({ root }) =>
    put(mapAt(root, "spec"), "saturationThreshold", "0.8"),
  ),
  operator("schema/missing-key", "variant-autoscaling", "no modelID", ({ root }) =>
    drop(mapAt(root, "spec"), "modelID", root.entries.find(({ key }) => key.type === "scalar" && key.text === "spec")?.key),
  ),
];
