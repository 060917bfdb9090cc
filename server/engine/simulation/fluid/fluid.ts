import type { ModelServer, Scenario } from "../scenario.ts";
import type { ReplicaGauges, ReplicaId, RouterGauges, Tier, WindowStats } from "../tier.ts";
import { cells } from "./cells.ts";
import { Course } from "./course.ts";
import { Record } from "./record.ts";
import { type FluidReplica, gaugesOf, inside, newReplica, step } from "./replica.ts";
import { type Speed, speedOf } from "./speed.ts";
import { inTurns, toTheEmptiest } from "./spread.ts";

/** Requests that came at one moment and that the router holds. */
interface Cohort {
  readonly slot: number;
  readonly at: number;
  requests: number;
}

type Told = Pick<Scenario, "variants" | "router" | "traffic" | "slo" | "duration">;

/** Means instead of requests: fast enough to answer while somebody drags. Its knee is softer than the real one. */
export class FluidTier implements Tier {
  readonly #scenario: Told;
  readonly #step: number;
  readonly #record: Record;
  readonly #servers: ReadonlyMap<string, ModelServer>;
  readonly #speeds = new Map<string, Speed>();
  readonly #byId = new Map<ReplicaId, FluidReplica>();
  /** Those that take requests, and those that only finish theirs. */
  #open: FluidReplica[] = [];
  #draining: FluidReplica[] = [];
  readonly #course = new Course();
  #shares = new Float64Array(16);
  readonly #held: Cohort[] = [];
  #heldSum = 0;
  #arrived = 0;
  #time = 0;

  /** `step` in seconds. */
  constructor(scenario: Told, step = 1) {
    this.#scenario = scenario;
    this.#step = step;
    this.#record = new Record(scenario.duration, step);
    this.#servers = new Map(scenario.variants.map(({ name, server }) => [name, server]));
  }

  get time(): number {
    return this.#time;
  }

