import { exponential } from "../random/draws.ts";
import { microseconds } from "../random/quantise.ts";
import { type Stream, stream } from "../random/stream.ts";
import { Course, momentIn, type Stretch } from "./course.ts";
import { GapTable } from "./gap-table.ts";
import type { Traffic } from "./traffic.ts";

/** Times alone: gaps of mean 1 are drawn, and the expected number of requests is the clock that they are gaps of. */
export class ArrivalTimes {
  readonly course: Course;
  readonly #gaps: Stream;
  readonly #variation: number;
  readonly #law: GapTable;
  #expected = 0;
  #stretch: Stretch;
  #next: number;

  constructor({ rate, variation }: Traffic, seed: number) {
    this.course = new Course(rate);
    this.#gaps = stream(seed, "gaps");
    this.#variation = variation;
    this.#law = new GapTable(variation === 0 ? 1 : variation);
    this.#stretch = this.course.stretchOf(0);
    this.#next = this.#draw();
  }

  fill(time: Float64Array, until: number): number {
    let count = 0;
    let next = this.#next;
    for (; count < time.length && next < until; count++) {
      time[count] = next;
      next = this.#draw();
    }
    this.#next = next;
    return count;
  }

  #draw(): number {
    this.#expected += this.#gap();
    if (this.#expected >= this.#stretch.upTo) this.#stretch = this.course.stretchOf(this.#expected);
    return microseconds(momentIn(this.#stretch, this.#expected));
  }

  #gap(): number {
    if (this.#variation === 1) return exponential(this.#gaps);
    if (this.#variation === 0) return 1;
    return this.#law.draw(this.#gaps);
  }
}
