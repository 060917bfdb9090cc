import { setImmediate as turn } from "node:timers/promises";

/**
 * Work on the disk that stops after each directory or file. The calls to the system are synchronous: on the way through
 * a thread and back each would cost ten times as much.
 */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Milliseconds of work at a time where others wait. */
const slice = 10;

/** For who has nothing else to do meanwhile. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** In short slices: what came in meanwhile is answered before each. */
export async function inSlices<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    await turn();
    for (const end = performance.now() + slice; performance.now() < end; ) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }
}
