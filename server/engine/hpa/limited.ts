/** Reasons of the condition ScalingLimited (horizontal.go). */
export type LimitReason =
  | "DesiredWithinRange"
  | "ScaleUpLimit"
  | "TooManyReplicas"
  | "ScaleDownLimit"
  | "TooFewReplicas";

export interface Limited {
  readonly replicas: number;
  readonly reason: LimitReason;
  /** Which of the direction's policies limits, when one does. */
  readonly policy?: number | undefined;
}

export function withinRange(replicas: number): Limited {
  return { replicas, reason: "DesiredWithinRange" };
}
