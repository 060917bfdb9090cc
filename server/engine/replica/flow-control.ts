import type { InFlight } from "./in-flight.ts";
import { RowQueue } from "./row-queue.ts";

export interface FlowControl {
  /** Requests that may be held back. Absent: any number (llm-d-router bounds their bytes, to 1 GB). */
  readonly maxHeld?: number;
  /** Seconds that a request may be held back; 60 in llm-d-router (flowcontrol/controller/config.go). */
  readonly timeout: number;
}

/** Seconds between two tries to send one, when nobody comes (llm-d-router flowcontrol/controller/internal/processor.go). */
const tick = 0.001;

/** What the queue needs of the router. */
export interface Gate {
  /** Brings the metrics to that moment; whether the pool is full by them. */
  isFullAt(time: number): boolean;
  /** When the metrics can next be others. */
  nextLook(time: number): number;
  place(row: number, time: number): void;
  drop(row: number): void;
}

/**
 * Holds requests back while the pool is saturated, first come, first served. Each arrival and each tick sends at most one, by
 * metrics that are as old as the last look: so a queue is let go one a millisecond.
 */
export class HeldBack {
  readonly queue = new RowQueue();
  private readonly settings: FlowControl;
  private readonly rows: InFlight;
  private readonly gate: Gate;
  /** Ticks that have been. */
  private ticks = 0;

  constructor(settings: FlowControl, rows: InFlight, gate: Gate) {
    this.settings = settings;
    this.rows = rows;
    this.gate = gate;
  }

  arrive(row: number, now: number): void {
    this.passTo(now);
    if (this.queue.size >= (this.settings.maxHeld ?? Number.POSITIVE_INFINITY)) this.gate.drop(row);
    else this.queue.push(row);
    this.sendOne(now);
  }

  /** All ticks up to that time, it included. */
  passTo(time: number): void {
    while (this.queue.size > 0 && (this.ticks + 1) * tick <= time) {
      const now = ++this.ticks * tick;
      if (!this.sendOne(now)) this.ticks = Math.max(this.ticks, Math.ceil(this.nextChance(now) / tick - 1e-6) - 1);
    }
    this.ticks = Math.max(this.ticks, Math.floor(time / tick + 1e-6));
    this.giveUp(time);
  }

  /** Whether another can be tried right after. */
  private sendOne(now: number): boolean {
    this.giveUp(now);
    if (this.queue.size === 0) return true;
    if (this.gate.isFullAt(now)) return false;
    this.gate.place(this.queue.shift(), now);
    return true;
  }

  private nextChance(now: number): number {
    const expires = (this.rows.arrival[this.queue.first] as number) + this.settings.timeout;
    return Math.min(this.gate.nextLook(now), expires);
  }

  private giveUp(now: number): void {
    while (this.queue.size > 0 && (this.rows.arrival[this.queue.first] as number) + this.settings.timeout < now)
      this.gate.drop(this.queue.shift());
  }
}
