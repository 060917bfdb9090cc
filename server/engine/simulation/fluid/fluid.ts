import type { ModelServer, Scenario } from "../scenario.ts";
import type { ReplicaGauges, ReplicaId, RouterGauges, Tier, WindowStats } from "../tier.ts";
import { cells } from "./cells.ts";
import { Course } from "./course.ts";
import { type Crowd, gaugesOf, inside, restOfAnswers, step } from "./crowd.ts";
import { Crowds } from "./crowds.ts";
import { type Hit, hitOf, noHit, wholePrompt } from "./hit.ts";
import { Moments } from "./moments.ts";
import { Record } from "./record.ts";
import { type Speed, speedOf } from "./speed.ts";
import { inTurns, toTheEmptiest } from "./spread.ts";

/** Requests that came at one moment and that the router holds. */
interface Cohort {
  readonly slot: number;
  readonly at: number;
  requests: number;
}

type Told = Pick<Scenario, "variants" | "router" | "link" | "traffic" | "slo" | "duration" | "seed">;

/** Means instead of requests: fast enough to answer while somebody drags. Its knee is softer than the real one. */
export class FluidTier implements Tier {
  readonly #scenario: Told;
  readonly #step: number;
  readonly #record: Record;
  readonly #servers: ReadonlyMap<string, ModelServer>;
  readonly #speeds = new Map<string, Speed>();
  readonly #crowds = new Crowds();
  readonly #course = new Course();
  readonly #readingCourse = new Course();
  readonly #moments: Moments;
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
    this.#moments = new Moments(scenario);
    this.#servers = new Map(scenario.variants.map(({ name, server }) => [name, server]));
  }

  get time(): number {
    return this.#time;
  }

  start(id: ReplicaId, variant: string): void {
    this.#crowds.start(id, variant, this.#speedOf(variant, noHit), this.#server(variant).role === "prefill");
    this.#warm();
  }

  drain(id: ReplicaId): void {
    this.#crowds.drain(id);
    this.#warm();
  }

  kill(id: ReplicaId): number {
    const cut = inside(this.#crowds.remove(id));
    this.#record.drop(this.#record.slotOf(this.#time), cut);
    this.#moments.forget(id);
    this.#warm();
    return cut;
  }

  advance(to: number): void {
    while (this.#time < to) {
      const next = (Math.floor(this.#time / this.#step + 1e-9) + 1) * this.#step;
      const end = Math.min(next, to);
      this.#pass(end - this.#time);
      this.#time = end;
      if (end === next) this.#moments.pass(this.#step, this.#crowds.open);
    }
  }

  gauges(id: ReplicaId): ReplicaGauges {
    const { crowd, member } = this.#crowds.find(id);
    const { outputTokens } = this.#scenario.traffic;
    if (this.#server(crowd.variant).role === "prefill") return gaugesOf(crowd, member, outputTokens, 0, 0);
    const { open } = this.#crowds;
    const requests = this.#moments.requestsOf(crowd, id, open, this.#time);
    const tokens = this.#moments.tokensOf(crowd, id, open, this.#time);
    return gaugesOf(crowd, member, outputTokens, requests, tokens);
  }

  routerGauges(): RouterGauges {
    const { queueDepth, kvUsage } = this.#scenario.router.detector;
    const { open, draining, size } = this.#crowds;
    let [running, tokens, saturation] = [0, 0, 0];
    for (const { speed, cells: own, members } of open) {
      const queue = (own[cells.waiting] as number) / queueDepth.value;
      const memory = ((own[cells.running] as number) * speed.held) / speed.capacity / kvUsage.value;
      saturation += members.length * Math.max(queue, memory);
    }
    for (const crowds of [open, draining, this.#crowds.reading, this.#crowds.drainingReaders])
      for (const crowd of crowds) {
        const requests = crowd.members.length * inside(crowd);
        running += requests;
        tokens += requests * crowd.speed.prompt;
      }
    const swing = this.#moments.shareOfAll(open, running);
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
    const { open, draining, reading } = this.#crowds;
    const read = this.#read(open.length === 0 ? 0 : going, seconds);
    if (open.length === 0) this.#record.drop(slot, read.finished + (isHolding ? 0 : arrived));
    const inflow = reading.length === 0 && open.length > 0 ? going + read.finished : read.finished;
    // Where nothing flows yet, it is still told where it would go.
    const shown = Math.max(inflow, leastFlow);
    if (open.length > 0 && going + inflow > 0) this.#spread(open, shown);
    for (let index = 0; index < open.length; index++)
      this.#serve(open[index] as Crowd, slot, seconds, inflow > 0 ? (this.#shares[index] as number) : 0);
    for (const crowd of draining) this.#serve(crowd, slot, seconds, 0);
    if (isHolding) this.#letGo(going, read.ttft, shown);
    else if (open.length > 0) this.#tell(slot, going, read.ttft, shown);
    this.#crowds.unite();
  }

  #spread(crowds: readonly Crowd[], requests: number): void {
    const spread = this.#scenario.router.profile === undefined ? inTurns : toTheEmptiest;
    spread(crowds, requests, this.#shares);
  }

  /** Of split pools: the prompts that are read now and go on to where answers are written, and how long one takes until there. */
  #read(going: number, seconds: number): { readonly finished: number; readonly ttft: number } {
    const { reading, drainingReaders } = this.#crowds;
    if (reading.length + drainingReaders.length === 0) return nothingRead;
    let [finished, ttft] = [0, 0];
    if (reading.length > 0 && going > 0) this.#spread(reading, going);
    for (let index = 0; index < reading.length; index++) {
      const crowd = reading[index] as Crowd;
      const share = going > 0 ? (this.#shares[index] as number) : 0;
      finished += crowd.members.length * step(crowd, seconds, share, 1, this.#readingCourse);
      if (going > 0) ttft += ((share * crowd.members.length) / going) * (crowd.cells[cells.ttft] as number);
    }
    for (const crowd of drainingReaders) finished += step(crowd, seconds, 0, 1, this.#readingCourse);
    const { link, traffic } = this.#scenario;
    const way = link === undefined ? 0 : link.base + (traffic.promptTokens * link.bytesPerToken) / link.bandwidth;
    return { finished, ttft: reading.length === 0 ? 0 : ttft + way - (reading[0] as Crowd).speed.overhead };
  }

  #serve(crowd: Crowd, slot: number, seconds: number, inflow: number): void {
    const { outputTokens, outputVariation = 0 } = this.#scenario.traffic;
    const tokens = crowd.draining ? restOfAnswers(crowd, outputTokens, outputVariation) : outputTokens;
    const finished = crowd.members.length * step(crowd, seconds, inflow, tokens, this.#course);
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
  #letGo(going: number, before: number, shown: number): void {
    let left = going;
    while (left > 0 && this.#held.length > 0) {
      const first = this.#held[0] as Cohort;
      const requests = Math.min(left, first.requests);
      this.#tell(first.slot, requests, this.#time - first.at + before, shown);
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
      const byMemory = (kvUsage.value * speed.capacity) / speed.held - running;
      const bySeats = speed.seats - running + Math.max(0, queueDepth.value - waiting);
      room += members.length * Math.max(0, Math.min(byMemory, bySeats) - waiting + leaving * seconds);
    }
    return room;
  }

  /** Hit ratios follow the caches that there are, and who reads prompts follows the pods. */
  #warm(): void {
    this.#moments.changed();
    const { open, reading, size } = this.#crowds;
    const most = Math.max(open.length, reading.length);
    if (this.#shares.length < most) this.#shares = new Float64Array(2 * most);
    for (const crowd of open)
      crowd.speed = this.#speedOf(crowd.variant, reading.length > 0 ? wholePrompt : this.#hitOf(crowd.variant, size));
    const readers = reading.reduce((sum, { members }) => sum + members.length, 0);
    for (const crowd of reading) crowd.speed = this.#speedOf(crowd.variant, this.#hitOf(crowd.variant, readers));
  }

  #hitOf(variant: string, replicas: number): Hit {
    const { traffic, router } = this.#scenario;
    const byPrefix = router.profile?.scorers.some(({ scorer }) => scorer.name.includes("prefix")) === true;
    return hitOf(this.#server(variant), traffic, Math.max(1, replicas), byPrefix);
  }

  #speedOf(variant: string, hit: Hit): Speed {
    const key = `${hit.hit} ${hit.load} ${variant}`;
    const known = this.#speeds.get(key);
    if (known !== undefined) return known;
    const server = this.#server(variant);
    const { traffic } = this.#scenario;
    const means = server.role === "prefill" ? { ...traffic, outputTokens: 1, outputVariation: 0 } : traffic;
    const speed = speedOf(server, means, hit);
    this.#speeds.set(key, speed);
    return speed;
  }

  #server(variant: string): ModelServer {
    const server = this.#servers.get(variant);
    if (server === undefined) throw new RangeError(`there is no variant ${variant}`);
    return server;
  }
}

const nothingRead = { finished: 0, ttft: 0 };

/** Requests a step; less is nothing. */
const leastFlow = 1e-12;

const noObjective = { value: Number.POSITIVE_INFINITY };
