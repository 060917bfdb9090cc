import type { Document } from "../text/document.ts";
import type { DocumentEdit } from "../text/edits.ts";
import { outwardEnd } from "../text/projection.ts";
import type { Edit, Finding, Fix } from "./finding.ts";
import { identityOf } from "./identity.ts";
import type { RawFinding, RawFix } from "./raw-finding.ts";

/** Carries a finding from its documents out to its files. */
export function locate(raw: RawFinding, docs: string): Finding {
  return {
    rule: raw.rule,
    severity: raw.severity,
    message: raw.message,
    file: raw.at.doc.file.path,
    range: raw.at.doc.file.rangeOf(raw.at),
    object: identityOf(raw.at),
    related: raw.related.map(({ at, message }) => ({
      file: at.doc.file.path,
      range: at.doc.file.rangeOf(at),
      message,
    })),
    fixes: raw.fixes.flatMap(locateFix),
    docs,
  };
}

/** A fix of which one edit cannot be written where it belongs is no fix. */
function locateFix({ title, safe, edits }: RawFix): Fix[] {
  const located = edits.map(locateEdit);
  return located.every((edit) => edit !== undefined) && located.length > 0
    ? [{ title, safe, edits: located as Edit[] }]
    : [];
}

export function locateEdit(edit: DocumentEdit): Edit | undefined {
  let { doc, start, end, newText } = edit as { doc: Document; start: number; end: number; newText: string };
  while (doc.carrier !== undefined) {
    const { node, projection } = doc.carrier;
    const encoded = projection.encode(newText);
    if (encoded === undefined) return undefined;
    // Whole lines are replaced from content to content, so that the indentation around them is counted once.
    const wholeLines = end > start && end < doc.text.length && doc.text[end - 1] === "\n";
    end = wholeLines ? projection.outward(end) : outwardEnd(projection, start, end);
    start = projection.outward(start);
    newText = encoded;
    doc = node.doc;
  }
  const { file } = doc;
  const lineBreak = file.text.includes("\r\n") ? "\r\n" : "\n";
  return {
    file: file.path,
    range: file.range(doc.base + start, doc.base + end),
    newText: newText.replace(/\r?\n/g, lineBreak),
  };
}
