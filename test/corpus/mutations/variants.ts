import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { SaturationView } from "../../../server/kinds/wva/saturation.ts";
import { itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { autoscalerKinds } from "./hpa.ts";
import { drop, type Operator, operator, rename, repeat, textAt, write } from "./operator.ts";

const label = "inference.optimization/acceleratorName";

function entriesOf(object: StackObject) {
  return (object as StackObject<SaturationView>).view.entries;
}

function followsWva({ root }: StackObject): boolean {
  const metrics = itemsAt(root, "spec", "metrics").map((metric) => textAt(metric, "external", "metric", "name"));
  const queries = itemsAt(root, "spec", "triggers").map((trigger) => textAt(trigger, "metadata", "query"));
  return [...metrics, ...queries].some((text) => text?.includes("wva_desired_replicas"));
}

export const variantOperators: readonly Operator[] = [
  operator("wva/accelerator-label", "variant-autoscaling", "the accelerator under another name", ({ root }) =>
    rename(mapAt(root, "metadata", "labels"), label, "accelerator"),
  ),
  operator("wva/model-id", "variant-autoscaling", "a model that nobody serves", ({ root }) =>
    write(scalarAt(root, "spec", "modelID"), "acme/another"),
  ),
  operator("wva/two-variants", "variant-autoscaling", "the variant once more, under another name", (object) =>
    repeat(object, "another", `name: ${textAt(object.root, "spec", "scaleTargetRef", "name")}`),
  ),
  operator("wva/bounds-deadlock", autoscalerKinds, "a minimum of 3", (object) =>
    followsWva(object)
      ? ["minReplicas", "minReplicaCount"].flatMap((key) => write(scalarAt(object.root, "spec", key), "3"))
      : [],
  ),
  operator("wva/late-thresholds", "wva-saturation", "a cache threshold of 0.97", (object) =>
    entriesOf(object).flatMap(({ root }) => write(scalarAt(root, "kvCacheThreshold"), "0.97")),
  ),
  operator("wva/late-thresholds", "wva-saturation", "a spare of 0.02", (object) =>
    entriesOf(object).flatMap(({ root }) => write(scalarAt(root, "kvSpareTrigger"), "0.02")),
  ),
  operator("wva/config-map-name", "wva-saturation", "the name of the first version", ({ root, name }) =>
    name?.value === "capacity-scaling-config" ? [] : write(scalarAt(root, "metadata", "name"), "capacity-scaling-config"),
  ),
  operator("wva/entry-never-read", "wva-saturation", "no default", ({ root }) =>
    rename(mapAt(root, "data"), "default", "standard").map(({ edits }) => ({ edits, at: scalarAt(root, "metadata", "name") ?? root })),
  ),
  operator("wva/entry-refused", "wva-saturation", "no cache threshold", (object) =>
    entriesOf(object).flatMap(({ root, thresholds }) =>
      drop(root, "kvCacheThreshold", thresholds.kvSpareTrigger?.node as never),
    ),
  ),
  operator("wva/dead-thresholds", "wva-saturation", "triggers of 0", (object) =>
    entriesOf(object).flatMap(({ root }) => {
      const [kv, queue] = [scalarAt(root, "kvSpareTrigger"), scalarAt(root, "queueSpareTrigger")];
      if (kv === undefined || queue === undefined) return [];
      return [{ edits: [...write(kv, "0"), ...write(queue, "0")].flatMap(({ edits }) => edits), at: kv }];
    }),
  ),
];
