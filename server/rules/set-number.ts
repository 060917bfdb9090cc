import type { RawFix } from "../findings/raw-finding.ts";
import { setScalar } from "../text/edits.ts";
import type { Node } from "../text/node.ts";

/** A fix that writes another number where one stands. None where an alias would carry it to other places. */
export function setNumber(node: Node, value: number): RawFix[] {
  if (node.type !== "scalar" || node.anchor !== undefined) return [];
  return [{ title: `Write ${value}`, safe: false, edits: [setScalar(node, String(value))] }];
}
