import type { Lines, Range } from "../../text/lines.ts";
import { excerpt } from "./excerpt.ts";

interface Paints {
  quiet(text: string): string;
  /** The marker. */
  mark(text: string): string;
}

/**
 * The place of a finding as the document shows it: its line with its number and a marker under the exact stretch. Of a
 * stretch of several lines the first and the last, which say where it begins and ends.
 */
export function frame(lines: Lines, range: Range, width: number, paint: Paints): string[] {
  const { start, end } = withoutLastBreak(lines, range);
  const digits = String(end.line + 1).length;
  const room = width - digits - gutter("").length;
  const row = (line: number, from: number, to: number) => {
    const text = lines.text.slice(lines.lineStart(line), lines.lineEnd(line));
    const shown = excerpt(text, from, to, room);
    const mark = "^".repeat(Math.max(shown.width, 1));
    return [
      `${paint.quiet(gutter(String(line + 1).padStart(digits)))}${shown.text}`.trimEnd(),
      `${paint.quiet(gutter(" ".repeat(digits)))}${" ".repeat(shown.start)}${paint.mark(mark)}`,
    ];
  };
  if (start.line === end.line) return row(start.line, start.character, end.character);
  const first = row(start.line, start.character, lengthOf(lines, start.line));
  const last = row(end.line, indentOf(lines, end.line), end.character);
  const between = end.line - start.line - 1;
  if (between === 0) return [...first, ...last];
  return [
    ...first,
    paint.quiet(`  ${"⋮".padStart(digits)}   ${between} more ${between === 1 ? "line" : "lines"}`),
    ...last,
  ];
}

/** The lines that `frame` shows of a stretch. */
export function framedLines(lines: Lines, range: Range): readonly [number, number] {
  return [range.start.line, withoutLastBreak(lines, range).end.line];
}

function gutter(number: string): string {
  return `  ${number} │ `;
}

/** What ends before the first character of a line ends on the line above. */
function withoutLastBreak(lines: Lines, { start, end }: Range): Range {
  let last = end;
  while (last.line > start.line && last.character <= indentOf(lines, last.line)) {
    last = { line: last.line - 1, character: lengthOf(lines, last.line - 1) };
  }
  return { start, end: last };
}

function lengthOf(lines: Lines, line: number): number {
  return lines.lineEnd(line) - lines.lineStart(line);
}

function indentOf(lines: Lines, line: number): number {
  const text = lines.text.slice(lines.lineStart(line), lines.lineEnd(line));
  return text.length - text.trimStart().length;
}
