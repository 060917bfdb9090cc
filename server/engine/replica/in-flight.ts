import { grown } from "./grow.ts";

/** Nobody: the end of a list of rows. */
export const none = -1;

/** What a row is there for. */
export const stage = {
  /** Prompt and answer on one replica. */
  whole: 0,
  /** The prompt alone, for another replica. */
  prefill: 1,
  /** The answer, with the keys and values of a prompt that another replica computed. */
  decode: 2,
} as const;

/**
 * Requests that are somewhere between the router and their last token: a row each, in columns, used again. Their number is that of
 * the requests in flight, however many come in a day.
 */
export class InFlight {
  /** When it came to the router. */
  arrival = new Float64Array(256);
  /** When its replica sees it. */
  ready = new Float64Array(256);
  isl = new Int32Array(256);
  /** Tokens that the replica is to produce. */
  osl = new Int32Array(256);
  /** Tokens of the whole answer. */
  answer = new Int32Array(256);
  session = new Int32Array(256);
  systemPrompt = new Int32Array(256);
  /** Tokens behind the system prompt that the conversation had before. */
  history = new Int32Array(256);
  /** Prompt tokens that the router takes to be computed. */
  uncached = new Int32Array(256);
  /** Its line in the journal. */
  line = new Int32Array(256);
  stage = new Int32Array(256);
  /** The replica that runs it, and the one that will decode it. */
  replica = new Int32Array(256);
  decoder = new Int32Array(256);
  /** Tokens to compute before the next one comes: the prompt, and after a preemption what was already produced. */
  target = new Int32Array(256);
  /** Of these, those that are there. */
  computed = new Int32Array(256);
  /** Blocks at its beginning that are shared: of its system prompt. */
  shared = new Int32Array(256);
  /** The engine step at whose end its last token comes. */
  lastStep = new Int32Array(256);
  firstToken = new Float64Array(256);
  /** When it was preempted, its latest token's time. */
  latestToken = new Float64Array(256);
  /** Neighbours in the order of admission. */
  before = new Int32Array(256);
  after = new Int32Array(256);
  /** The next that ends in the same step. */
  sameEnd = new Int32Array(256);

  count = 0;
  private free = none;
  private made = 0;

  take(): number {
    this.count++;
    const row = this.free;
    if (row !== none) {
      this.free = this.after[row] as number;
      return row;
    }
    if (this.made === this.isl.length) this.grow();
    return this.made++;
  }

  release(row: number): void {
    this.count--;
    this.after[row] = this.free;
    this.free = row;
  }

  private grow(): void {
    const length = 2 * this.isl.length;
    for (const name of ["arrival", "ready", "firstToken", "latestToken"] as const)
      this[name] = grown(this[name], length);
    for (const name of integers) this[name] = grown(this[name], length);
  }
}

const integers = [
  "isl",
  "osl",
  "answer",
  "session",
  "systemPrompt",
  "history",
  "uncached",
  "line",
  "stage",
  "replica",
  "decoder",
  "target",
  "computed",
  "shared",
  "lastStep",
  "before",
  "after",
  "sameEnd",
] as const;
