import { fieldsOf, Lines } from "./csv-lines.ts";
import { longest } from "./length.ts";
import { traceSeconds } from "./trace-time.ts";

/** One request of a trace. */
export interface TraceRow {
  /** Seconds since the first row. */
  readonly time: number;
  readonly prompt: number;
  readonly output: number;
  /** The trace's own name of the session. */
  readonly session: string | undefined;
}

export type TraceFormat = "azure" | "burstgpt";

/** Why a row is not used. `failed` ones are requests that got no answer: BurstGPT keeps those. */
export type Refusal = "fields" | "time" | "tokens" | "length" | "failed";

export interface TraceReport {
  /** Absent where no header that is known stands in the first line: then no row was read. */
  readonly format: TraceFormat | undefined;
  readonly rows: number;
  readonly refused: Readonly<Record<Refusal, number>>;
  /** The first lines that were not used, for a look: line number from 1, and why. */
  readonly examples: readonly { readonly line: number; readonly why: Refusal }[];
}

const examplesShown = 5;

/**
 * Columns by the names in the header. Azure: the LLM inference traces of 2023 and 2024 (Azure/AzurePublicDataset). BurstGPT: with
 * or without the columns of sessions (HPMLL/BurstGPT).
 */
const formats: readonly { format: TraceFormat; time: string; prompt: string; output: string }[] = [
  { format: "azure", time: "timestamp", prompt: "contexttokens", output: "generatedtokens" },
  { format: "burstgpt", time: "timestamp", prompt: "request tokens", output: "response tokens" },
];

interface Columns {
  readonly format: TraceFormat;
  readonly time: number;
  readonly prompt: number;
  readonly output: number;
  readonly session: number;
  readonly count: number;
}

/** Reads a trace that comes in pieces of text, and gives its requests in the order of the file. Nothing in it can make it throw. */
export class TraceReader {
  readonly #lines: Lines;
  readonly #row: (row: TraceRow) => void;
  #columns: Columns | undefined;
  #line = 0;
  #rows = 0;
  #first: number | undefined;
  readonly #refused: Record<Refusal, number> = { fields: 0, time: 0, tokens: 0, length: 0, failed: 0 };
  readonly #examples: { line: number; why: Refusal }[] = [];

  constructor(row: (row: TraceRow) => void) {
    this.#row = row;
    this.#lines = new Lines((text) => this.#read(text));
  }

  push(text: string): void {
    this.#lines.push(text);
  }

  end(): TraceReport {
    this.#lines.end();
    const [rows, refused, examples] = [this.#rows, this.#refused, this.#examples];
    return { format: this.#columns?.format, rows, refused, examples };
  }

  #read(text: string | undefined): void {
    this.#line++;
    if (this.#line === 1) {
      this.#columns = text === undefined ? undefined : columnsOf(text);
      return;
    }
    if (this.#columns === undefined || text === "") return;
    const row = text === undefined ? "length" : this.#rowOf(fieldsOf(text), this.#columns);
    if (typeof row !== "string") {
      this.#rows++;
      this.#row(row);
      return;
    }
    this.#refused[row]++;
    if (this.#examples.length < examplesShown) this.#examples.push({ line: this.#line, why: row });
  }

  #rowOf(fields: readonly string[], columns: Columns): TraceRow | Refusal {
    if (fields.length !== columns.count) return "fields";
    const at = traceSeconds((fields[columns.time] ?? "").trim());
    if (at === undefined) return "time";
    const prompt = tokensOf(fields[columns.prompt]);
    const output = tokensOf(fields[columns.output]);
    if (prompt === undefined || output === undefined) return "tokens";
    if (output === 0) return "failed";
    if (prompt === 0) return "tokens";
    this.#first ??= at;
    const session = fields[columns.session]?.trim();
    return { time: at - this.#first, prompt, output, session: session === "" ? undefined : session };
  }
}

function columnsOf(header: string): Columns | undefined {
  const names = fieldsOf(header.replace(/^\uFEFF/, "")).map((name) => name.trim().toLowerCase());
  for (const known of formats) {
    const [time, prompt, output] = [
      names.indexOf(known.time),
      names.indexOf(known.prompt),
      names.indexOf(known.output),
    ];
    if (time === -1 || prompt === -1 || output === -1) continue;
    return { format: known.format, time, prompt, output, session: names.indexOf("session id"), count: names.length };
  }
  return undefined;
}

/** A whole number; BurstGPT's tools write some as `18.0`. More than a table of lengths holds is no length. */
function tokensOf(field: string | undefined): number | undefined {
  const text = (field ?? "").trim();
  if (!/^\d{1,9}(?:\.0+)?$/.test(text)) return undefined;
  const tokens = Number(text);
  return tokens <= longest ? tokens : undefined;
}
