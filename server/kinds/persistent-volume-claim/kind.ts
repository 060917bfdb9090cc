import { type Placed, quantityAt, stringAt } from "../../text/read.ts";
import type { Quantity } from "../../text/values/quantity.ts";
import { defineKind } from "../kind.ts";

export interface ClaimView {
  readonly storage: Placed<Quantity> | undefined;
  readonly storageClass: Placed<string> | undefined;
}

export const persistentVolumeClaim = defineKind<ClaimView>({
  id: "persistent-volume-claim",
  title: "PersistentVolumeClaim",
  schema: "persistent-volume-claim",
  recognise: { group: "", kind: "PersistentVolumeClaim" },
  view: ({ root }) => ({
    storage: quantityAt(root, "spec", "resources", "requests", "storage"),
    storageClass: stringAt(root, "spec", "storageClassName"),
  }),
});
