import type { MapNode, Node } from "../../text/node.ts";
import { at, isNull, resolve } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";

/** A feature gate as it is written: `flowControl`, `flowControl=false`. */
export interface Gate {
  readonly name: string;
  readonly on: boolean;
  readonly node: Node;
}

/** Absent where the list, or a part of it, cannot be read. */
export function gatesIn(root: MapNode): Gate[] | undefined {
  const list = resolve(at(root, "featureGates"));
  if (list === undefined || (list.type === "scalar" && isNull(list))) return [];
  if (list.type !== "seq") return undefined;
  const gates = list.items.map(readGate);
  return gates.includes(undefined) ? undefined : (gates as Gate[]);
}

function readGate(node: Node): Gate | undefined {
  const gate = resolve(node);
  if (gate?.type !== "scalar" || isTemplated(gate.text)) return undefined;
  const [name = "", value = "true"] = gate.text.split("=", 2);
  return { name: name.trim(), on: value.trim().toLowerCase() !== "false", node };
}

/** Whether a gate that is off by default is on; `undefined` where that cannot be told. */
export function isGateOn(root: MapNode, name: string): boolean | undefined {
  const gates = gatesIn(root);
  return gates === undefined ? undefined : (gates.findLast((gate) => gate.name === name)?.on ?? false);
}
