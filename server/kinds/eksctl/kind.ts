import { defineKind } from "../kind.ts";

/** A cluster as `eksctl create cluster -f` reads it. */
export const eksctlCluster = defineKind({
  id: "eksctl-cluster",
  title: "ClusterConfig",
  schema: "eksctl-cluster",
  recognise: { group: "eksctl.io", kind: "ClusterConfig", file: true },
  view: () => undefined,
});
