import { TextDocument } from "vscode-languageserver-textdocument";
import { normalUri } from "./uris.ts";
import { field, fieldAt } from "./wire.ts";

type Change = Parameters<typeof TextDocument.update>[1][number];

/** The documents that are open in the editor. Their text outranks the disk. */
export class Buffers {
  private readonly documents = new Map<string, TextDocument>();

  get(uri: string): TextDocument | undefined {
    return this.documents.get(uri);
  }

  uris(): string[] {
    return [...this.documents.keys()];
  }

  /** How the client spells a resource: as it did when opening it. */
  spelling(uri: string): string {
    return this.documents.get(uri)?.uri ?? uri;
  }

  /** Opens a document, or takes its text anew when a client opens it twice. Returns its normal URI. */
  open(params: unknown): string | undefined {
    const item = field(params, "textDocument");
    const uri = field(item, "uri");
    const text = field(item, "text");
    if (typeof uri !== "string" || typeof text !== "string") return undefined;
    const key = normalUri(uri);
    this.documents.set(key, TextDocument.create(uri, "yaml", versionOf(item) ?? 0, text));
    return key;
  }

  /** Absent when no such document is open or the change cannot be understood; the text is then what it was. */
  change(params: unknown): string | undefined {
    const key = this.keyOf(params);
    const document = key === undefined ? undefined : this.documents.get(key);
    const changes = field(params, "contentChanges");
    if (document === undefined || !Array.isArray(changes) || !changes.every(isChange)) return undefined;
    const version = versionOf(field(params, "textDocument")) ?? document.version + 1;
    for (const change of changes) TextDocument.update(document, [clamped(change, document)], version);
    return key;
  }

  close(params: unknown): string | undefined {
    const key = this.keyOf(params);
    return key !== undefined && this.documents.delete(key) ? key : undefined;
  }

  private keyOf(params: unknown): string | undefined {
    const uri = fieldAt(params, "textDocument", "uri");
    return typeof uri === "string" ? normalUri(uri) : undefined;
  }
}

function versionOf(item: unknown): number | undefined {
  const version = field(item, "version");
  return typeof version === "number" ? version : undefined;
}

function isChange(change: unknown): change is Change {
  if (typeof field(change, "text") !== "string") return false;
  const range = field(change, "range");
  return range === undefined || (isPosition(field(range, "start")) && isPosition(field(range, "end")));
}

function isPosition(position: unknown): boolean {
  return Number.isInteger(field(position, "line")) && Number.isInteger(field(position, "character"));
}

/** A range past the end would leave the document with line offsets that are not those of its text. */
function clamped(change: Change, document: TextDocument): Change {
  if (!("range" in change)) return { text: change.text };
  const inside = (position: { line: number; character: number }) => document.positionAt(document.offsetAt(position));
  return { text: change.text, range: { start: inside(change.range.start), end: inside(change.range.end) } };
}
