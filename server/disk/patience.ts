import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "./reason.ts";

/** Pauses of 5, 10, 20, … 2,560 ms: about five seconds in all, then we say that it cannot be read. */
const attempts = 10;
const firstPause = 5;

/**
 * Repeats a task that failed because the process (EMFILE) or the system (ENFILE) has too many files open: others will
 * close theirs.
 */
export async function patiently<Result>(
  task: () => Promise<Result>,
  pause: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<Result> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (!isShortage(error)) throw error;
    }
    await pause(firstPause * 2 ** attempt);
  }
  return task();
}

function isShortage(error: unknown): boolean {
  const code = codeOf(error);
  return code === "EMFILE" || code === "ENFILE";
}
