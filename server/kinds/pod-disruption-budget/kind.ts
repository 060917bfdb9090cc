import { defineKind } from "../kind.ts";

export const podDisruptionBudget = defineKind({
  id: "pod-disruption-budget",
  title: "PodDisruptionBudget",
  schema: "pod-disruption-budget",
  recognise: { group: "policy", kind: "PodDisruptionBudget" },
  view: () => undefined,
});
