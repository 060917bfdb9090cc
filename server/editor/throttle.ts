/** Milliseconds. A view that is redrawn more often flickers. */
export const betweenNews = 300;

/** Passes news on, however many come at once, no more often than people look. */
export class Throttle {
  private readonly task: () => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(task: () => void) {
    this.task = task;
  }

  touch(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.task();
    }, betweenNews);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
