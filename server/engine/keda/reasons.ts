import type { Reason } from "../decision/decision.ts";

/** The laws of KEDA's executor and of its fallback. Sources: keda pkg/scaling/executor/scale_scaledobjects.go, pkg/fallback. */
export const kedaReasons = {
  paused: { id: "keda/paused", text: "the ScaledObject is paused" },
  pausedAtReplicas: { id: "keda/paused-replicas", text: "the ScaledObject is paused at that count" },
  pausedUnreadable: { id: "keda/paused-unreadable", text: "its annotation paused-replicas is no count" },
  notCompiled: { id: "keda/formula", text: "the formula of its scaling modifiers does not compile" },
  notEvaluated: { id: "keda/formula-unknown", text: "the formula of its scaling modifiers is not evaluated here" },
  activated: { id: "keda/activated", text: "a trigger is active" },
  forced: { id: "keda/forced", text: "an annotation forces it to be active" },
  active: { id: "keda/active", text: "it is active, and above its minimum the HPA decides" },
  partlyFailing: { id: "keda/partial-error", text: "it is active, though a trigger failed" },
  waitsForFallback: { id: "keda/waits-for-fallback", text: "a trigger failed and the fallback is left to the HPA" },
  failing: { id: "keda/trigger-error", text: "a trigger failed and there is no fallback" },
  deactivated: { id: "keda/deactivated", text: "no trigger is active" },
  raised: { id: "keda/minimum", text: "it is below its minimum" },
  unchanged: { id: "keda/unchanged", text: "no trigger is active and there is nothing to scale down" },
  fallback: { id: "keda/fallback", text: "a trigger failed more often than its fallback puts up with" },
} as const satisfies Record<string, Reason>;
