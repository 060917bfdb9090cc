import { transfer } from "../capacity/transfer.ts";
import { detectorDefaults } from "../epp/detector.ts";
import type { Random } from "../epp/picker.ts";
import type { Link } from "../simulation/scenario.ts";
import type { ReplicaGauges, ReplicaId, RouterGauges, Tier, WindowStats } from "../simulation/tier.ts";
import { type ArrivalSource, newChunk } from "../traffic/arrivals.ts";
import { bytes, seconds, tokens } from "../units.ts";
import { Fleet } from "./fleet.ts";
import { type FlowControl, HeldBack } from "./flow-control.ts";
import { InFlight, stage } from "./in-flight.ts";
import { Journal, type Objectives } from "./journal.ts";
import { type Placement, type Policy, placement } from "./placement.ts";
import type { Detector } from "./pool.ts";
import { PrefixEntries } from "./prefix-entries.ts";
import { Progress } from "./progress.ts";
import type { Replica } from "./replica.ts";
import type { ReplicaServer } from "./server.ts";

export interface ReplicaTierInput {
  readonly servers: ReadonlyMap<string, ReplicaServer>;
  readonly arrivals: ArrivalSource;
  /** Tokens of each system prompt. */
  readonly systemPrompts: ArrayLike<number>;
  readonly policy: Policy;
  /** Ties between replicas. */
  readonly random: Random;
  /** Seconds between two looks at the replicas' metrics; 0.05 in llm-d-router. */
  readonly scrape: number;
  readonly detector?: Partial<Detector>;
  /** Absent: off. */
  readonly flowControl?: FlowControl;
  readonly objectives?: Objectives;
  /** Between replicas that prefill and those that decode. Absent: nothing takes time. */
  readonly link?: Link;
}

/** Rows that are drawn at once. */
const chunkRows = 4096;

/** The exact tier: every request by itself, from the router through its replica to its last token. */
export class ReplicaTier implements Tier {
  time = 0;
  readonly journal = new Journal();
  readonly rows = new InFlight();
  private readonly input: ReplicaTierInput;
  private readonly chunk = newChunk(chunkRows);
  private readonly fleet: Fleet;
  private readonly decodePick: Placement;
  private readonly prefillPick: Placement;
  private readonly detector: Detector;
  private readonly held: HeldBack | undefined;
  private readonly progress = new Progress();
  /** Requests that a replica was given and that have not ended. */
  private handed = 0;
  private uncached = 0;

  constructor(input: ReplicaTierInput) {
    this.input = input;
    const { policy, random, scrape, flowControl, systemPrompts } = input;
    const { rows } = this;
    this.fleet = new Fleet(scrape, { rows, entries: new PrefixEntries(), systemPrompts, listener: this });
    this.decodePick = placement(policy, this.fleet.decoding, rows, random);
    this.prefillPick = placement(policy, this.fleet.prefilling, rows, random);
    const { queueDepthThreshold, kvCacheUtilThreshold, metricsStalenessThreshold } = detectorDefaults.utilization;
    this.detector = {
      queueDepth: queueDepthThreshold,
      kvUsage: kvCacheUtilThreshold,
      staleness: metricsStalenessThreshold,
      ...input.detector,
    };
    this.held = flowControl === undefined ? undefined : new HeldBack(flowControl, rows, this.gate());
  }

  start(id: ReplicaId, variant: string): void {
    const server = this.input.servers.get(variant);
    if (server === undefined) throw new RangeError(`no server is known for ${variant}`);
    this.fleet.start(id, server);
  }

  drain(id: ReplicaId): void {
    this.fleet.drain(id);
  }

  kill(id: ReplicaId): number {
    let cut = 0;
    this.fleet.kill(id, this.time, (row, replica) => {
      cut++;
      this.handed--;
      this.leave(row, replica);
      this.drop(row);
    });
    return cut;
  }

  advance(to: number): void {
    for (let more = true; more; ) {
      const count = this.input.arrivals.fill(this.chunk, to);
      for (let n = 0; n < count; n++) this.arrive(n);
      more = count === chunkRows;
      if (more) this.settle(this.chunk.time[count - 1] as number);
    }
    this.held?.passTo(to);
    this.settle(to);
    this.time = to;
    this.progress.note(to, this.fleet.outputTokens(to));
  }

  gauges(id: ReplicaId): ReplicaGauges {
    const { replica } = this.fleet.member(id);
    const used = replica.usedBlocksAt(this.time);
    return {
      running: replica.batch.size,
      waiting: replica.waitingAt(this.time),
      kvTokens: used * replica.kv.blockSize,
      kvUsage: used / replica.kv.total,
      counters: replica.countersAt(this.time),
    };
  }

  routerGauges(): RouterGauges {
    return {
      held: this.held?.queue.size ?? 0,
      running: this.handed,
      tokensInFlight: this.uncached,
      arrived: this.journal.lines,
      saturation: this.fleet.saturationAt(this.time, this.detector),
    };
  }

  window(from: number, to: number): WindowStats {
    const outputTokens = this.progress.at(to) - this.progress.at(from);
    return { ...this.journal.between(from, to, this.input.objectives ?? {}), outputTokens };
  }

