import type { HpaView } from "../../../server/kinds/hpa/kind.ts";
import type { ScaledObjectView } from "../../../server/kinds/keda/scaled-object.ts";
import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { VariantView } from "../../../server/kinds/wva/variant-autoscaling.ts";
import { itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { drop, type Operator, operator, put, repeat, textAt, write } from "./operator.ts";

export const autoscalerKinds = ["hpa", "scaled-object"];

/** The half of an autoscaler's behavior, wherever its kind has it. */
export function half(object: StackObject, direction: "scaleUp" | "scaleDown") {
  const path = object.kind.id === "hpa" ? [] : ["advanced", "horizontalPodAutoscalerConfig"];
  return mapAt(object.root, "spec", ...path, "behavior", direction);
}

/** Whether the target is a model server of the stack: a Deployment that asks for GPUs. */
export function scalesGpus(object: StackObject, others: readonly StackObject[]): boolean {
  const { target } = (object as StackObject<HpaView | ScaledObjectView | VariantView>).view;
  const workload = others.find(({ apiKind, name }) => apiKind === target?.kind && name?.value === target?.name.value);
  return workload?.doc.text.includes("nvidia.com/gpu") === true;
}

const window = "stabilizationWindowSeconds";

function windowOf(object: StackObject, direction: "scaleUp" | "scaleDown") {
  return scalarAt(half(object, direction), window);
}

export const hpaOperators: readonly Operator[] = [
  ...["0", "15", "60"].map((seconds) =>
    operator("hpa/scale-up-window", autoscalerKinds, `a scale-up window of ${seconds} s`, (object, others) =>
      scalesGpus(object, others) ? write(windowOf(object, "scaleUp"), seconds) : [],
    ),
  ),
  operator("hpa/scale-down-window", autoscalerKinds, "a scale-down window below the scale-up window", (object, others) => {
    const up = Number(windowOf(object, "scaleUp")?.text);
    return scalesGpus(object, others) ? write(windowOf(object, "scaleDown"), String(up - 30)) : [];
  }),
  operator("hpa/scale-down-window", autoscalerKinds, "a scale-down window of 0 s", (object, others) =>
    scalesGpus(object, others) ? write(windowOf(object, "scaleDown"), "0") : [],
  ),
  operator("hpa/unsupported-resource", "hpa", "GPUs in place of a resource", ({ root }) =>
    itemsAt(root, "spec", "metrics").flatMap((metric) =>
      ["resource", "containerResource"].flatMap((body) => write(scalarAt(metric, body, "name"), "nvidia.com/gpu")),
    ),
  ),
  operator("autoscaler/target-missing", [...autoscalerKinds, "variant-autoscaling"], "a target one letter short", (object, others) => {
    const { target } = (object as StackObject<HpaView | ScaledObjectView | VariantView>).view;
    const known = others.some(({ apiKind, name }) => apiKind === target?.kind && name?.value === target?.name.value);
    return target !== undefined && known ? write(target.name.node as never, target.name.value.slice(0, -1)) : [];
  }),
  operator("autoscaler/two-on-one-target", autoscalerKinds, "the autoscaler once more, under another name", (object) => {
    const target = textAt(object.root, "spec", "scaleTargetRef", "name");
    return repeat(object, "another", `name: ${target}`);
  }),
  operator("schema/missing-key", "hpa", "no maxReplicas", ({ root }) =>
    drop(mapAt(root, "spec"), "maxReplicas", root.entries.find(({ key }) => key.type === "scalar" && key.text === "spec")?.key),
  ),
  operator("schema/unknown-key", "hpa", "KEDA's name of a bound", ({ root }) =>
    put(mapAt(root, "spec"), "maxReplicaCount", "4"),
  ),
];
