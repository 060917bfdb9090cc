import { Batch } from "./batch.ts";
import { CacheTiers } from "./cache-tiers.ts";
import { newCounters } from "./counters.ts";
import { DecodeLaw } from "./decode-law.ts";
import { type InFlight, none, stage } from "./in-flight.ts";
import { KvBlocks } from "./kv-blocks.ts";
import type { PrefixEntries } from "./prefix-entries.ts";
import { RowQueue } from "./row-queue.ts";
import { longestRequest, type ReplicaServer } from "./server.ts";

/** Who wants to know what a replica produces. */
export interface Listener {
  firstToken(row: number, at: number): void;
  finished(row: number, at: number): void;
}

/** Where it lives, and what it shares with the other replicas. */
export interface Surroundings {
  readonly rows: InFlight;
  readonly entries: PrefixEntries;
  readonly systemPrompts: ArrayLike<number>;
  readonly listener: Listener;
}

/**
 * One replica of vLLM (v1/core/sched/scheduler.py): in each step every decoding request gets a token; what is left of the token
 * budget goes to the prompt that is under way and then to those that wait, first come, first served, while there are places and
 * blocks. It jumps from event to event: between them only decoding steps run, and those are summed.
 */
export class Replica {
  readonly server: ReplicaServer;
  readonly owner: number;
  /** Tokens of the longest request that it takes. */
  readonly longest: number;
  readonly kv: KvBlocks;
  readonly batch: Batch;
  readonly counters = newCounters();
  /** When it has to be looked at again; nothing changes before but the tokens of decoding steps. */
  stepEnd = Number.POSITIVE_INFINITY;
  private clock = 0;
  /** Steps until then; 0: it is idle. */
  private steps = 0;
  private readonly rows: InFlight;
  private readonly listener: Listener;
  private readonly tiers: CacheTiers | undefined;
  private readonly law: DecodeLaw;
  /** On the way here, by the time at which they come. */
  private readonly coming = new RowQueue();
  private readonly waiting = new RowQueue();
  /** Whose last prompt tokens are computed in this step. */
  private readonly prefilled = new RowQueue();
  /** Whose prompt is computed in part: the one that was admitted last. */
  private partial = none;
  private budget = 0;
  private promptTokens = 0;
  /** Prompt tokens times the context of each. */
  private promptWork = 0;
  private loading = 0;
  private readonly load = { decodes: 0, promptTokens: 0, contextTokens: 0, promptContext: 0 };

  constructor(server: ReplicaServer, owner: number, { rows, entries, systemPrompts, listener }: Surroundings) {
    this.server = server;
    this.owner = owner;
    this.longest = longestRequest(server);
    this.rows = rows;
    this.listener = listener;
    this.kv = new KvBlocks(server, rows, entries, owner, systemPrompts);
    this.batch = new Batch(rows, this.kv);
    this.law = new DecodeLaw(server.law, server.maxRunning);
    this.tiers = server.tiers === undefined ? undefined : new CacheTiers(server, rows, systemPrompts);
  }

  /** At `ready` of the row, which is not before the time it was last run to. */
  arrive(row: number): void {
    const { rows, coming } = this;
    rows.target[row] = rows.isl[row] as number;
    rows.computed[row] = none;
    coming.insertByTime(row, rows.ready);
    this.counters.arrived++;
    if (coming.first !== row) return;
    const ready = rows.ready[row] as number;
    if (this.steps === 0) this.stepEnd = Math.max(ready, this.clock);
    else if (this.steps > 1 && ready < this.stepEnd && this.admitsNext()) this.runSteps(this.stepsUntil(ready));
  }

  run(to: number): void {
    while (this.stepEnd <= to) {
      this.complete();
      this.schedule();
    }
  }

  /** Requests that wait in it at a time up to which it was run. */
  waitingAt(time: number): number {
    return this.waiting.size + this.coming.countUntil(time, this.rows.ready);
  }

  usedBlocksAt(time: number): number {
    return this.steps <= 1 ? this.kv.used : this.kv.used + this.kv.growth.after(this.batch.step, this.stepsDone(time));
  }

