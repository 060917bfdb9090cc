/** Where lines begin and end around an offset, for edits that have to fit into a text. */

export function lineStartAt(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** Before the line break. */
export function lineEndAt(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  const end = newline < 0 ? text.length : newline;
  return end > offset && text[end - 1] === "\r" ? end - 1 : end;
}

/** The column at which the key at this offset begins; list dashes before it count as indentation. */
export function indentOf(text: string, offset: number): number {
  return offset - lineStartAt(text, offset);
}
