import { at, itemsAt, numberAt, type Placed } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { type Behavior, readBehavior } from "./behavior.ts";
import { type Metric, readMetric } from "./metric.ts";
import { readScaleTarget, type ScaleTarget, targetKey } from "./scale-target.ts";

export interface HpaView {
  readonly target: ScaleTarget | undefined;
  readonly minReplicas: Placed<number> | undefined;
  readonly maxReplicas: Placed<number> | undefined;
  readonly metrics: readonly Metric[];
  readonly behavior: Behavior | undefined;
  /** Where `behavior` stands or would stand. */
  readonly behaviorPath: readonly string[];
}

export const hpa = defineKind<HpaView>({
  id: "hpa",
  title: "HorizontalPodAutoscaler",
  schema: "horizontal-pod-autoscaler",
  recognise: { group: "autoscaling", kind: "HorizontalPodAutoscaler" },
  view: ({ root }) => ({
    target: readScaleTarget(at(root, "spec", "scaleTargetRef")),
    minReplicas: numberAt(root, "spec", "minReplicas"),
    maxReplicas: numberAt(root, "spec", "maxReplicas"),
    metrics: itemsAt(root, "spec", "metrics").map(readMetric),
    behavior: readBehavior(at(root, "spec", "behavior")),
    behaviorPath: ["spec", "behavior"],
  }),
  keys: ({ view }) => (view.target === undefined ? [] : [targetKey(view.target)]),
});
