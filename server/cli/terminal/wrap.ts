import { widthOf } from "./width.ts";

/**
 * Where a line may break: at a space, but not between a number and its unit, nor before `::`, which at the beginning of
 * a line is a command to GitHub's runner.
 */
const breakable = / +(?! *::)(?<!\d (?=[A-Za-z]{1,3}\b|%))/;

/** Text in lines of at most `width` columns. A word that is longer, such as a link, stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let taken = 0;
  for (const word of text.split(breakable)) {
    const wide = widthOf(word);
    if (line === "") [line, taken] = [word, wide];
    else if (taken + 1 + wide > width) {
      lines.push(line);
      [line, taken] = [word, wide];
    } else {
      line += ` ${word}`;
      taken += 1 + wide;
    }
  }
  return [...lines, line];
}

/** Behind a label that stands alone: `label text` with the further lines under the text. */
export function hang(label: string, text: string, width: number, indent = ""): string[] {
  const room = width - indent.length - widthOf(label);
  return wrap(text, room).map((line, index) =>
    `${indent}${index === 0 ? label : " ".repeat(widthOf(label))}${line}`.trimEnd(),
  );
}
