/** Milliseconds. A longer wait is felt; a fixed one is most of the latency that people feel on small files. */
const longest = 250;

/** How long to wait for the next keystroke: twice what the last run took. */
export function waitAfter(cost: number): number {
  return Math.min(2 * cost, longest);
}

/** Runs a task when edits pause. */
export class Debounce {
  private readonly task: () => void;
  private timer: NodeJS.Timeout | undefined;
  private cost = 0;

  constructor(task: () => void) {
    this.task = task;
  }

  schedule(): void {
    this.cancel();
    this.timer = setTimeout(() => this.run(), waitAfter(this.cost));
  }

  /** Does now what was scheduled, if anything. */
  flush(): void {
    if (this.timer !== undefined) this.run();
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private run(): void {
    this.cancel();
    const start = performance.now();
    this.task();
    this.cost = performance.now() - start;
  }
}
