import type { Reason } from "../decision/decision.ts";

/** The laws by which a sync of the controller ends. */
export const hpaReasons = {
  aboveTarget: { id: "hpa/above-target", text: "the metric is above its target" },
  belowTarget: { id: "hpa/below-target", text: "every metric is below its target" },
  withinTolerance: { id: "hpa/within-tolerance", text: "the metric is as close to its target as the tolerance allows" },
  onTarget: { id: "hpa/on-target", text: "the metric asks for the replicas that are there" },
  morePods: {
    id: "hpa/more-pods",
    text: "the metric is below its target, but over more pods than the target has replicas",
  },
  fewerPods: {
    id: "hpa/fewer-pods",
    text: "the metric is above its target, but over fewer ready pods than the target has replicas",
  },
  statusReplicas: {
    id: "hpa/status-replicas",
    text: "the metric is within the tolerance for the replicas that status shows, and the controller keeps those",
  },
  direction: {
    id: "hpa/direction",
    text: "the change would turn around once unready pods and pods without a sample are counted in",
  },
  noMetrics: { id: "hpa/no-metrics", text: "the HPA has no metrics" },
  allUnread: { id: "hpa/all-unread", text: "no metric could be read" },
  unreadBlocksScaleDown: {
    id: "hpa/unread-blocks-scale-down",
    text: "a metric could not be read, and the others ask for fewer replicas",
  },
  scalingDisabled: {
    id: "hpa/scaling-disabled",
    text: "the target has no replicas, which switches autoscaling off",
  },
  notScaledToZero: {
    id: "hpa/not-scaled-to-zero",
    text: "it was not the HPA that scaled the target to zero, so it does not wake it",
  },
  aboveMax: { id: "hpa/above-max", text: "there are more replicas than maxReplicas, whatever the metrics say" },
  belowMin: { id: "hpa/below-min", text: "there are fewer replicas than minReplicas, whatever the metrics say" },
  invalidSelector: { id: "hpa/invalid-selector", text: "the scale of the target has no selector" },
  ambiguousSelector: { id: "hpa/ambiguous-selector", text: "other HPAs select the same pods" },
} as const satisfies Record<string, Reason>;
