import { FinishRing } from "./finish-ring.ts";
import { type InFlight, none } from "./in-flight.ts";
import type { KvBlocks } from "./kv-blocks.ts";

/** What runs on a replica: requests in the order of their admission, and of those that decode the sums that a step needs. */
export class Batch {
  size = 0;
  decodes = 0;
  /** Tokens that the decoding requests read in the next step. */
  context = 0;
  /** The step that runs, or ran last. */
  step = 0;
  /** Admitted last. */
  last = none;
  readonly ends: FinishRing;
  private readonly rows: InFlight;
  private readonly kv: KvBlocks;

  constructor(rows: InFlight, kv: KvBlocks) {
    this.rows = rows;
    this.kv = kv;
    this.ends = new FinishRing(rows);
  }

  admit(row: number): void {
    const { before, after } = this.rows;
    before[row] = this.last;
    after[row] = none;
    if (this.last !== none) after[this.last] = row;
    this.last = row;
    this.size++;
  }

  remove(row: number): void {
    const before = this.rows.before[row] as number;
    const after = this.rows.after[row] as number;
    if (before !== none) this.rows.after[before] = after;
    if (after === none) this.last = before;
    else this.rows.before[after] = before;
    this.size--;
  }

  /** Its prompt is computed and it has `produced` tokens at the end of this step. */
  startDecoding(row: number, produced: number): void {
    const context = (this.rows.isl[row] as number) + produced;
    const lastStep = this.step + (this.rows.osl[row] as number) - produced;
    this.rows.lastStep[row] = lastStep;
    this.decodes++;
    this.context += context;
    this.kv.growth.add(context, this.step + 1);
    this.ends.add(row, lastStep, this.step);
  }

  /** Before this step. The tokens that it has produced. */
  stopDecoding(row: number): number {
    const lastStep = this.rows.lastStep[row] as number;
    const produced = (this.rows.osl[row] as number) - (lastStep - (this.step - 1));
    const context = (this.rows.isl[row] as number) + produced;
    this.decodes--;
    this.context -= context;
    this.kv.growth.remove(context, this.step);
    this.ends.remove(row, lastStep);
    return produced;
  }

  /** At the end of this step, in which its last token came; it is in the ring no more. */
  endDecoding(row: number): void {
    const length = (this.rows.isl[row] as number) + (this.rows.osl[row] as number);
    this.decodes--;
    this.context -= length;
    this.kv.growth.remove(length - 1, this.step);
  }

  /** Every decoding request has got a token in each of so many steps. The blocks of the first were taken when it began. */
  ran(steps: number): void {
    this.context += this.decodes * steps;
    if (steps === 1) return;
    this.kv.grow(this.kv.growth.after(this.step, steps - 1));
    this.step += steps - 1;
  }
}
