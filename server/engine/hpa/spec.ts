import type { Milli } from "./milli.ts";

/** A HorizontalPodAutoscaler's `spec` in the shape of autoscaling/v2, its quantities read: `300m` is 300, `0.1` of a tolerance 0.1. */
export interface HpaSpec {
  /** Absent: 1. */
  readonly minReplicas?: number;
  readonly maxReplicas: number;
  readonly metrics: readonly MetricSpec[];
  /** Absent: no rate policies and no scale-up window, but the limiter of old. `{}` is not the same: it stands for the defaults. */
  readonly behavior?: Behavior;
}

export interface Behavior {
  readonly scaleUp?: ScalingRules;
  readonly scaleDown?: ScalingRules;
}

export type SelectPolicy = "Max" | "Min" | "Disabled";

/** One direction's rules; what is absent is filled by itself. */
export interface ScalingRules {
  readonly stabilizationWindowSeconds?: number;
  readonly selectPolicy?: SelectPolicy;
  readonly policies?: readonly Policy[];
  /** A share: 0.1 leaves changes of up to ten percent alone. */
  readonly tolerance?: number;
}

export interface Policy {
  readonly type: "Pods" | "Percent";
  readonly value: number;
  readonly periodSeconds: number;
}

export type MetricSpec =
  | { readonly type: "Resource"; readonly resource: ResourceMetric }
  | { readonly type: "ContainerResource"; readonly containerResource: ContainerResourceMetric }
  | { readonly type: "Pods"; readonly pods: PodsMetric }
  | { readonly type: "Object"; readonly object: ObjectMetric }
  | { readonly type: "External"; readonly external: ExternalMetric };

export interface ResourceMetric {
  readonly name: string;
  readonly target: MetricTarget;
}

export interface ContainerResourceMetric extends ResourceMetric {
  readonly container: string;
}

export interface PodsMetric {
  readonly metric: MetricIdentifier;
  readonly target: MetricTarget;
}

export interface ObjectMetric extends PodsMetric {
  readonly describedObject: { readonly apiVersion?: string; readonly kind: string; readonly name: string };
}

export type ExternalMetric = PodsMetric;

export interface MetricIdentifier {
  readonly name: string;
}

/** The controller goes by `type` for Object, and by the field that is filled for everything else. */
export interface MetricTarget {
  readonly type: "Utilization" | "Value" | "AverageValue";
  readonly value?: Milli;
  readonly averageValue?: Milli;
  /** Whole percent of the request. */
  readonly averageUtilization?: number;
}
