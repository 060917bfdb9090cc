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
  private lines: Lines | undefined;
  private readonly sniff: Sniff;

  constructor(path: string, sniff: Sniff) {
    this.path = path;
    this.sniff = sniff;
  }

  /** Takes a new text. Returns the documents that came and those that went. */
  update(text: string): { added: Document[]; removed: Document[] } {
    const known = new Map<string, Document[]>();
    for (const doc of this.documents) known.set(doc.text, [...(known.get(doc.text) ?? []), doc]);
    this.text = text;
    this.lines = undefined;
    const added: Document[] = [];
    if (text.length > limits.fileLength) {
      this.documents = [this.refuse("characters in one file", limits.fileLength, added)];
      return { added, removed: [...known.values()].flat() };
    }
    const chunks = splitDocuments(text);
    this.documents = chunks.slice(0, limits.documents).map(({ start, end }) => {
      const content = text.slice(start, end);
      const doc = known.get(content)?.shift() ?? this.read(content, added);
      doc.base = start;
      return doc;
    });
    const beyond = chunks[limits.documents];
    if (beyond !== undefined) {
      const refused = this.refuse("documents in one file", limits.documents, added);
      refused.base = beyond.start;
      this.documents = [...this.documents, refused];
    }
    return { added, removed: [...known.values()].flat() };
  }

  /** Every document, those inside others behind the one that holds them. */
  allDocuments(): Document[] {
    return this.documents.flatMap(withEmbedded);
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

export function withEmbedded(doc: Document): Document[] {
  return [doc, ...doc.embedded.flatMap(withEmbedded)];
}
