import { isPlain } from "../terminal/plain.ts";
import { visible } from "../terminal/visible.ts";
import { widthOf } from "../terminal/width.ts";

/** A line of a document as it can be printed, and where a stretch of it then stands, in columns. */
export interface Excerpt {
  readonly text: string;
  readonly start: number;
  readonly width: number;
}

/** Always as wide, wherever it stands: a cut line has no tab stops. */
const tab = "→   ";

/** At most `room` columns of a line, cut around the stretch from `start` to `end`. */
export function excerpt(line: string, start: number, end: number, room: number): Excerpt {
  const before = line.slice(0, start);
  if (fitting(line, room).length === line.length) {
    const marked = fitting(line.slice(start, end), room);
    return excerptOf(fitting(before, room).text, marked, fitting(line.slice(start + marked.length), room).text);
  }
  const ellipses = 2;
  const marked = fitting(line.slice(start, end), room - ellipses);
  const after = line.slice(start + marked.length);
  const free = room - ellipses - marked.width;
  // The key before a long value says more than what follows it: it gets a third of the room before that.
  const left = fitting(before, Math.max(free - fitting(after, room).width, Math.min(free, Math.ceil(room / 3))), "end");
  const right = fitting(after, free - left.width);
  return excerptOf(
    (left.length < before.length ? "…" : "") + left.text,
    marked,
    right.text + (right.length < after.length ? "…" : ""),
  );
}

function excerptOf(before: string, marked: Piece, after: string): Excerpt {
  return { text: (before + marked.text + after).trimEnd(), start: widthOf(before), width: marked.width };
}

interface Piece {
  readonly text: string;
  readonly width: number;
  /** UTF-16 units of the line that went into it. */
  readonly length: number;
}

/** As much as fits, from the beginning or from the end. It looks at no more than that, however long the line is. */
function fitting(line: string, room: number, from: "start" | "end" = "start"): Piece {
  // Marks that take no column could go on for ever: four for each column are enough for any script.
  const looked = from === "start" ? line.slice(0, 4 * room) : line.slice(Math.max(line.length - 4 * room, 0));
  if (isPlain(looked)) {
    const most = Math.max(room, 0);
    const text = from === "start" ? looked.slice(0, most) : looked.slice(Math.max(looked.length - most, 0));
    return { text, width: text.length, length: text.length };
  }
  const characters = [...looked];
  if (from === "end") characters.reverse();
  const taken: string[] = [];
  let width = 0;
  let length = 0;
  for (const character of characters) {
    const shown = character === "\t" ? tab : character === "\uFEFF" ? "" : visible(character);
    if (width + widthOf(shown) > room) break;
    taken.push(shown);
    width += widthOf(shown);
    length += character.length;
  }
  if (from === "end") taken.reverse();
  return { text: taken.join(""), width, length };
}
