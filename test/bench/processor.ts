/** Milliseconds of the processor: what others do on the machine meanwhile does not count. */
export function processor(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1000;
}

/** Of the fastest of some runs. */
export function fastest(work: () => unknown, runs: number): number {
  return Math.min(...Array.from({ length: runs }, () => processor(work)));
}
