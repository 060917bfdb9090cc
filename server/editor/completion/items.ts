import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  TextEdit,
} from "vscode-languageserver/node";
import { locateEdit } from "../../findings/locate.ts";
import type { Document } from "../../text/document.ts";
import { lineStartAt } from "../../text/layout.ts";
import { stringYaml } from "../../text/write.ts";
import type { Place } from "../schema/place.ts";
import { type InDocument, rangeIn } from "../schema/service.ts";
import { fieldAt } from "../wire.ts";
import type { Candidate } from "./candidate.ts";

/** What a client does with the text of a completion. */
export class Insertion {
  private readonly snippets: boolean;
  private readonly modes: readonly unknown[];

  constructor(capabilities: ClientCapabilities) {
    const completion = ["textDocument", "completion", "completionItem"];
    this.snippets = fieldAt(capabilities, ...completion, "snippetSupport") === true;
    const modes = fieldAt(capabilities, ...completion, "insertTextModeSupport", "valueSet");
    this.modes = Array.isArray(modes) ? modes : [];
  }

  /** An item of the YAML service, in the positions and the indentation of the file. */
  carried(item: CompletionItem, { doc, offset }: Place): CompletionItem | undefined {
    const { textEdit, insertText, insertTextFormat, label, documentation, detail, sortText, filterText, kind } = item;
    // Whole objects with all that they must have: the keys themselves already bring that along.
    if (kind === CompletionItemKind.Class) return undefined;
    const edit = TextEdit.is(textEdit) ? textEdit : undefined;
    const range = edit === undefined ? wordAt(doc.text, offset) : rangeIn(doc, edit.range);
    const offered = withoutInvented(edit?.newText ?? insertText ?? label, documentation);
    const isSnippet = insertTextFormat === InsertTextFormat.Snippet;
    const text = isSnippet && !this.snippets ? withoutStops(offered) : offered;
    const placed = this.placed(doc, range, text);
    if (placed === undefined) return undefined;
    return {
      label,
      ...(kind !== undefined && { kind }),
      ...(detail !== undefined && detail !== "" && { detail }),
      ...(documentation !== undefined && documentation !== "" && { documentation }),
      ...(sortText !== undefined && { sortText }),
      ...(filterText !== undefined && { filterText }),
      ...(isSnippet && this.snippets && { insertTextFormat }),
      ...placed,
    };
  }

  /** A name as a value, in the quotes that are there or that it needs. */
  named(
    candidate: Candidate,
    doc: Document,
    at: InDocument,
    as: "value" | "word",
    index: number,
  ): CompletionItem | undefined {
    const { label, detail, documentation, kind, text, snippet, before } = candidate;
    const isBare = as === "value" && !/["']/.test(doc.text[at.start - 1] ?? "");
    const stops = this.snippets ? snippet : undefined;
    const placed = this.placed(doc, at, stops ?? text ?? (isBare ? stringYaml(label) : label));
    const other = before && locateEdit({ doc, start: before.offset, end: before.offset, newText: before.text });
    if (placed === undefined) return undefined;
    return {
      label,
      kind: kind ?? CompletionItemKind.Reference,
      detail,
      ...(stops !== undefined && { insertTextFormat: InsertTextFormat.Snippet }),
      ...(documentation !== undefined && { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
      sortText: String(index).padStart(4, "0"),
      ...(other !== undefined && { additionalTextEdits: [{ range: other.range, newText: other.newText }] }),
      ...placed,
    };
  }

  private placed(doc: Document, { start, end }: InDocument, text: string): Partial<CompletionItem> | undefined {
    const lines = text.includes("\n");
    // Some clients give every further line the indentation of the line that they insert in.
    const adjusts = lines && this.modes.includes(InsertTextMode.adjustIndentation) && standsInLines(doc);
    const spoken = adjusts ? "\n" : `\n${indentation(doc.text, start)}`;
    const edit = locateEdit({ doc, start, end, newText: adjusts ? "" : text.replaceAll("\n", spoken) });
    if (edit === undefined) return undefined;
    const mode = adjusts ? InsertTextMode.adjustIndentation : InsertTextMode.asIs;
    return {
      textEdit: { range: edit.range, newText: adjusts ? text : edit.newText },
      ...(lines && this.modes.includes(mode) && { insertTextMode: mode }),
    };
  }
}

/** The word that is being written. The service finds none where it runs into the next line. */
function wordAt(text: string, offset: number): InDocument {
  const before = /[^\s:"'[\]{},]*$/.exec(text.slice(lineStartAt(text, offset), offset))?.[0] ?? "";
  return { start: offset - before.length, end: offset };
}

/** The blanks that the line of an offset begins with. */
function indentation(text: string, offset: number): string {
  return /^ */.exec(text.slice(lineStartAt(text, offset), offset))?.[0] ?? "";
}

/** Whether the lines of a document are lines of its file. */
function standsInLines(doc: Document): boolean {
  for (let at = doc; at.carrier !== undefined; at = at.carrier.node.doc) {
    if (at.carrier.node.style !== "literal") return false;
  }
  return true;
}

/** The service fills in 0 and null for numbers and for what may be null: nothing, unless the key's words say so. */
function withoutInvented(snippet: string, documentation: CompletionItem["documentation"]): string {
  const about = typeof documentation === "string" ? documentation : (documentation?.value ?? "");
  const bare = snippet.replace(/\$\{(\d+):null\}/g, "$$$1");
  return /\b[Dd]efault:? 0\b/.test(about) ? bare : bare.replace(/\$\{(\d+):0\}/g, "$$$1");
}

/** `${1:text}` as its text, `$1` as nothing. */
function withoutStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+:((?:[^{}\\]|\\.)*)\}/g, "$1")
    .replace(/\$\{\d+\|((?:[^,|\\]|\\.)*)(?:,[^|]*)?\|\}/g, "$1")
    .replace(/\$\{\d+\}|\$\d+/g, "")
    .replace(/\\([$}\\])/g, "$1");
}