  firstToken(row: number, at: number): void {
    this.rows.firstToken[row] = at;
    const replica = this.fleet.owner(this.rows.replica[row] as number);
    if (this.rows.stage[row] === stage.prefill || replica === undefined) return;
    const ttft = at - (this.rows.arrival[row] as number) + replica.server.law.apiOverhead;
    this.journal.firstToken(this.rows.line[row] as number, ttft);
  }

  finished(row: number, at: number): void {
    const { rows } = this;
    const replica = this.fleet.owner(rows.replica[row] as number);
    if (replica !== undefined) this.leave(row, replica);
    if (rows.stage[row] === stage.prefill) {
      this.handOver(row, at);
      return;
    }
    this.handed--;
    const gaps = (rows.answer[row] as number) - 1;
    const itl = gaps === 0 ? undefined : (at - (rows.firstToken[row] as number)) / gaps;
    this.journal.finish(rows.line[row] as number, itl);
    rows.release(row);
  }

  private arrive(n: number): void {
    const { rows, chunk } = this;
    const row = rows.take();
    const at = chunk.time[n] as number;
    rows.arrival[row] = at;
    rows.line[row] = this.journal.arrive(at);
    rows.isl[row] = rows.target[row] = Math.max(1, chunk.prompt[n] as number);
    rows.answer[row] = Math.max(1, chunk.output[n] as number);
    rows.session[row] = chunk.session[n] as number;
    rows.systemPrompt[row] = chunk.system[n] as number;
    rows.history[row] = chunk.history[n] as number;
    if (this.held === undefined) this.place(row, at);
    else this.held.arrive(row, at);
  }

  /** To a replica that decodes, by way of one that prefills where there are such. Nobody is there: it is refused. */
  private place(row: number, at: number): void {
    const { decodePick, fleet } = this;
    if (decodePick.sees !== "nothing") fleet.lookBy(at);
    if (decodePick.sees === "everything") fleet.runTo(at);
    const decoder = fleet.decoding.at(decodePick.pick(row, at));
    if (decoder === undefined || !this.fitsLength(row, decoder)) {
      this.drop(row);
      return;
    }
    this.rows.decoder[row] = decoder.owner;
    const prefiller = fleet.prefilling.at(this.prefillPick.pick(row, at));
    // It reads the prompt and makes one token.
    if (prefiller !== undefined && (this.rows.isl[row] as number) >= prefiller.longest) {
      this.drop(row);
      return;
    }
    this.handed++;
    if (prefiller === undefined) this.send(row, decoder, stage.whole, at);
    else this.send(row, prefiller, stage.prefill, at);
  }

  private send(row: number, replica: Replica, what: number, at: number): void {
    const { rows } = this;
    rows.stage[row] = what;
    rows.osl[row] = what === stage.prefill ? 1 : (rows.answer[row] as number);
    rows.replica[row] = replica.owner;
    rows.ready[row] = at;
    const cached = what === stage.decode ? (rows.isl[row] as number) : replica.kv.cachedTokens(row);
    rows.uncached[row] = (rows.isl[row] as number) - cached;
    this.count(row, replica, 1);
    replica.arrive(row);
  }

  private leave(row: number, replica: Replica): void {
    this.count(row, replica, -1);
  }

  private count(row: number, replica: Replica, sign: number): void {
    const { requestsInFlight, tokensInFlight } = this.fleet.poolOf(replica);
    const { owner } = replica;
    const uncached = sign * (this.rows.uncached[row] as number);
    requestsInFlight[owner] = (requestsInFlight[owner] as number) + sign;
    tokensInFlight[owner] = (tokensInFlight[owner] as number) + uncached;
    this.uncached += uncached;
  }

  /** vLLM refuses a prompt that leaves no room for an answer, and ends an answer where the room does. */
  private fitsLength(row: number, replica: Replica): boolean {
    const room = replica.longest - (this.rows.isl[row] as number);
    this.rows.answer[row] = Math.min(this.rows.answer[row] as number, room);
    return room > 0;
  }

  /** Keys and values of the prompt go to where the answer is made. */
  private handOver(row: number, at: number): void {
    const decoder = this.fleet.owner(this.rows.decoder[row] as number);
    if (decoder !== undefined) {
      this.send(row, decoder, stage.decode, at + this.transferTime(this.rows.isl[row] as number));
      return;
    }
    this.handed--;
    this.drop(row);
  }

  private transferTime(length: number): number {
    const { link } = this.input;
    if (link === undefined) return 0;
    const bytesPerToken = bytes(link.bytesPerToken);
    return transfer({ length: tokens(length), bytesPerToken, link: link.bandwidth, base: seconds(link.base) }).time;
  }

  private drop(row: number): void {
    this.journal.drop(this.rows.line[row] as number);
    this.rows.release(row);
  }

  private gate() {
    return {
      isFullAt: (time: number) => this.fleet.saturationAt(time, this.detector) >= 1,
      nextLook: (time: number) => this.fleet.nextLook(time),
      place: (row: number, time: number) => this.place(row, time),
      drop: (row: number) => this.drop(row),
    };
  }

  /** Looks are taken when they are due, whoever asks for what in between, so that a run does not depend on its steps. */
  private settle(time: number): void {
    if (this.decodePick.sees !== "nothing" || this.held !== undefined) this.fleet.lookBy(time);
    this.fleet.runTo(time);
  }
}
