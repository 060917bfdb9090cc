import { defineKind } from "../kind.ts";

/** Any other API object. Nothing is known of it but its name, which others may refer to. */
export const kubernetesObject = defineKind({
  id: "kubernetes-object",
  title: "Kubernetes object",
  recognise: { group: "", kind: "" },
  view: () => undefined,
});
