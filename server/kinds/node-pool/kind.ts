import type { Node } from "../../text/node.ts";
import { entriesAt, itemsAt, type Placed, quantityAt, stringAt } from "../../text/read.ts";
import type { Quantity } from "../../text/values/quantity.ts";
import { defineKind } from "../kind.ts";

export interface Taint {
  readonly node: Node;
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

export interface NodePoolView {
  /** The most of each resource that all nodes of the pool may have together. */
  readonly limits: ReadonlyMap<string, Placed<Quantity>>;
  readonly taints: readonly Taint[];
  /** Labels that the nodes must have one of some values for. */
  readonly requirements: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

export const nodePool = defineKind<NodePoolView>({
  id: "node-pool",
  title: "NodePool",
  schema: "node-pool",
  recognise: { group: "karpenter.sh", kind: "NodePool" },
  view: ({ root }) => ({
    limits: new Map(
      entriesAt(root, "spec", "limits").flatMap(({ key, value }) => {
        const most = quantityAt(value);
        return most === undefined ? [] : [[key.text, most]];
      }),
    ),
    taints: itemsAt(root, "spec", "template", "spec", "taints").flatMap(readTaint),
    requirements: itemsAt(root, "spec", "template", "spec", "requirements").map((node) => ({
      key: stringAt(node, "key")?.value ?? "",
      operator: stringAt(node, "operator")?.value ?? "",
      values: itemsAt(node, "values").flatMap((value) => stringAt(value)?.value ?? []),
    })),
  }),
});

/** A taint that is filled in later says nothing. */
function readTaint(node: Node): Taint[] {
  const key = stringAt(node, "key")?.value;
  const effect = stringAt(node, "effect")?.value;
  if (key === undefined || effect === undefined) return [];
  return [{ node, key, effect, value: stringAt(node, "value")?.value ?? "" }];
}
