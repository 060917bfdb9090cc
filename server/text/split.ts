/** The part of a file that one document takes. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

const marker = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;

/**
 * Cuts a file at its document markers. YAML 1.2 forbids `---` and `...` at the first column inside every scalar
 * (production c-forbidden), so the cut needs no parsing and is exact. A header of comments and directives stays
 * with the document that follows it.
 */
export function splitDocuments(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  let opened = false;
  marker.lastIndex = 0;
  for (let found = marker.exec(text); found !== null; found = marker.exec(text)) {
    if (found[0] === "...") {
      const end = afterLine(text, found.index);
      chunks.push({ start, end });
      start = end;
      opened = false;
    } else if (opened || hasContent(text, start, found.index)) {
      chunks.push({ start, end: found.index });
      start = found.index;
      opened = true;
    } else {
      opened = true;
    }
  }
  if (start < text.length || chunks.length === 0) chunks.push({ start, end: text.length });
  return chunks;
}

function afterLine(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}

const content = /^(?!\uFEFF?[ \t]*(?:#|%|\r?$))/m;

function hasContent(text: string, start: number, end: number): boolean {
  return start < end && content.test(text.slice(start, end).trimEnd() || "#");
}
