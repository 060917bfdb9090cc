import { isAlias, isMap, isScalar, isSeq, type Node as ParsedNode, type Scalar } from "yaml";
import { carrierKeys } from "./carrier-keys.ts";
import type { Document } from "./document.ts";
import { limits } from "./limits.ts";
import type { AliasNode, Entry, MapNode, Node, ScalarNode, ScalarStyle, SeqNode } from "./node.ts";
import type { CarrierPlace, Parsed } from "./parse.ts";
import type { Problem } from "./problem.ts";

/** Turns the parser's tree into ours: plain data with offsets, aliases linked but never expanded. */
export function convertTree(contents: unknown, doc: Document): Parsed {
  const conversion = new Conversion(doc);
  const root = conversion.convert(contents, 0);
  return {
    root: conversion.stopped ? undefined : root,
    problems: conversion.problems,
    carriers: conversion.carriers,
    braces: conversion.braces,
  };
}

class Conversion {
  readonly doc: Document;
  readonly problems: Problem[] = [];
  readonly carriers: CarrierPlace[] = [];
  stopped = false;
  braces: number | undefined;
  private readonly anchors = new Map<string, Node>();
  private nodes = 0;
  private aliases = 0;

  constructor(doc: Document) {
    this.doc = doc;
  }

  convert(node: unknown, depth: number): Node | undefined {
    if (this.stopped || node === null || node === undefined) return undefined;
    const [start, end] = (node as ParsedNode).range ?? [0, 0];
    if (depth > limits.depth) return this.stop("levels of nesting", limits.depth, start);
    if (++this.nodes > limits.nodes) return this.stop("keys and values in one document", limits.nodes, start);
    if (isScalar(node)) return this.register(this.scalar(node, start, end));
    if (isAlias(node)) return this.alias(node.source, start, end);
    const base = { doc: this.doc, start, end, ...properties(node as ParsedNode & { anchor?: string }) };
    if (isMap(node)) {
      const entries: Entry[] = [];
      const flow = node.flow === true;
      if (flow && this.braces === undefined && this.doc.text.startsWith("{{", start)) this.braces = start;
      const map = this.register<MapNode>({ type: "map", flow, entries, ...base });
      this.fill(map, entries, node.items, depth + 1);
      return flow ? map : endAt(map, entries[entries.length - 1]?.value);
    }
    if (isSeq(node)) {
      const items: Node[] = [];
      const seq = this.register<SeqNode>({ type: "seq", flow: node.flow === true, items, ...base });
      for (const item of node.items) items.push(this.convert(item, depth + 1) ?? this.empty(end));
      return seq.flow ? seq : endAt(seq, items[items.length - 1]);
    }
    return undefined;
  }

  private fill(
    map: MapNode,
    entries: Entry[],
    pairs: readonly { key: unknown; value: unknown }[],
    depth: number,
  ): void {
    const seen = new Map<string, Node>();
    for (const pair of pairs) {
      if (this.stopped) return;
      const key = this.convert(pair.key, depth) ?? this.empty(map.start);
      const value = this.convert(pair.value, depth) ?? this.empty(key.end);
      entries.push({ key, value });
      if (key.type !== "scalar") continue;
      const first = seen.get(key.text);
      if (first === undefined) seen.set(key.text, key);
      else this.problems.push({ type: "duplicate-key", key: key.text, first, start: key.start, end: key.end });
      if (seen.size > limits.keys) this.stop("keys in one mapping", limits.keys, key.start);
      if (carrierKeys.has(key.text)) this.carriers.push({ holder: map, value });
    }
  }

  private scalar(node: Scalar, start: number, end: number): ScalarNode {
    const text = typeof node.value === "string" ? node.value : String(node.value ?? "");
    return { type: "scalar", text, style: styleOf(node), doc: this.doc, start, end, ...properties(node) };
  }

  private alias(name: string, start: number, end: number): AliasNode | undefined {
    if (++this.aliases > limits.aliases) {
      this.stop("aliases in one document", limits.aliases, start);
      return undefined;
    }
    const target = this.anchors.get(name);
    if (target === undefined) {
      this.problems.push({ type: "syntax", message: `There is no anchor &${name} before this alias`, start, end });
    }
    return { type: "alias", name, target, doc: this.doc, start, end };
  }

  private empty(at: number): ScalarNode {
    return { type: "scalar", text: "", style: "plain", doc: this.doc, start: at, end: at };
  }

  private register<N extends Node>(node: N): N {
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    return node;
  }

  private stop(what: string, limit: number, at: number): undefined {
    if (!this.stopped) this.problems.push({ type: "limit", what, limit, start: at, end: at + 1 });
    this.stopped = true;
    return undefined;
  }
}

/** A block collection ends with its last value; the parser counts the line break and comments behind it too. */
function endAt<N extends MapNode | SeqNode>(collection: N, last: Node | undefined): N {
  if (last !== undefined) (collection as { end: number }).end = Math.max(last.end, collection.start);
  return collection;
}

function properties(node: { anchor?: string | undefined; tag?: string | undefined }): {
  anchor?: string;
  tag?: string;
} {
  return {
    ...(node.anchor !== undefined && { anchor: node.anchor }),
    ...(node.tag !== undefined && { tag: node.tag }),
  };
}

const styles: Record<string, ScalarStyle> = {
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
};

function styleOf(node: Scalar): ScalarStyle {
  return styles[node.type ?? ""] ?? "plain";
}
