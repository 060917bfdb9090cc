import type { Autoscaler } from "../graph/autoscalers.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { VariantView } from "../kinds/wva/variant-autoscaling.ts";
import { numberAt, type Placed, stringAt } from "../text/read.ts";

/** A variant of WVA and the workload that it speaks for. */
export interface WrittenVariant {
  /** The VariantAutoscaling, or the autoscaler that carries its annotations. */
  readonly from: StackObject;
  readonly workload: string;
  /** Of its nodes, where no label says one. */
  readonly gpu: string;
  /** It stands in annotations of an autoscaler, as WVA 0.9 reads them. */
  readonly isAnnotated: boolean;
  readonly cost: Placed<string> | undefined;
  readonly accelerator: string | undefined;
  readonly minReplicas: Placed<number> | undefined;
  readonly maxReplicas: Placed<number> | undefined;
  readonly role: "prefill" | "decode" | undefined;
}

type Place = Pick<WrittenVariant, "workload" | "gpu" | "role">;

/** Up to 0.8: a kind of its own, with bounds from 0.6 on. */
export function writtenVariant(object: StackObject<VariantView>, place: Place): WrittenVariant {
  const { root } = object;
  return {
    ...place,
    from: object,
    isAnnotated: false,
    cost: stringAt(root, "spec", "variantCost"),
    accelerator: object.label("inference.optimization/acceleratorName")?.value,
    minReplicas: numberAt(root, "spec", "minReplicas"),
    maxReplicas: numberAt(root, "spec", "maxReplicas"),
  };
}

/** 0.9: the HPA or the ScaledObject is the variant, by annotation, and its bounds are WVA's. */
export function annotatedVariant(scaler: Autoscaler, place: Place): WrittenVariant | undefined {
  if (stringAt(scaler.annotation("llm-d.ai/managed"))?.value !== "true") return undefined;
  const { root } = scaler;
  return {
    ...place,
    from: scaler,
    isAnnotated: true,
    cost: stringAt(scaler.annotation("llm-d.ai/variant-cost")),
    accelerator: undefined,
    minReplicas: numberAt(root, "spec", "minReplicas") ?? numberAt(root, "spec", "minReplicaCount"),
    maxReplicas: numberAt(root, "spec", "maxReplicas") ?? numberAt(root, "spec", "maxReplicaCount"),
  };
}
