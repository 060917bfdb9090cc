import type { MapNode } from "../../text/node.ts";
import { at, mapAt, type Placed, quantityAt, stringAt } from "../../text/read.ts";
import type { Quantity } from "../../text/values/quantity.ts";
import { defineKind } from "../kind.ts";

/**
 * A nested dialect that deployment guides use for a sidecar (`storage.cpu.buffer_size`). No LMCache version reads it,
 * yet its numbers say what its author meant.
 */
export interface NestedLmcacheView {
  readonly bufferSize: Placed<Quantity> | undefined;
  readonly diskPath: Placed<string> | undefined;
  readonly diskSize: Placed<Quantity> | undefined;
}

export const nestedLmcacheConfig = defineKind<NestedLmcacheView>({
  id: "lmcache-nested",
  title: "LMCache configuration (nested)",
  schema: "lmcache-nested",
  recognise: {
    hints: ["storage"],
    content: isNestedForm,
  },
  view: ({ root }) => ({
    bufferSize: isOff(root, "cpu") ? undefined : quantityAt(root, "storage", "cpu", "buffer_size"),
    diskPath: isOff(root, "disk") ? undefined : stringAt(root, "storage", "disk", "path"),
    diskSize: quantityAt(root, "storage", "disk", "max_size"),
  }),
});

export function isNestedForm(root: MapNode): boolean {
  return (
    at(root, "storage", "cpu", "buffer_size") !== undefined ||
    at(root, "storage", "disk", "max_size") !== undefined ||
    (mapAt(root, "storage", "cpu") !== undefined &&
      ["disk", "remote"].some((tier) => mapAt(root, "storage", tier) !== undefined))
  );
}

/** A tier counts unless it is switched off, or by something that is filled in later. */
function isOff(root: MapNode, tier: string): boolean {
  if (at(root, "storage", tier, "enabled") === undefined) return false;
  return !/^(?:true|yes|on|1)$/i.test(stringAt(root, "storage", tier, "enabled")?.value ?? "");
}
