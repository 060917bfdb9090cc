import { defineKind } from "../kind.ts";

export const pod = defineKind({
  id: "pod",
  title: "Pod",
  schema: "pod",
  recognise: { group: "", kind: "Pod" },
  view: () => undefined,
});
