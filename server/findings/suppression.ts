import type { Document } from "../text/document.ts";
import { nodeAt, type Span } from "../text/node.ts";

/**
 * `# headroom-disable-next-line rule-id -- reason` and `# headroom-disable rule-id -- reason` (for the rest of the
 * meaning: the whole document, and the documents inside it). Several ids are separated by commas.
 */
export interface Suppression extends Span {
  readonly scope: "next-line" | "document";
  readonly rules: readonly { readonly id: string; readonly at: Span }[];
  readonly reason: string;
}

const comment = /(?<=^|\s)#[ \t]*headroom-disable(-next-line)?(?![\w-])([^\n\r]*)/g;

export function suppressionsOf(doc: Document): Suppression[] {
  if (!doc.text.includes("headroom-disable")) return [];
  return [...doc.text.matchAll(comment)].flatMap((found) => {
    if (nodeAt(doc.root, found.index)?.type === "scalar") return [];
    const [whole, nextLine, rest = ""] = found;
    const [ids = "", ...reason] = rest.split(" --");
    const from = found.index + whole.length - rest.length;
    const rules = [...ids.matchAll(/[^\s,]+/g)].map((id) => ({
      id: id[0],
      at: doc.span(from + id.index, from + id.index + id[0].length),
    }));
    const scope = nextLine === undefined ? "document" : "next-line";
    const end = found.index + whole.trimEnd().length;
    return [{ doc, start: found.index, end, scope, rules, reason: reason.join(" --").trim() } as const];
  });
}

/** The line of the file that a `next-line` comment speaks of: the next one that is not a comment itself. */
export function suppressedLine({ doc, end }: Suppression): number {
  const { file } = doc;
  const lines = file.text.slice(doc.inFile(Math.max(end - 1, 0))).split(/\r?\n/);
  const offset = lines.findIndex((line, index) => index > 0 && line.trim() !== "" && !/^\s*#/.test(line));
  return file.rangeOf({ doc, start: end, end }).start.line + Math.max(offset, 1);
}

export function contains(outer: Document, inner: Document): boolean {
  for (let doc: Document | undefined = inner; doc !== undefined; doc = doc.carrier?.node.doc) {
    if (doc === outer) return true;
  }
  return false;
}
