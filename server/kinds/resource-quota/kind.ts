import { defineKind } from "../kind.ts";

export const resourceQuota = defineKind({
  id: "resource-quota",
  title: "ResourceQuota",
  schema: "resource-quota",
  recognise: { group: "", kind: "ResourceQuota" },
  view: () => undefined,
});
