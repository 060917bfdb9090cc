import type { ModelServer, Scenario } from "../scenario.ts";
import type { ReplicaGauges, ReplicaId, RouterGauges, Tier, WindowStats } from "../tier.ts";
import { cells } from "./cells.ts";
import { Chance, chanceLaw } from "./chance.ts";
import { Course } from "./course.ts";
import { type Crowd, gaugesOf, inside, step } from "./crowd.ts";
import { Crowds } from "./crowds.ts";
import { Record } from "./record.ts";
import { along, columns, type Speed, speedOf } from "./speed.ts";
import { inTurns, toTheEmptiest } from "./spread.ts";

/** Requests that came at one moment and that the router holds. */
interface Cohort {
  readonly slot: number;
  readonly at: number;
  requests: number;
}

type Told = Pick<Scenario, "variants" | "router" | "traffic" | "slo" | "duration" | "seed">;

/** Means instead of requests: fast enough to answer while somebody drags. Its knee is softer than the real one. */
export class FluidTier implements Tier {
  readonly #scenario: Told;
  readonly #step: number;
  readonly #record: Record;
  readonly #servers: ReadonlyMap<string, ModelServer>;
  readonly #speeds = new Map<string, Speed>();
  readonly #crowds = new Crowds();
  readonly #course = new Course();
  readonly #chance: Chance | undefined;
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
    this.#chance = chanceOf(scenario);
    this.#servers = new Map(scenario.variants.map(({ name, server }) => [name, server]));
  }

  get time(): number {
    return this.#time;
  }

  start(id: ReplicaId, variant: string): void {
    this.#crowds.start(id, variant, this.#speedOf(variant, 0));
    this.#warm();
  }

  drain(id: ReplicaId): void {
    this.#crowds.drain(id);
    this.#warm();
  }

  kill(id: ReplicaId): number {
    const cut = inside(this.#crowds.remove(id));
    this.#record.drop(this.#record.slotOf(this.#time), cut);
    this.#chance?.forget(id);
    this.#warm();
    return cut;
  }

  advance(to: number): void {
    while (this.#time < to) {
      const next = (Math.floor(this.#time / this.#step + 1e-9) + 1) * this.#step;
      const end = Math.min(next, to);
      this.#pass(end - this.#time);
      this.#time = end;
      if (end === next) this.#chance?.pass(this.#step, this.#stay());
    }
  }

  gauges(id: ReplicaId): ReplicaGauges {
    const { crowd, member } = this.#crowds.find(id);
    return gaugesOf(crowd, member, this.#scenario.traffic.outputTokens, this.#moreOf(crowd, id));
  }

  routerGauges(): RouterGauges {
    const { queueDepth, kvUsage } = this.#scenario.router.detector;
    const { open, draining, size } = this.#crowds;
    let [running, tokens, saturation, runs] = [0, 0, 0, 0];
    for (const { speed, cells: own, members } of open) {
      const queue = (own[cells.waiting] as number) / queueDepth.value;
      const memory = ((own[cells.running] as number) * speed.context) / speed.capacity / kvUsage.value;
      saturation += members.length * Math.max(queue, memory);
      if (own[cells.waiting] === 0) runs += members.length * (own[cells.running] as number) * this.#swell(speed, own);
    }
    for (const crowds of [open, draining])
      for (const crowd of crowds) {
        const requests = crowd.members.length * inside(crowd);
        running += requests;
        tokens += requests * crowd.speed.prompt;
      }
    const swing = this.#chance === undefined || runs === 0 ? 0 : Math.max(-runs, this.#chance.ofAll(runs)) / running;
    return {
      held: this.#heldSum,
      arrived: this.#arrived,
      running: running * (1 + swing),
      tokensInFlight: tokens * (1 + swing),
      saturation: size === 0 ? 1 : saturation / size,
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
    const { open, draining } = this.#crowds;
    if (open.length === 0) {
      if (!isHolding) this.#record.drop(slot, arrived);
    } else if (going > 0) {
      const spread = router.profile === undefined ? inTurns : toTheEmptiest;
      spread(open, going, this.#shares);
    }
    for (let index = 0; index < open.length; index++)
      this.#serve(open[index] as Crowd, slot, seconds, going > 0 ? (this.#shares[index] as number) : 0);
    for (const crowd of draining) this.#serve(crowd, slot, seconds, 0);
    if (isHolding) this.#letGo(going);
    else if (open.length > 0) this.#tell(slot, going, 0, going);
    if (open.length > 1) this.#crowds.unite();
  }

  #serve(crowd: Crowd, slot: number, seconds: number, inflow: number): void {
    const { outputTokens } = this.#scenario.traffic;
    const finished = crowd.members.length * step(crowd, seconds, inflow, outputTokens, this.#course);
    this.#record.finish(slot, finished, finished * outputTokens);
  }

  /** What `requests` of a moment can expect of the replicas among which `going` were spread just now. */
  #tell(slot: number, requests: number, waited: number, going: number): void {
    if (going <= 0 || requests <= 0) return;
    const { ttft = noObjective, itl = noObjective } = this.#scenario.slo;
    let [firsts, gaps, inTtft, inItl, inBoth] = [0, 0, 0, 0, 0];
    const { open } = this.#crowds;
    for (let index = 0; index < open.length; index++) {
      const { cells: own, members } = open[index] as Crowd;
      const share = (((this.#shares[index] as number) * members.length) / going) * requests;
      const first = (own[cells.ttft] as number) + waited;
      const gap = own[cells.itl] as number;
      firsts += share * first;
      gaps += share * gap;
      if (first <= ttft.value) inTtft += share;
      if (gap <= itl.value) inItl += share;
      if (first <= ttft.value && gap <= itl.value) inBoth += share;
    }
    this.#record.serve(slot, requests, firsts, gaps);
    this.#record.meet(slot, inTtft, inItl, inBoth);
  }

  /** Requests that run on a replica beyond the mean just now; a full one has no chance left. */
  #moreOf({ cells: own, draining, speed }: Crowd, id: ReplicaId): number {
    if (this.#chance === undefined || draining || own[cells.waiting] !== 0) return 0;
    const running = own[cells.running] as number;
    return (
      Math.sqrt(this.#swell(speed, own)) * this.#chance.ofOne(id, running, this.#crowds.size, this.#stay(), this.#time)
    );
  }

  /**
   * By how much the variance grows because more requests make each slower: by decoding together, and by the prompts that are
   * read meanwhile, the more so the more these differ (the second moment of what one waits for).
   */
  #swell({ rows }: Speed, own: Float64Array): number {
    const running = own[cells.running] as number;
    const row = Math.floor(running) * columns.count + columns.decode;
    const decode = along(rows, row, running - Math.floor(running));
    const slope = (rows[row + columns.count] as number) - (rows[row] as number);
    const reading = 1 - decode / (own[cells.itl] as number);
    const { promptVariation = 0 } = this.#scenario.traffic;
    return 1 / Math.max(leastFree, 1 - (running * slope) / decode - reading * (1 + promptVariation ** 2));
  }

  /** Seconds of a request's answer, as the first crowd has it. */
  #stay(): number {
    const [crowd] = this.#crowds.open;
    return crowd === undefined ? 1 : (crowd.cells[cells.itl] as number) * this.#scenario.traffic.outputTokens;
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
    for (const { speed, cells: own, members } of this.#crowds.open) {
      const [running, waiting] = [own[cells.running] as number, own[cells.waiting] as number];
      const leaving = own[cells.leaving] as number;
      const byMemory = (kvUsage.value * speed.capacity) / speed.context - running;
      const bySeats = speed.seats - running + Math.max(0, queueDepth.value - waiting);
      room += members.length * Math.max(0, Math.min(byMemory, bySeats) - waiting + leaving * seconds);
    }
    return room;
  }

  /** Hit ratios follow the caches that there are: each replica's own in turns, all together where prefixes lead to their cache. */
  #warm(): void {
    const { open } = this.#crowds;
    if (this.#shares.length < open.length) this.#shares = new Float64Array(2 * open.length);
    for (const crowd of open) crowd.speed = this.#speedOf(crowd.variant, this.#hitOf(crowd.variant));
  }

  #hitOf(variant: string): number {
    const { traffic, router } = this.#scenario;
    const server = this.#servers.get(variant);
    if (traffic.reuse === undefined || server?.prefixCaching !== true) return 0;
    const byPrefix = router.profile?.scorers.some(({ scorer }) => scorer.name.includes("prefix")) === true;
    const replicas = Math.max(1, this.#crowds.size);
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
}

const leastFree = 0.2;

function chanceOf({ traffic, router, seed }: Told): Chance | undefined {
  const { variation, outputVariation = 0 } = traffic;
  if (variation === undefined) return undefined;
  return new Chance(chanceLaw(variation, outputVariation, router.profile !== undefined), seed);
}

const noObjective = { value: Number.POSITIVE_INFINITY };