  /** All that it has, and it is empty after that. */
  cut(take: (row: number) => void): void {
    for (const queue of [this.coming, this.waiting]) while (queue.size > 0) take(queue.shift());
    while (this.batch.last !== none) {
      const row = this.batch.last;
      this.batch.remove(row);
      take(row);
    }
    this.kv.left.shrinkTo(0);
    this.stepEnd = Number.POSITIVE_INFINITY;
  }

  /** The counters with what has happened of the steps that run: a copy, for they go on and a scrape is kept. */
  countersAt(time: number): Readonly<typeof this.counters> {
    if (this.steps === 0) return { ...this.counters };
    const { decodes } = this.batch;
    const steps = this.steps > 1 ? this.stepsDone(time) : 0;
    const passed = steps === 0 ? 0 : this.timeOf(steps);
    return {
      ...this.counters,
      outputTokens: this.counters.outputTokens + decodes * steps,
      itlSum: this.counters.itlSum + decodes * passed,
      itlCount: this.counters.itlCount + decodes * steps,
      busy: this.counters.busy + Math.max(0, time - this.clock),
    };
  }

  private complete(): void {
    const { batch, counters, rows, steps } = this;
    const passed = this.stepEnd - this.clock;
    this.clock = this.stepEnd;
    if (steps === 0) return;
    counters.busy += passed;
    const { decodes } = batch;
    if (decodes > 0) {
      counters.outputTokens += decodes * steps;
      counters.itlCount += decodes * steps;
      counters.itlSum += decodes * passed;
      batch.ran(steps);
      const last = batch.ends.takeAll(batch.step);
      if (last !== none) this.endAll(last);
    }
    while (this.prefilled.size > 0) this.produceFirst(this.prefilled.shift(), rows);
  }

  private endAll(last: number): void {
    let row = this.rows.sameEnd[last] as number;
    for (;;) {
      const next = this.rows.sameEnd[row] as number;
      this.batch.endDecoding(row);
      this.finish(row);
      if (row === last) return;
      row = next;
    }
  }

  /** The token that comes with the end of a prompt: the first, or after a preemption the next. */
  private produceFirst(row: number, rows: InFlight): void {
    const { counters, clock } = this;
    const produced = (rows.target[row] as number) - (rows.isl[row] as number) + 1;
    counters.outputTokens++;
    if (produced === 1) {
      counters.ttftSum += clock - (rows.ready[row] as number) + this.server.law.apiOverhead;
      counters.ttftCount++;
      this.listener.firstToken(row, clock);
    } else {
      counters.itlSum += clock - (rows.latestToken[row] as number);
      counters.itlCount++;
    }
    if (produced === rows.osl[row]) this.finish(row);
    else this.batch.startDecoding(row, produced);
  }

  private finish(row: number): void {
    const context = (this.rows.isl[row] as number) + (this.rows.osl[row] as number) - 1;
    this.batch.remove(row);
    this.tiers?.keep(row, context);
    this.kv.release(row, context, true);
    this.counters.finished++;
    this.listener.finished(row, this.clock);
  }

  private schedule(): void {
    const { batch, coming, kv, waiting } = this;
    while (coming.size > 0 && (this.rows.ready[coming.first] as number) <= this.clock) waiting.push(coming.shift());
    if (batch.size === 0 && waiting.size === 0) {
      this.steps = 0;
      this.stepEnd = coming.size === 0 ? Number.POSITIVE_INFINITY : (this.rows.ready[coming.first] as number);
      return;
    }
    batch.step++;
    const preempted = batch.decodes > 0 && this.makeRoom();
    this.budget = this.server.maxBatchedTokens - batch.decodes;
    this.promptTokens = this.promptWork = this.loading = 0;
    if (this.partial !== none) this.compute(this.partial);
    // After a preemption vLLM admits nobody in the same step.
    if (!preempted || batch.size === 0) this.admit();
    if (this.promptTokens > 0) this.runMixed();
    else this.runStretch(preempted);
    if (kv.used > kv.total) throw new RangeError("more blocks are used than there are");
  }

  /** Blocks for the tokens that decoding requests bring in this step; those admitted last give theirs up for it. */
  private makeRoom(): boolean {
    const { batch, kv } = this;
    let preempted = false;
    while (kv.growth.into(batch.step) > kv.total - kv.used) {
      this.preempt(batch.last);
      preempted = true;
    }
    const blocks = kv.growth.into(batch.step);
    if (blocks > 0) kv.grow(blocks);
    return preempted;
  }

