import { Document } from "./document.ts";
import { embedDocuments, type Sniff } from "./embedded.ts";
import { limits } from "./limits.ts";
import { Lines, type Range } from "./lines.ts";
import type { Span } from "./node.ts";
import { splitDocuments } from "./split.ts";

/** A file's text as documents. An edit keeps every document whose text did not change. */
export class TextFile {
  readonly path: string;
  text = "";
  documents: readonly Document[] = [];
  /** Where documents note that their trees are in memory. */
  readonly held: Document[] | undefined;
  private lines: Lines | undefined;
  private readonly sniff: Sniff;

  constructor(path: string, sniff: Sniff, held?: Document[]) {
    this.path = path;
    this.sniff = sniff;
    this.held = held;
  }

  /**
   * Takes a new text. Documents before and behind the edited stretch stay, in their order. Returns those that came and
   * those that went.
   */
  update(text: string): { added: Document[]; removed: Document[] } {
    const before = this.documents;
    this.text = text;
    this.lines = undefined;
    const added: Document[] = [];
    if (text.length > limits.fileLength) {
      this.documents = [this.refuse("characters in one file", limits.fileLength, added)];
      return { added, removed: [...before] };
    }
    const chunks = splitDocuments(text);
    const taken = chunks.slice(0, limits.documents);
    const kept = keptAround(
      before,
      taken.map(({ start, end }) => text.slice(start, end)),
    );
    const documents = taken.map(({ start, end }, index) => {
      const doc = kept.get(index) ?? this.read(text.slice(start, end), added);
      doc.base = start;
      return doc;
    });
    const beyond = chunks[limits.documents];
    if (beyond !== undefined) {
      const refused = this.refuse("documents in one file", limits.documents, added);
      refused.base = beyond.start;
      documents.push(refused);
    }
    this.documents = documents;
    const stay = new Set(kept.values());
    return { added, removed: before.filter((doc) => !stay.has(doc)) };
  }

  /** Every document, those inside others behind the one that holds them. */
  allDocuments(): Document[] {
    return withEmbedded(this.documents);
  }

  rangeOf({ doc, start, end }: Span): Range {
    const span = doc.spanInFile(start, end);
    return this.range(span.start, span.end);
  }

  range(start: number, end: number): Range {
    this.lines ??= new Lines(this.text);
    return { start: this.lines.positionAt(start), end: this.lines.positionAt(end) };
  }

  offsetAt(position: Range["start"]): number {
    this.lines ??= new Lines(this.text);
    return this.lines.offsetAt(position);
  }

  private read(content: string, added: Document[]): Document {
    const doc = new Document(this, content);
    embedDocuments(doc, this.sniff);
    added.push(doc);
    return doc;
  }

  /** What is left of a file that is larger than we read: a document that says so. */
  private refuse(what: string, limit: number, added: Document[]): Document {
    const doc = new Document(this, "", undefined, { type: "limit", what, limit, start: 0, end: 0 });
    added.push(doc);
    return doc;
  }
}

/** The documents whose text is the same from the beginning on, and from the end back, by their new index. */
function keptAround(before: readonly Document[], texts: readonly string[]): Map<number, Document> {
  const kept = new Map<number, Document>();
  const same = (doc: Document | undefined, text: string | undefined) => doc?.text === text && doc?.refused === false;
  let start = 0;
  while (start < texts.length && same(before[start], texts[start])) kept.set(start, before[start++] as Document);
  let end = 1;
  while (end <= texts.length - start && end <= before.length - start && same(before.at(-end), texts.at(-end))) {
    kept.set(texts.length - end, before.at(-end++) as Document);
  }
  return kept;
}

/** Documents, each followed by those inside it. */
export function withEmbedded(documents: readonly Document[]): Document[] {
  const all: Document[] = [];
  const add = (doc: Document) => {
    all.push(doc);
    for (const inner of doc.embedded) add(inner);
  };
  for (const doc of documents) add(doc);
  return all;
}
