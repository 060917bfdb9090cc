import { type InFlight, none } from "./in-flight.ts";

/**
 * Which requests end in which step. Every decoding request gets a token a step, so its last step is known from its first on; a ring
 * over the steps to come holds the rows, and a bit for each step finds the next one at which somebody ends.
 */
export class FinishRing {
  private readonly rows: InFlight;
  /** The last row of a step's circular list. */
  private last = new Int32Array(1024).fill(none);
  private bits = new Int32Array(1024 / 32);

  constructor(rows: InFlight) {
    this.rows = rows;
  }

  /** `now` is the step that was run last: none before it is in the ring. */
  add(row: number, step: number, now: number): void {
    if (step - now >= this.last.length) this.grow(step - now, now);
    const slot = step & (this.last.length - 1);
    const { sameEnd } = this.rows;
    const last = this.last[slot] as number;
    if (last === none) sameEnd[row] = row;
    else {
      sameEnd[row] = sameEnd[last] as number;
      sameEnd[last] = row;
    }
    this.last[slot] = row;
    this.bits[slot >> 5] = (this.bits[slot >> 5] as number) | (1 << (slot & 31));
  }

  /** Takes out all that end in this step: the last of a circular list over `sameEnd`, or nobody. */
  takeAll(step: number): number {
    const slot = step & (this.last.length - 1);
    const last = this.last[slot] as number;
    if (last === none) return none;
    this.clear(slot);
    return last;
  }

  remove(row: number, step: number): void {
    const slot = step & (this.last.length - 1);
    const { sameEnd } = this.rows;
    let before = row;
    while (sameEnd[before] !== row) before = sameEnd[before] as number;
    if (before === row) this.clear(slot);
    else {
      sameEnd[before] = sameEnd[row] as number;
      if (this.last[slot] === row) this.last[slot] = before;
    }
  }

  /** The first step from this one on at which somebody ends; somebody is here. */
  next(step: number): number {
    const mask = this.last.length - 1;
    let word = (step & mask) >> 5;
    let bits = (this.bits[word] as number) & (-1 << (step & 31));
    let base = step - (step & 31);
    const words = this.bits.length;
    while (bits === 0) {
      word = word + 1 === words ? 0 : word + 1;
      base += 32;
      bits = this.bits[word] as number;
    }
    return base + 31 - Math.clz32(bits & -bits);
  }

  private clear(slot: number): void {
    this.last[slot] = none;
    this.bits[slot >> 5] = (this.bits[slot >> 5] as number) & ~(1 << (slot & 31));
  }

  private grow(span: number, now: number): void {
    const old = this.last;
    let length = 2 * old.length;
    while (length <= span) length *= 2;
    this.last = new Int32Array(length).fill(none);
    this.bits = new Int32Array(length / 32);
    for (let step = now; step < now + old.length; step++) {
      const last = old[step & (old.length - 1)] as number;
      if (last === none) continue;
      const slot = step & (length - 1);
      this.last[slot] = last;
      this.bits[slot >> 5] = (this.bits[slot >> 5] as number) | (1 << (slot & 31));
    }
  }
}