  /** Back to the head of the queue; all of it is computed again. */
  private preempt(row: number): void {
    const { batch, rows } = this;
    if (row === this.partial) {
      this.kv.release(row, rows.target[row] as number, false);
      this.partial = none;
    } else {
      const length = (rows.isl[row] as number) + batch.stopDecoding(row);
      this.kv.release(row, length - 1, false);
      rows.target[row] = length;
      rows.latestToken[row] = this.clock;
    }
    rows.computed[row] = 0;
    rows.stage[row] = rows.stage[row] === stage.decode ? stage.whole : (rows.stage[row] as number);
    batch.remove(row);
    this.waiting.unshift(row);
    this.counters.preempted++;
  }

  private admit(): void {
    const { batch, rows, waiting } = this;
    while (waiting.size > 0 && this.budget > 0 && batch.size < this.server.maxRunning) {
      const row = waiting.first;
      if (!this.kv.fits(row)) return;
      waiting.shift();
      const cached = this.cachedTokens(row);
      if (rows.computed[row] === none) {
        this.counters.promptTokens += rows.isl[row] as number;
        this.counters.cachedTokens += cached;
      }
      rows.computed[row] = cached;
      this.kv.take(row);
      batch.admit(row);
      this.compute(row);
    }
  }

  private cachedTokens(row: number): number {
    if (this.rows.stage[row] === stage.decode) return (this.rows.target[row] as number) - 1;
    const onGpu = this.kv.cachedTokens(row);
    if (this.tiers === undefined) return onGpu;
    const cached = this.tiers.cachedTokens(row, onGpu);
    this.loading += this.tiers.loading;
    return cached;
  }

  /** As many of its prompt tokens as the budget has left. */
  private compute(row: number): void {
    const computed = this.rows.computed[row] as number;
    const missing = (this.rows.target[row] as number) - computed;
    const chunk = Math.min(missing, this.budget);
    this.promptTokens += chunk;
    this.promptWork += chunk * (computed + chunk / 2);
    this.budget -= chunk;
    this.rows.computed[row] = computed + chunk;
    this.partial = chunk < missing ? row : none;
    if (chunk === missing) this.prefilled.push(row);
  }

  private runMixed(): void {
    const { load, batch, promptTokens } = this;
    load.decodes = batch.decodes;
    load.promptTokens = promptTokens;
    load.contextTokens = batch.context;
    load.promptContext = this.promptWork / promptTokens;
    this.steps = 1;
    this.stepEnd = this.clock + this.server.law.stepTime(load) + this.loading;
  }

  /** Decoding alone, until somebody ends, blocks run out, or somebody comes who could be admitted. */
  private runStretch(preempted: boolean): void {
    const { batch, coming, kv } = this;
    let steps = batch.ends.next(batch.step) - batch.step + 1;
    const free = kv.total - kv.used;
    if (free < batch.decodes * kv.blocks(steps)) {
      steps = Math.min(steps, kv.growth.stepsWithin(free, batch.step) + 1);
    }
    if (preempted) steps = 1;
    this.runSteps(steps);
    if (coming.size === 0 || !this.admitsNext()) return;
    const next = this.rows.ready[coming.first] as number;
    if (next < this.stepEnd) this.runSteps(this.stepsUntil(next));
  }

  /** Whether one that comes now can be admitted in the next step: there is a place, and nobody waits before it. */
  private admitsNext(): boolean {
    return this.waiting.size === 0 && this.batch.size < this.server.maxRunning;
  }

  private runSteps(steps: number): void {
    this.steps = steps;
    this.stepEnd = this.clock + this.timeOf(steps);
  }

  private timeOf(steps: number): number {
    return this.law.time(this.batch.decodes, this.batch.context, steps);
  }

  /** The fewest steps that end at that time or later. */
  private stepsUntil(time: number): number {
    return this.law.stepsUntil(time, this.clock, this.batch.decodes, this.batch.context);
  }

  /** Whole steps of the stretch that have ended by then. */
  private stepsDone(time: number): number {
    const steps = this.stepsUntil(time);
    return steps > 0 && this.clock + this.timeOf(steps) > time ? steps - 1 : steps;
  }
}
