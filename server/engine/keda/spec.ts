import type { Behavior } from "../hpa/spec.ts";

/** A ScaledObject in the shape of keda.sh/v1alpha1, as far as it decides anything. */
export interface ScaledObject {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: ScaledObjectSpec;
}

export interface ScaledObjectSpec {
  /** Absent: 0. */
  readonly minReplicaCount?: number;
  /** Absent: 100. */
  readonly maxReplicaCount?: number;
  readonly idleReplicaCount?: number;
  /** Seconds. */
  readonly pollingInterval?: number;
  /** Seconds. */
  readonly cooldownPeriod?: number;
  /** Seconds. */
  readonly initialCooldownPeriod?: number;
  readonly triggers: readonly Trigger[];
  readonly fallback?: Fallback;
  readonly advanced?: {
    readonly scalingModifiers?: ScalingModifiers;
    readonly horizontalPodAutoscalerConfig?: { readonly name?: string; readonly behavior?: Behavior };
  };
}

export interface Trigger {
  readonly type: string;
  readonly name?: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Absent: AverageValue. */
  readonly metricType?: TriggerMetricType;
  readonly useCachedMetrics?: boolean;
}

export type TriggerMetricType = "AverageValue" | "Value" | "Utilization";

export interface Fallback {
  readonly failureThreshold: number;
  readonly replicas: number;
  /** Absent: static. */
  readonly behavior?: FallbackBehavior;
}

export type FallbackBehavior =
  | "static"
  | "currentReplicas"
  | "currentReplicasIfHigher"
  | "currentReplicasIfLower"
  | "scalingModifiers";

export interface ScalingModifiers {
  readonly formula?: string;
  readonly target?: string;
  readonly activationTarget?: string;
  /** Absent: AverageValue. */
  readonly metricType?: TriggerMetricType;
}

/** Source: keda apis/keda/v1alpha1/scaledobject_types.go and pkg/scaling/executor/scale_executor.go. */
export const kedaDefaults = {
  minReplicaCount: 0,
  maxReplicaCount: 100,
  pollingInterval: 30,
  cooldownPeriod: 300,
  initialCooldownPeriod: 0,
} as const;

/** The metric that stands for all external ones when there are scaling modifiers. */
export const compositeMetric = "composite-metric";

/** KEDA asks whether the structure holds anything, not whether it holds a formula. */
export function modifiersOf({ advanced }: ScaledObjectSpec): ScalingModifiers | undefined {
  const modifiers = advanced?.scalingModifiers;
  const given =
    modifiers !== undefined && Object.values(modifiers).some((value) => value !== undefined && value !== "");
  return given ? modifiers : undefined;
}
