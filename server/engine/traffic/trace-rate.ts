import { Course } from "./course.ts";
import type { Knot } from "./rate.ts";

const minute = 60;
/** Traces of years, or with one row far away, have longer stretches than minutes. */
const mostStretches = 100_000;

/** How many requests a second came in each minute of a trace; nothing behind its end. */
export function profileOf(time: Float64Array, count: number): Course {
  const end = count === 0 ? 0 : (time[count - 1] as number);
  const stretch = minute * Math.ceil(Math.max(1, end / minute / mostStretches));
  const counts = new Float64Array(Math.floor(end / stretch) + 1);
  for (let n = 0; n < count; n++) {
    const place = Math.floor((time[n] as number) / stretch);
    counts[place] = (counts[place] as number) + 1;
  }
  const knots: Knot[] = [];
  for (const [n, came] of counts.entries()) {
    knots.push({ at: n * stretch, rate: came / stretch }, { at: (n + 1) * stretch, rate: came / stretch });
  }
  return new Course({ knots: [...knots, { at: counts.length * stretch, rate: 0 }] });
}
