/** Milliseconds. A longer wait is felt; a fixed one is most of the latency that people feel on small files. */
const longest = 250;

/** Milliseconds. What a client asks right behind a keystroke, a completion say, is answered first. */
const shortest = 2;

/** Milliseconds. A key that is held down comes again every 30: what takes less than a third of that keeps up with any typing. */
const free = 10;

/** How much of a long run is expected of the next one: text that is no YAML for the moment takes longest. */
const remembered = 0.8;

/** How long to wait for the next keystroke: twice what a run takes beyond what every keystroke may cost. */
export function waitAfter(cost: number): number {
  return Math.min(Math.max(2 * (cost - free), shortest), longest);
}

/** Runs a task when edits pause; a short one behind each of them, and once behind those that come together. */
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

  get waits(): boolean {
    return this.timer !== undefined;
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
    this.cost = Math.max(performance.now() - start, this.cost * remembered);
  }
}
