import type { ScalarNode } from "../../text/node.ts";
import { at, entriesAt, type Placed, quantityAt } from "../../text/read.ts";
import type { Quantity } from "../../text/values/quantity.ts";
import { defineKind } from "../kind.ts";

export interface ResourceQuotaView {
  /** What `hard` bounds: `requests.nvidia.com/gpu`, `pods`. Absent values are filled in later. */
  readonly hard: readonly { readonly key: ScalarNode; readonly most: Placed<Quantity> | undefined }[];
  /** Whether it counts only some of the namespace's pods. */
  readonly selective: boolean;
}

export const resourceQuota = defineKind<ResourceQuotaView>({
  id: "resource-quota",
  title: "ResourceQuota",
  schema: "resource-quota",
  recognise: { group: "", kind: "ResourceQuota" },
  view: ({ root }) => ({
    hard: entriesAt(root, "spec", "hard").map(({ key, value }) => ({ key, most: quantityAt(value) })),
    selective: ["scopes", "scopeSelector"].some((key) => at(root, "spec", key) !== undefined),
  }),
});
