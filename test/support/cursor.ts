import { Lines, type Position } from "../../server/text/lines.ts";
import type { Files } from "./lint.ts";

export interface Marked {
  readonly files: Files;
  /** The file in which the mark stood, and where. */
  readonly path: string;
  readonly offset: number;
  readonly position: Position;
}

/** `|` marks the cursor, in one of the files. At the end of a line, or before `-` there, it begins a block scalar. */
const mark = /\|(?!-?\n)/;

export function atMark(marked: Files): Marked {
  const files: Record<string, string> = {};
  let found: Omit<Marked, "files"> | undefined;
  for (const [path, text] of Object.entries(marked)) {
    const offset = text.search(mark);
    files[path] = text.replace(mark, "");
    if (offset >= 0) found = { path, offset, position: new Lines(files[path]).positionAt(offset) };
  }
  if (found === undefined) throw new Error("no cursor is marked");
  return { files, ...found };
}
