/** A place as the Language Server Protocol counts: line from zero, UTF-16 character from zero. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

const lineFeed = 10;
const carriageReturn = 13;

/** Where the lines of a text begin and end. Breaks are `\n`, `\r\n` and a lone `\r`, as in the protocol. */
export class Lines {
  readonly text: string;
  private found: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** One more than the breaks: a text that ends with a break has an empty last line. */
  get lineCount(): number {
    return this.starts.length;
  }

  lineStart(line: number): number {
    return this.starts[clamp(line, this.lineCount - 1)] ?? 0;
  }

  /** The offset behind the last character of a line, before its break. */
  lineEnd(line: number): number {
    const next = this.starts[clamp(line, this.lineCount - 1) + 1];
    if (next === undefined) return this.text.length;
    const both = this.text.charCodeAt(next - 1) === lineFeed && this.text.charCodeAt(next - 2) === carriageReturn;
    return both ? next - 2 : next - 1;
  }

  /** An offset inside a break counts as the end of its line. */
  positionAt(offset: number): Position {
    const at = clamp(offset, this.text.length);
    const line = this.lineAt(at);
    return { line, character: Math.min(at, this.lineEnd(line)) - this.lineStart(line) };
  }

  /** A line past the last is the end of the text; a character past the line is the end of the line. */
  offsetAt({ line, character }: Position): number {
    if (line < 0) return 0;
    if (line >= this.lineCount) return this.text.length;
    const start = this.lineStart(line);
    return start + clamp(character, this.lineEnd(line) - start);
  }

  /** The last line that starts at or before an offset. */
  private lineAt(offset: number): number {
    let low = 0;
    let high = this.lineCount;
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }

  private get starts(): readonly number[] {
    this.found ??= lineStarts(this.text);
    return this.found;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== lineFeed && code !== carriageReturn) continue;
    if (code === carriageReturn && text.charCodeAt(i + 1) === lineFeed) i++;
    starts.push(i + 1);
  }
  return starts;
}

function clamp(value: number, highest: number): number {
  return Math.min(Math.max(value, 0), highest);
}
