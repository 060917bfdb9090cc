import { microseconds } from "../random/quantise.ts";
import { type ArrivalSource, type Arrivals, newChunk } from "./arrivals.ts";
import type { Demand } from "./demand.ts";
import { profileOf } from "./trace-rate.ts";
import type { TraceRow } from "./trace-reader.ts";

/** Sessions beyond are single requests: their names would fill the memory. */
const mostSessions = 2 ** 20;

interface Said {
  readonly id: number;
  turn: number;
  context: number;
}

/** The requests of a trace, in 32 bytes each. */
export class Trace {
  #rows = newChunk(1024);
  #count = 0;
  #sorted = true;
  readonly #sessions = new Map<string, Said>();

  /** Rows may come out of order. */
  add({ time, prompt, output, session }: TraceRow): void {
    if (this.#count === this.#rows.time.length) this.#rows = copied(this.#rows, 2 * this.#count);
    const n = this.#count++;
    const at = microseconds(time);
    this.#sorted &&= n === 0 || at >= (this.#rows.time[n - 1] as number);
    this.#rows.time[n] = at;
    this.#rows.prompt[n] = prompt;
    this.#rows.output[n] = output;
    this.#rows.system[n] = -1;
    this.#say(n, session);
  }

  get count(): number {
    return this.#count;
  }

  /** All rows by time, the first at 0. Only the first `count` count. */
  get rows(): Arrivals {
    if (!this.#sorted) this.#sort();
    return this.#rows;
  }

  /** A later prompt of a session begins with what was said before, as far as it is long enough for that. */
  #say(n: number, name: string | undefined): void {
    const [prompt, output] = [this.#rows.prompt[n] as number, this.#rows.output[n] as number];
    const known = name === undefined ? undefined : this.#sessions.get(name);
    this.#rows.session[n] = known?.id ?? -1;
    this.#rows.turn[n] = known?.turn ?? 0;
    this.#rows.history[n] = Math.min(known?.context ?? 0, prompt - 1);
    if (known !== undefined) {
      known.turn++;
      known.context = prompt + output;
    } else if (name !== undefined && this.#sessions.size < mostSessions) {
      const id = this.#sessions.size;
      this.#sessions.set(name, { id, turn: 1, context: prompt + output });
      this.#rows.session[n] = id;
    }
  }

  #sort(): void {
    const from = this.#rows;
    const order = Uint32Array.from({ length: this.#count }, (_, n) => n);
    order.sort((a, b) => (from.time[a] as number) - (from.time[b] as number) || a - b);
    const first = from.time[order[0] ?? 0] ?? 0;
    const to = newChunk(from.time.length);
    for (const [n, row] of order.entries()) {
      to.time[n] = microseconds((from.time[row] as number) - first);
      for (const column of ["prompt", "output", "session", "turn", "system", "history"] as const) {
        to[column][n] = from[column][row] as number;
      }
    }
    this.#rows = to;
    this.#sorted = true;
  }
}

function copied(rows: Arrivals, length: number): Arrivals {
  const to = newChunk(length);
  for (const column of Object.keys(to) as (keyof Arrivals)[]) to[column].set(rows[column]);
  return to;
}

/** A trace as those who serve it ask for it. It is what it is under any seed. */
export function demandOfTrace(trace: Trace): Demand {
  const { rows, count } = trace;
  const [prompts, outputs] = [spreadOf(rows.prompt, count), spreadOf(rows.output, count)];
  const course = profileOf(rows.time, count);
  return {
    rate: (at) => course.rate(at),
    promptTokens: prompts.mean,
    promptVariation: prompts.variation,
    outputTokens: outputs.mean,
    outputVariation: outputs.variation,
    // Its bursts of minutes are in the rate; within them it is taken for Poisson's.
    variation: 1,
    systemTokens: 0,
    reuse: () => 0,
    arrivals: () => new Replay(rows, count),
  };
}

function spreadOf(lengths: ArrayLike<number>, count: number): { readonly mean: number; readonly variation: number } {
  if (count === 0) return { mean: 1, variation: 0 };
  let [sum, squares] = [0, 0];
  for (let n = 0; n < count; n++) {
    sum += lengths[n] as number;
    squares += (lengths[n] as number) ** 2;
  }
  const mean = sum / count;
  return { mean, variation: mean > 0 ? Math.sqrt(Math.max(0, squares / count - mean * mean)) / mean : 0 };
}

class Replay implements ArrivalSource {
  readonly #rows: Arrivals;
  readonly #count: number;
  #next = 0;

  constructor(rows: Arrivals, count: number) {
    this.#rows = rows;
    this.#count = count;
  }

  fill(chunk: Arrivals, until: number): number {
    const [rows, from] = [this.#rows, this.#next];
    const last = Math.min(this.#count, from + chunk.time.length);
    let to = from;
    while (to < last && (rows.time[to] as number) < until) to++;
    for (const column of Object.keys(rows) as (keyof Arrivals)[]) chunk[column].set(rows[column].subarray(from, to));
    this.#next = to;
    return to - from;
  }
}
