import { defineKind } from "../kind.ts";

export const httpRoute = defineKind({
  id: "http-route",
  title: "HTTPRoute",
  schema: "http-route",
  recognise: { group: "gateway.networking.k8s.io", kind: "HTTPRoute" },
  view: () => undefined,
});
