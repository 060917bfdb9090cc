import { limits } from "../text/limits.ts";
import type { MapNode, Node, ScalarNode } from "../text/node.ts";
import { resolvePlain } from "../text/values/truth.ts";

/** Nodes that may come again through aliases and merge keys: far more than anyone writes, far less than a bomb makes. */
const mostRepeated = 100_000;

/** What a document says as plain values, the way its consumer reads it. */
export interface Plain {
  readonly value: unknown;
}

/**
 * Turns a tree into plain values: aliases followed, merge keys carried out, scalars by the core schema of YAML 1.2.
 * Absent where that would grow past every measure or never end, or where a key is no text. Without `keepNulls` a key
 * without a value counts as not written, which is how the API server reads it.
 */
export function plainOf(root: Node, { keepNulls }: { readonly keepNulls: boolean }): Plain | undefined {
  const reading = new Reading(keepNulls);
  const value = reading.read(root, 0);
  return reading.givenUp ? undefined : { value };
}

interface Known {
  readonly value: unknown;
  readonly nodes: number;
  readonly height: number;
}

/**
 * Without anything to inherit, so that `__proto__` and `constructor` are keys like any other. Made by a constructor, as
 * V8 keeps what comes of `Object.create(null)` in a table, which takes validators several times as long to ask.
 */
const Bare = (() => {
  function BareObject() {}
  BareObject.prototype = Object.create(null);
  return BareObject as unknown as new () => Record<string, unknown>;
})();

class Reading {
  givenUp = false;
  private readonly keepNulls: boolean;
  private readonly anchored = new Map<Node, Known>();
  private readonly open = new Set<Node>();
  private nodes = 0;
  private repeated = 0;
  private deepest = 0;

  constructor(keepNulls: boolean) {
    this.keepNulls = keepNulls;
  }

  read(node: Node, depth: number): unknown {
    if (this.givenUp || depth > limits.depth) return this.giveUp();
    this.nodes++;
    this.deepest = Math.max(this.deepest, depth);
    if (node.type === "alias") return this.follow(node.target, depth);
    if (node.anchor === undefined) return this.content(node, depth);
    return this.remember(node, depth);
  }

  private content(node: Exclude<Node, { type: "alias" }>, depth: number): unknown {
    if (node.type === "scalar") return scalarValue(node);
    if (node.type === "seq") return node.items.map((item) => this.read(item, depth + 1));
    return this.mapping(node, depth);
  }

  private remember(node: Exclude<Node, { type: "alias" }>, depth: number): unknown {
    const [nodes, deepest] = [this.nodes, this.deepest];
    this.deepest = depth;
    this.open.add(node);
    const value = this.content(node, depth);
    this.open.delete(node);
    this.anchored.set(node, { value, nodes: this.nodes - nodes + 1, height: this.deepest - depth });
    this.deepest = Math.max(this.deepest, deepest);
    return value;
  }

  private follow(target: Node | undefined, depth: number): unknown {
    if (target === undefined || this.open.has(target)) return this.giveUp();
    const known = this.anchored.get(target);
    if (known === undefined) return this.read(target, depth);
    this.nodes += known.nodes;
    this.repeated += known.nodes;
    this.deepest = Math.max(this.deepest, depth + known.height);
    if (this.repeated > mostRepeated || this.deepest > limits.depth) return this.giveUp();
    return known.value;
  }

  private mapping({ entries }: MapNode, depth: number): object {
    const result = new Bare();
    for (const { key, value } of entries) {
      if (key.type === "scalar" && key.text === "<<") this.merge(result, value, depth);
    }
    for (const { key, value } of entries) {
      if (key.type !== "scalar") this.giveUp();
      else if (key.text !== "<<") this.put(result, key.text, this.read(value, depth + 1));
    }
    return result;
  }

  /** Of several merged mappings, the first that has a key gives its value. */
  private merge(result: Record<string, unknown>, node: Node, depth: number): void {
    const value = this.read(node, depth + 1);
    for (const source of [value].flat().reverse()) {
      if (this.givenUp || source === null || typeof source !== "object") continue;
      const keys = Object.keys(source);
      this.repeated += keys.length;
      if (this.repeated > mostRepeated) this.giveUp();
      else for (const key of keys) this.put(result, key, (source as Record<string, unknown>)[key]);
    }
  }

  private put(result: Record<string, unknown>, key: string, value: unknown): void {
    if (value !== null || this.keepNulls) result[key] = value;
    else if (key in result) delete result[key];
  }

  private giveUp(): undefined {
    this.givenUp = true;
    return undefined;
  }
}

const coreTags: ReadonlySet<string> = new Set(
  ["int", "float", "bool", "null"].map((name) => `tag:yaml.org,2002:${name}`),
);

/** Whole numbers past 2^53 lose their last digits here; no bound of a schema is that fine. */
function scalarValue({ text, style, tag }: ScalarNode): unknown {
  const isText = tag === undefined ? style !== "plain" : !coreTags.has(tag);
  const value = isText ? text : resolvePlain(text);
  return typeof value === "bigint" ? Number(value) : value;
}

/** Whether only the reader of a tag of its own (`!vault`, `!Ref`) knows what stands here. */
export function hasForeignTag({ tag }: Node): boolean {
  return tag !== undefined && !tag.startsWith("tag:yaml.org,2002:");
}
