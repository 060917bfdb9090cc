import { defineKind } from "../kind.ts";

export const gateway = defineKind({
  id: "gateway",
  title: "Gateway",
  schema: "gateway",
  recognise: { group: "gateway.networking.k8s.io", kind: "Gateway" },
  view: () => undefined,
});
