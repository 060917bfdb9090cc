import { setFlagsFromString } from "node:v8";

/**
 * A run lasts seconds and calls thousands of functions, each of them not very often. Left to itself, V8 spends close to
 * half of the processor time of 1,000 files on optimizing functions in other threads, and is done with most of them when
 * they are hardly called any more. Told to wait for longer, to copy less of other functions into one, and to make its
 * quick code of a function at once instead of when there is a batch, it takes a quarter less time over 1,000 files and a
 * seventh less over 5,000 (docs/performance.md). More patience gains nothing at either; none at all, `--no-opt`, loses.
 */
const patience: Readonly<Record<string, string>> = {
  "20": "--interrupt-budget=500000",
  "22": "--invocation-count-for-turbofan=20000",
  "24": "--invocation-count-for-turbofan=20000",
};

/**
 * The last two are for memory. V8 sees that trees live for a while, and then makes them where only a full collection
 * looks for garbage, though they are let go soon (`Workspace.letGo`). And it lets the heap grow fourfold between two of
 * those, of which none takes long where little lives.
 */
const inAnyVersion = [
  "--no-baseline-batch-compilation",
  "--max-inlined-bytecode-size-cumulative=300",
  "--no-allocation-site-pretenuring",
  "--heap-growing-percent=40",
];

/** For the versions of Node that were tried: V8 prints an error for a flag that it does not know. */
export function flagsFor(version: string): readonly string[] {
  const [major = ""] = version.split(".");
  const patient = patience[major];
  return patient === undefined ? [] : [patient, ...inAnyVersion];
}

/** Before the command line is loaded: what V8 keeps of its code is good for the flags that it was made with. */
export function optimizeLate(): void {
  for (const flag of flagsFor(process.versions.node)) setFlagsFromString(flag);
}