  start(id: ReplicaId, variant: string): void {
    const replica = newReplica(id, variant, this.#speedOf(variant, 0));
    this.#byId.set(id, replica);
    this.#open.push(replica);
    this.#warm();
  }

  drain(id: ReplicaId): void {
    const replica = this.#replica(id);
    if (replica.draining) return;
    replica.draining = true;
    this.#open = this.#open.filter((other) => other !== replica);
    this.#draining.push(replica);
    this.#warm();
  }

  kill(id: ReplicaId): number {
    const replica = this.#replica(id);
    const cut = inside(replica);
    this.#record.drop(this.#record.slotOf(this.#time), cut);
    this.#byId.delete(id);
    this.#open = this.#open.filter((other) => other !== replica);
    this.#draining = this.#draining.filter((other) => other !== replica);
    this.#warm();
    return cut;
  }

  advance(to: number): void {
    while (this.#time < to) {
      const next = (Math.floor(this.#time / this.#step + 1e-9) + 1) * this.#step;
      const end = Math.min(next, to);
      this.#pass(end - this.#time);
      this.#time = end;
    }
  }

  gauges(id: ReplicaId): ReplicaGauges {
    return gaugesOf(this.#replica(id), this.#scenario.traffic.outputTokens);
  }

  routerGauges(): RouterGauges {
    const { queueDepth, kvUsage } = this.#scenario.router.detector;
    let [running, tokens, saturation] = [0, 0, 0];
    for (const replica of this.#open) {
      const { speed, cells: own } = replica;
      const queue = (own[cells.waiting] as number) / queueDepth.value;
      const memory = ((own[cells.running] as number) * speed.context) / speed.capacity / kvUsage.value;
      saturation += Math.max(queue, memory);
    }
    for (const replica of this.#byId.values()) {
      running += inside(replica);
      tokens += inside(replica) * replica.speed.prompt;
    }
    return {
      held: this.#heldSum,
      arrived: this.#arrived,
      running,
      tokensInFlight: tokens,
      saturation: this.#open.length === 0 ? 1 : saturation / this.#open.length,
    };
  }

  window(from: number, to: number): WindowStats {
    return this.#record.window(from, to);
  }

  #pass(seconds: number): void {
    const { traffic, router } = this.#scenario;
    const slot = this.#record.slotOf(this.#time);
    const arrived = traffic.rate(this.#time + seconds / 2) * seconds;
    this.#record.arrive(slot, arrived);
    this.#arrived += arrived;
    const isHolding = router.flowControl !== undefined;
    if (isHolding) this.#hold(slot, arrived);
    const going = isHolding ? Math.min(this.#heldSum, this.#room(seconds)) : arrived;
    const open = this.#open;
    if (open.length === 0) {
      if (!isHolding) this.#record.drop(slot, arrived);
    } else if (going > 0) {
      const spread = router.profile === undefined ? inTurns : toTheEmptiest;
      spread(open, going, this.#shares);
    }
    for (let index = 0; index < open.length; index++)
      this.#serve(open[index] as FluidReplica, slot, seconds, going > 0 ? (this.#shares[index] as number) : 0);
    for (const replica of this.#draining) this.#serve(replica, slot, seconds, 0);
    if (isHolding) this.#letGo(going);
    else if (open.length > 0) this.#tell(slot, going, 0, going);
  }

  #serve(replica: FluidReplica, slot: number, seconds: number, inflow: number): void {
    const { outputTokens } = this.#scenario.traffic;
    const finished = step(replica, seconds, inflow, outputTokens, this.#course);
    this.#record.finish(slot, finished, finished * outputTokens);
  }

  /** What `requests` of a moment can expect of the replicas among which `going` were spread just now. */
  #tell(slot: number, requests: number, waited: number, going: number): void {
    if (going <= 0 || requests <= 0) return;
    const { ttft = noObjective, itl = noObjective } = this.#scenario.slo;
    let [firsts, gaps, inTtft, inItl, inBoth] = [0, 0, 0, 0, 0];
    for (let index = 0; index < this.#open.length; index++) {
      const share = ((this.#shares[index] as number) / going) * requests;
      const own = (this.#open[index] as FluidReplica).cells;
      const first = (own[cells.ttft] as number) + waited;
      const gap = own[cells.itl] as number;
      firsts += share * first;
      gaps += share * gap;
      if (first <= ttft.value) inTtft += share;
      if (gap <= itl.value) inItl += share;
      if (first <= ttft.value && gap <= itl.value) inBoth += share;
    }
    this.#record.serve(slot, {
      requests,
      ttft: firsts,
      itl: gaps,
      withinTtft: inTtft,
      withinItl: inItl,
      withinBoth: inBoth,
    });
  }

  #hold(slot: number, requests: number): void {
    const { maxHeld, timeout } = this.#scenario.router.flowControl ?? {};
    const room = Math.max(0, (maxHeld?.value ?? Number.POSITIVE_INFINITY) - this.#heldSum);
    const taken = Math.min(room, requests);
    if (taken < requests) this.#record.drop(slot, requests - taken);
    if (taken > 0) this.#held.push({ slot, at: this.#time, requests: taken });
    this.#heldSum += taken;
    const oldest = this.#time - (timeout?.value ?? Number.POSITIVE_INFINITY);
    while (this.#held.length > 0 && (this.#held[0] as Cohort).at < oldest) {
      const late = this.#held.shift() as Cohort;
      this.#heldSum -= late.requests;
      this.#record.drop(late.slot, late.requests);
    }
  }

  /** Hands out the oldest first. */
  #letGo(going: number): void {
    let left = going;
    while (left > 0 && this.#held.length > 0) {
      const first = this.#held[0] as Cohort;
      const requests = Math.min(left, first.requests);
      this.#tell(first.slot, requests, this.#time - first.at, going);
      first.requests -= requests;
      left -= requests;
      if (first.requests <= 0) this.#held.shift();
    }
    this.#heldSum = this.#held.length === 0 ? 0 : Math.max(0, this.#heldSum - going);
  }

  /** Requests until the pool counts as saturated, by the utilization detector: KV usage or queue at its threshold. */
  #room(seconds: number): number {
    const { queueDepth, kvUsage } = this.#scenario.router.detector;
    let room = 0;
    for (const { speed, cells: own } of this.#open) {
      const [running, waiting] = [own[cells.running] as number, own[cells.waiting] as number];
      const leaving = own[cells.leaving] as number;
      const byMemory = (kvUsage.value * speed.capacity) / speed.context - running;
      const bySeats = speed.seats - running + Math.max(0, queueDepth.value - waiting);
      room += Math.max(0, Math.min(byMemory, bySeats) - waiting + leaving * seconds);
    }
    return room;
  }

  /** Hit ratios follow the caches that there are: each replica's own in turns, all together where prefixes lead to their cache. */
  #warm(): void {
    if (this.#shares.length < this.#open.length) this.#shares = new Float64Array(2 * this.#open.length);
    for (const replica of this.#open) replica.speed = this.#speedOf(replica.variant, this.#hitOf(replica.variant));
  }

  #hitOf(variant: string): number {
    const { traffic, router } = this.#scenario;
    const server = this.#servers.get(variant);
    if (traffic.reuse === undefined || server?.prefixCaching !== true) return 0;
    const byPrefix = router.profile?.scorers.some(({ scorer }) => scorer.name.includes("prefix")) === true;
    const replicas = Math.max(1, this.#open.length);
    const hit = byPrefix
      ? traffic.reuse(server.capacity.value * replicas)
      : traffic.reuse(server.capacity.value) / replicas;
    return Math.min(1, Math.max(0, Math.round(hit * 1000) / 1000));
  }

  #speedOf(variant: string, hit: number): Speed {
    const key = `${hit} ${variant}`;
    const known = this.#speeds.get(key);
    if (known !== undefined) return known;
    const server = this.#servers.get(variant);
    if (server === undefined) throw new RangeError(`there is no variant ${variant}`);
    const speed = speedOf(server, this.#scenario.traffic, hit);
    this.#speeds.set(key, speed);
    return speed;
  }

  #replica(id: ReplicaId): FluidReplica {
    const replica = this.#byId.get(id);
    if (replica === undefined) throw new RangeError(`there is no replica ${id}`);
    return replica;
  }
}

const noObjective = { value: Number.POSITIVE_INFINITY };
