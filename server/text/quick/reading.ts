import { carrierKeys } from "../carrier-keys.ts";
import type { Document } from "../document.ts";
import { limits } from "../limits.ts";
import type { Entry, MapNode, Node, ScalarNode, ScalarStyle, SeqNode } from "../node.ts";
import type { CarrierPlace } from "../parse.ts";

/** Character codes that mean something to YAML. */
export const code = {
  tab: 9,
  newline: 10,
  return: 13,
  space: 32,
  double: 34,
  hash: 35,
  single: 39,
  comma: 44,
  dash: 45,
  colon: 58,
  greater: 62,
  openSeq: 91,
  backslash: 92,
  closeSeq: 93,
  openMap: 123,
  bar: 124,
  closeMap: 125,
} as const;

/** Thrown where a text goes beyond the plain YAML of manifests; made once, for its stack tells nothing. */
export const unusual = new Error("not plain YAML");

/** Keys up to which looking at each is faster than a set. */
const fewKeys = 8;

/** A place in a text that is read once from its beginning to its end, and what was made of it so far. */
export class Reading {
  readonly doc: Document;
  readonly text: string;
  readonly carriers: CarrierPlace[] = [];
  at = 0;
  /** Where the line of `at` begins. */
  line = 0;
  private readonly allowsTwice: boolean;
  private nodes = 0;
  private readonly collections: (MapInMaking | SeqInMaking)[] = [];

  constructor(doc: Document, text: string, allowsTwice: boolean) {
    this.doc = doc;
    this.text = text;
    this.allowsTwice = allowsTwice;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  get column(): number {
    return this.at - this.line;
  }

  /** NaN at the end of the text, which equals nothing. */
  here(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  /** Whether a word ends before this place: a blank, a line break, or the end of the text. */
  isBreak(at: number): boolean {
    const next = this.text.charCodeAt(at);
    return next === code.space || next === code.newline || at >= this.text.length;
  }

  /** Whether a list item begins here. */
  get isDash(): boolean {
    return this.here() === code.dash && this.isBreak(this.at + 1);
  }

  skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === code.space) this.at++;
  }

  /** To what comes next, on this line or on another; only from where a comment may begin. */
  skipBlanks(): void {
    const { text } = this;
    for (;;) {
      const next = text.charCodeAt(this.at);
      if (next === code.space) this.at++;
      else if (next === code.newline) this.line = ++this.at;
      else if (next === code.hash) this.at = lineEnd(text, this.at);
      else return;
    }
  }

  /** Behind a value nothing may stand on its line but a comment. */
  endLine(): void {
    const before = this.at;
    this.skipSpaces();
    const next = this.here();
    const isComment = next === code.hash && this.at > before;
    if (next !== code.newline && !isComment && !this.ended) throw unusual;
    this.skipBlanks();
  }

  /** Whether the document is one that we read at all. */
  get isSmall(): boolean {
    return this.nodes <= limits.nodes;
  }

  scalar(text: string, style: ScalarStyle, start: number, end: number): ScalarNode {
    this.nodes++;
    return { type: "scalar", text: once(text), style, doc: this.doc, start, end };
  }

  sequence(flow: boolean, start: number, depth: number): SeqInMaking {
    return this.open({ type: "seq", flow, items: [], doc: this.doc, start, end: start }, depth);
  }

  mapping(flow: boolean, start: number, depth: number): MapInMaking {
    return this.open({ type: "map", flow, entries: [], doc: this.doc, start, end: start }, depth);
  }

  /** A collection begins; its values stand a level deeper. */
  private open<C extends MapInMaking | SeqInMaking>(collection: C, depth: number): C {
    this.nodes++;
    if (depth >= limits.depth) throw unusual;
    this.collections.push(collection);
    return collection;
  }

  /** Lists that grow have room for more; thousands of files are held at once. */
  trim(): void {
    for (const collection of this.collections) {
      if (collection.type === "map") collection.entries = collection.entries.slice();
      else collection.items = collection.items.slice();
    }
  }

  /** Adds an entry; `keys` is what grows where there are many. */
  enter(map: MapInMaking, keys: Set<string> | undefined, key: ScalarNode, value: Node): Set<string> | undefined {
    const { entries } = map;
    let seen = keys;
    if (this.allowsTwice) {
      if (entries.length >= limits.keys) throw unusual;
    } else if (seen === undefined && entries.length < fewKeys) {
      for (const entry of entries) if ((entry.key as ScalarNode).text === key.text) throw unusual;
    } else {
      seen ??= new Set(entries.map((entry) => (entry.key as ScalarNode).text));
      if (seen.size >= limits.keys || seen.has(key.text)) throw unusual;
      seen.add(key.text);
    }
    entries.push({ key, value });
    if (carrierKeys.has(key.text)) this.carriers.push({ holder: map, value });
    return seen;
  }
}

type SeqInMaking = SeqNode & { items: Node[]; end: number };
export type MapInMaking = MapNode & { entries: Entry[]; end: number };

/** Words that documents have in common (keys above all) are held once. */
const words = new Map<string, string>();
const longestWord = 32;
const mostWords = 4096;

function once(text: string): string {
  if (text.length > longestWord) return text;
  const known = words.get(text);
  if (known !== undefined) return known;
  if (words.size >= mostWords) words.clear();
  words.set(text, text);
  return text;
}

export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline;
}
