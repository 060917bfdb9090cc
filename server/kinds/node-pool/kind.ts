import { defineKind } from "../kind.ts";

export const nodePool = defineKind({
  id: "node-pool",
  title: "NodePool",
  schema: "node-pool",
  recognise: { group: "karpenter.sh", kind: "NodePool" },
  view: () => undefined,
});
