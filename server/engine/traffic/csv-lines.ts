/** A line that is longer than any row of a trace is passed over instead of being kept until it ends. */
export const longestLine = 65_536;

/** Cuts text that comes in pieces into lines. Pieces may end anywhere. */
export class Lines {
  #rest = "";
  #tooLong = false;
  readonly #line: (text: string | undefined) => void;

  /** `line` is given each line without its end, and nothing for one that was too long. */
  constructor(line: (text: string | undefined) => void) {
    this.#line = line;
  }

  push(text: string): void {
    let from = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
      this.#finish(text.slice(from, end));
      from = end + 1;
    }
    this.#keep(text.slice(from));
  }

  /** The last line has no end. */
  end(): void {
    if (this.#rest !== "" || this.#tooLong) this.#finish("");
  }

  #keep(text: string): void {
    this.#tooLong ||= this.#rest.length + text.length > longestLine;
    this.#rest = this.#tooLong ? "" : this.#rest + text;
  }

  #finish(text: string): void {
    this.#keep(text);
    const line = this.#tooLong ? undefined : this.#rest.replace(/\r$/, "");
    this.#rest = "";
    this.#tooLong = false;
    this.#line(line);
  }
}

/** The fields of a line: RFC 4180 without line ends in quotes, which traces have not. A quote that does not close goes to the end. */
export function fieldsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const fields: string[] = [];
  for (let at = 0; at <= line.length; ) {
    const [field, end] = line[at] === '"' ? quoted(line, at + 1) : plain(line, at);
    fields.push(field);
    at = end + 1;
  }
  return fields;
}

function plain(line: string, from: number): [string, number] {
  const comma = line.indexOf(",", from);
  const end = comma === -1 ? line.length : comma;
  return [line.slice(from, end), end];
}

/** Quotes inside of quotes are doubled; what stands between the closing one and the comma is dropped. */
function quoted(line: string, from: number): [string, number] {
  let field = "";
  let at = from;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote === -1) return [field + line.slice(at), line.length];
    field += line.slice(at, quote);
    if (line[quote + 1] !== '"') return [field, plain(line, quote + 1)[1]];
    field += '"';
    at = quote + 2;
  }
}
