import { defineKind } from "../kind.ts";

export const priorityClass = defineKind({
  id: "priority-class",
  title: "PriorityClass",
  schema: "priority-class",
  recognise: { group: "scheduling.k8s.io", kind: "PriorityClass" },
  view: () => undefined,
});
