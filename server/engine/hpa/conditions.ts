import type { LimitReason } from "./limited.ts";

/** A condition of the HPA's status, as one sync leaves it. Absent in a list of them: this sync did not set it. */
export interface Condition<Reason extends string = string> {
  readonly status: boolean;
  readonly reason: Reason;
}

export type AbleToScaleReason =
  | "SucceededGetScale"
  | "ReadyForNewScale"
  | "ScaleUpStabilized"
  | "ScaleDownStabilized"
  | "SucceededRescale";

export type UnreadReason =
  | "FailedGetResourceMetric"
  | "FailedGetContainerResourceMetric"
  | "FailedGetPodsMetric"
  | "FailedGetObjectMetric"
  | "FailedGetExternalMetric"
  | "InvalidMetricSourceType";

export type SelectorProblem = "InvalidSelector" | "AmbiguousSelector";

export type ScalingActiveReason = "ValidMetricFound" | "ScalingDisabled" | SelectorProblem | UnreadReason;

export interface Conditions {
  readonly ableToScale: Condition<AbleToScaleReason>;
  readonly scalingActive: Condition<ScalingActiveReason> | undefined;
  readonly scalingLimited: Condition<LimitReason> | undefined;
  readonly scaledToZero: Condition<"ScaledToZero" | "NotScaledToZero"> | undefined;
}
