/** A count that only grows, as it was at some times; in between it is taken to grow evenly. */
export class Progress {
  private readonly times: number[] = [0];
  private readonly counts: number[] = [0];

  note(time: number, count: number): void {
    if (time <= (this.times.at(-1) as number)) this.counts[this.counts.length - 1] = count;
    else {
      this.times.push(time);
      this.counts.push(count);
    }
  }

  at(time: number): number {
    const { times, counts } = this;
    let [before, after] = [0, times.length - 1];
    if (time >= (times[after] as number)) return counts[after] as number;
    while (after - before > 1) {
      const middle = (before + after) >>> 1;
      if ((times[middle] as number) <= time) before = middle;
      else after = middle;
    }
    const [from, to] = [times[before] as number, times[after] as number];
    const [fewer, more] = [counts[before] as number, counts[after] as number];
    return fewer + ((more - fewer) * Math.max(0, time - from)) / (to - from);
  }
}
