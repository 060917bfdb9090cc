import { grown } from "./grow.ts";
import { none } from "./in-flight.ts";

/** Rows that wait, in a ring. */
export class RowQueue {
  size = 0;
  private ring = new Int32Array(16);
  private head = 0;

  /** The first, or nobody. */
  get first(): number {
    return this.size === 0 ? none : (this.ring[this.head] as number);
  }

  push(row: number): void {
    if (this.size === this.ring.length) this.grow();
    this.ring[(this.head + this.size++) & (this.ring.length - 1)] = row;
  }

  /** Before all others. */
  unshift(row: number): void {
    if (this.size === this.ring.length) this.grow();
    this.head = (this.head - 1) & (this.ring.length - 1);
    this.ring[this.head] = row;
    this.size++;
  }

  shift(): number {
    const row = this.first;
    if (this.size === 0) return row;
    this.head = (this.head + 1) & (this.ring.length - 1);
    this.size--;
    return row;
  }

  at(index: number): number {
    return this.ring[(this.head + index) & (this.ring.length - 1)] as number;
  }

  /** Behind all whose time is not later. */
  insertByTime(row: number, times: Float64Array): void {
    this.push(row);
    const time = times[row] as number;
    const mask = this.ring.length - 1;
    let place = this.size - 1;
    while (place > 0 && (times[this.at(place - 1)] as number) > time) {
      this.ring[(this.head + place) & mask] = this.at(place - 1);
      place--;
    }
    this.ring[(this.head + place) & mask] = row;
  }

  /** How many have come by then, of rows in the order of their times. */
  countUntil(time: number, times: Float64Array): number {
    if (this.size === 0 || (times[this.at(this.size - 1)] as number) <= time) return this.size;
    let count = 0;
    while (count < this.size && (times[this.at(count)] as number) <= time) count++;
    return count;
  }

  private grow(): void {
    const { length } = this.ring;
    const longer = grown(this.ring, 2 * length);
    for (let index = 0; index < this.size; index++) longer[index] = this.at(index);
    this.ring = longer;
    this.head = 0;
  }
}
