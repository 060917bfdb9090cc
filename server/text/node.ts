import type { Document } from "./document.ts";
import type { Knowing } from "./remembered.ts";

/** A stretch of one document's text. Offsets count UTF-16 units from the document's start; `end` is exclusive. */
export interface Span {
  readonly doc: Document;
  readonly start: number;
  readonly end: number;
}

interface NodeBase extends Span, Knowing {
  readonly anchor?: string;
  readonly tag?: string;
}

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

/** A scalar as it was written: its content as text, never converted. What it means is the reader's question. */
export interface ScalarNode extends NodeBase {
  readonly type: "scalar";
  readonly text: string;
  readonly style: ScalarStyle;
}

export interface Entry {
  readonly key: Node;
  readonly value: Node;
}

export interface MapNode extends NodeBase {
  readonly type: "map";
  readonly flow: boolean;
  readonly entries: readonly Entry[];
}

export interface SeqNode extends NodeBase {
  readonly type: "seq";
  readonly flow: boolean;
  readonly items: readonly Node[];
}

export interface AliasNode extends NodeBase {
  readonly type: "alias";
  readonly name: string;
  /** The anchored node, absent when there is none. It may contain this very alias. */
  readonly target: Node | undefined;
}

export type Node = ScalarNode | MapNode | SeqNode | AliasNode;

/** The innermost node around an offset. Aliases are not followed. */
export function nodeAt(root: Node | undefined, offset: number): Node | undefined {
  let found: Node | undefined;
  let next = root;
  while (next !== undefined && next.start <= offset && offset < Math.max(next.end, next.start + 1)) {
    found = next;
    next = childAround(found, offset);
  }
  return found;
}

/** Children stand in the order of the text and do not overlap: the one around an offset is the last that begins by then. */
function childAround(node: Node, offset: number): Node | undefined {
  const holds = (child: Node | undefined) => child !== undefined && child.start <= offset && offset < child.end;
  if (node.type === "seq") {
    const item = node.items[lastBegun(node.items.length, (index) => (node.items[index] as Node).start, offset)];
    return holds(item) ? item : undefined;
  }
  if (node.type !== "map") return undefined;
  const entry =
    node.entries[lastBegun(node.entries.length, (index) => (node.entries[index] as Entry).key.start, offset)];
  return holds(entry?.key) ? entry?.key : holds(entry?.value) ? entry?.value : undefined;
}

/** The index of the last that starts at or before an offset, or -1. */
function lastBegun(count: number, startOf: (index: number) => number, offset: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(middle) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function childrenOf(node: Node): readonly Node[] {
  if (node.type === "map") return node.entries.flatMap((entry) => [entry.key, entry.value]);
  return node.type === "seq" ? node.items : [];
}
