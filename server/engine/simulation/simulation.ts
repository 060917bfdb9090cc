import { dollarsPerHourAt, dollarsUntil } from "../cluster/bill.ts";
import { Cluster, type ClusterEvent } from "../cluster/cluster.ts";
import { hasMetrics } from "../cluster/phase.ts";
import type { Pod } from "../cluster/pod.ts";
import { stream } from "../random/stream.ts";
import { blameFor, breaches, type Violation } from "./blame.ts";
import { EventQueue } from "./event-queue.ts";
import { HpaLoop, readingOf } from "./hpa-loop.ts";
import { KedaLoop } from "./keda-loop.ts";
import { DecisionLog, type LogEntry } from "./log.ts";
import { type Answer, ask } from "./query.ts";
import type { Autoscaler, Scenario } from "./scenario.ts";
import { type Scrape, type ScrapedPod, Scrapes } from "./scrapes.ts";
import type { Signal } from "./signal.ts";
import { type Summary, summaryOf } from "./summary.ts";
import type { ReplicaGauges, Tier } from "./tier.ts";
import { type Timeline, TimelineWriter } from "./timeline.ts";
import { Wants } from "./wanting.ts";
import type { World } from "./world.ts";
import { WvaLoop } from "./wva-loop.ts";

/** What happens at one moment happens in this order. */
const kinds = { cluster: 0, scrape: 1, wva: 2, wake: 3, poll: 4, sync: 5, sample: 6 } as const;

type Happening =
  | { readonly kind: "cluster"; readonly event: ClusterEvent }
  | { readonly kind: "scrape"; readonly every: number }
  | { readonly kind: "wva" | "wake" | "sample" }
  | { readonly kind: "poll" | "sync"; readonly index: number };

/** All of a run: what a page draws and a terminal tells. */
export interface Run {
  readonly timeline: Timeline;
  readonly log: readonly LogEntry[];
  /** All that there ever were, with their phases. */
  readonly pods: readonly Pod[];
  readonly nodes: Cluster["nodes"];
  readonly violations: readonly Violation[];
  readonly summary: Summary;
}

export interface SimulationOptions {
  /** Seconds between two columns of the timeline. Absent: 15. */
  readonly sampleEvery?: number;
}

/** WVA looks ten times a second whether to wake a variant; here once a second. */
const wakeEvery = 1;

const noGauges: ReplicaGauges = {
  running: 0,
  waiting: 0,
  kvTokens: 0,
  kvUsage: 0,
  counters: {
    arrived: 0,
    finished: 0,
    promptTokens: 0,
    cachedTokens: 0,
    outputTokens: 0,
    preempted: 0,
    ttftSum: 0,
    ttftCount: 0,
    itlSum: 0,
    itlCount: 0,
    busy: 0,
  },
};

const nothingPublished: Scrape["published"] = new Map();

/** Traffic, pods and controllers on one clock: nothing moves but by events in their order, and the tier between them. */
export class Simulation implements World {
  readonly cluster: Cluster;
  readonly log = new DecisionLog();
  readonly #scenario: Scenario;
  readonly #tier: Tier;
  readonly #queue = new EventQueue<Happening>();
  readonly #signals: ReadonlyMap<string, Signal>;
  readonly #scrapes = new Map<number, Scrapes>();
  readonly #wva: WvaLoop | undefined;
  readonly #hpas: readonly (HpaLoop | undefined)[];
  readonly #kedas: ReadonlyMap<number, KedaLoop>;
  readonly #writer: TimelineWriter;
  readonly #wants = new Wants();
  readonly #busy = new Map<string, number>();
  #now = 0;
  #mostReplicas = 0;

  constructor(scenario: Scenario, tier: Tier, { sampleEvery = 15 }: SimulationOptions = {}) {
    this.#scenario = scenario;
    this.#tier = tier;
    const { variants, pools, signals, autoscalers, wva, duration, seed, startsAt = 0 } = scenario;
    this.cluster = new Cluster(
      {
        pools,
        deployments: variants.map(({ name, replicas, pod }) => ({ name, replicas: replicas.value, template: pod })),
      },
      this.#serving(),
      (at, event) => this.#queue.add(at, kinds.cluster, { kind: "cluster", event }),
      (name) => {
        const drawn = stream(seed, name);
        return () => drawn.uniform();
      },
    );
    this.#signals = new Map(signals.map((signal) => [signal.name, signal]));
    this.#writer = new TimelineWriter(
      duration,
      sampleEvery,
      variants.map(({ name }) => name),
      signals.map(({ name }) => name),
    );
    this.#wva = wva && new WvaLoop(wva, variants, this);
    this.#kedas = new Map(
      autoscalers.flatMap((input, index) =>
        input.kind === "keda" ? [[index, new KedaLoop(input, this, startsAt)] as const] : [],
      ),
    );
    this.#hpas = autoscalers.map((input, index) => this.#hpaOf(input, index));
    this.#begin(sampleEvery);
  }

  get now(): number {
    return this.#now;
  }

  ask(name: string, now: number): Answer {
    const signal = this.#signals.get(name);
    if (signal === undefined) return { kind: "nothing", because: "nothing of that name is published" };
    const { flowControl } = this.#scenario.router;
    return ask(signal, this.scrapesEvery(signal.scrape.value), now, flowControl !== undefined);
  }

  scrapesEvery(seconds: number): Scrapes {
    const known = this.#scrapes.get(seconds);
    if (known !== undefined) return known;
    const scrapes = new Scrapes(longestLook(this.#scenario));
    this.#scrapes.set(seconds, scrapes);
    return scrapes;
  }

  readonly wants: World["wants"] = (subject, now, wanting) => this.#wants.note(subject, now, wanting);

  /** Goes on until then, or to the end. */
  runTo(until: number): void {
    const end = Math.min(until, this.#scenario.duration);
    while (this.#queue.nextAt <= end) {
      const next = this.#queue.take();
      if (next === undefined) break;
      this.#to(next.at);
      this.#happens(next.event);
    }
    this.#to(end);
  }

  /** The end of the run. */
  finish(): Run {
    this.runTo(this.#scenario.duration);
    this.#writer.finish(this.#tier);
    const { timeline } = this.#writer;
    const { variants, pools, slo } = this.#scenario;
    const there = variants.flatMap(({ name }) => this.cluster.podsOf(name));
    const pods = [...this.cluster.ended, ...there];
    const templates = new Map(variants.map(({ name, pod }) => [name, pod]));
    const poolOf = new Map(pools.map((one) => [one.name, one]));
    const isScaled = this.#scenario.autoscalers.length > 0;
    const evidence = { pods, templates, pools: poolOf, wants: this.#wants.spans, isScaled };
    const violations = breaches(timeline, slo.target).map((breach) => blameFor(breach, evidence));
    const ended = {
      cluster: this.cluster,
      tier: this.#tier,
      log: this.log.entries,
      violations,
      mostReplicas: this.#mostReplicas,
      busy: this.#busy,
    };
    const summary = summaryOf(this.#scenario, ended);
    return { timeline, log: this.log.entries, pods, nodes: this.cluster.nodes, violations, summary };
  }

  #serving() {
    const tier = this.#tier;
    return {
      start: (pod: string, variant: string) => tier.start(pod, variant),
      drain: (pod: string) => tier.drain(pod),
      kill: (pod: string) => {
        this.#busy.set(pod, tier.gauges(pod).counters.busy);
        return tier.kill(pod);
      },
      unfinished: (pod: string) => {
        const { running, waiting } = tier.gauges(pod);
        return running + waiting;
      },
    };
  }

  #hpaOf(input: Autoscaler, index: number): HpaLoop | undefined {
    if (input.kind === "hpa") return new HpaLoop(input, input.spec, readingOf(input, this));
    const keda = this.#kedas.get(index);
    const spec = keda?.hpa.spec;
    return keda && spec && new HpaLoop(input, spec, (metric, _, now) => keda.answer(metric, now));
  }

  /** Every loop starts at 0 with its first look, and those that decide after their first period. */
  #begin(sampleEvery: number): void {
    const { signals, autoscalers, wva } = this.#scenario;
    const every = new Set([...signals.map(({ scrape }) => scrape.value), ...(wva ? [wva.scrape.value] : [])]);
    for (const seconds of every) this.#queue.add(0, kinds.scrape, { kind: "scrape", every: seconds });
    if (wva !== undefined) this.#queue.add(wva.interval.value, kinds.wva, { kind: "wva" });
    if (wva?.zero?.scaleToZero) this.#queue.add(wakeEvery, kinds.wake, { kind: "wake" });
    for (const [index, input] of autoscalers.entries()) {
      const keda = this.#kedas.get(index);
      if (keda !== undefined) this.#queue.add(keda.pollingInterval, kinds.poll, { kind: "poll", index });
      if (this.#hpas[index] !== undefined) this.#queue.add(input.period.value, kinds.sync, { kind: "sync", index });
    }
    if (sampleEvery > 0) this.#queue.add(0, kinds.sample, { kind: "sample" });
  }

  #to(at: number): void {
    if (at > this.#now) this.#tier.advance(at);
    this.#now = at;
  }

  #happens(happening: Happening): void {
    const now = this.#now;
    const again = (seconds: number) => this.#queue.add(now + seconds, kinds[happening.kind], happening);
    switch (happening.kind) {
      case "cluster":
        this.cluster.happens(happening.event, now);
        break;
      case "scrape":
        this.scrapesEvery(happening.every).add(this.#scrape(now));
        again(happening.every);
        break;
      case "wva":
        this.#wva?.cycle(now);
        again(this.#scenario.wva?.interval.value ?? Number.POSITIVE_INFINITY);
        break;
      case "wake":
        this.#wva?.wake(this.#scenario.router.flowControl === undefined ? 0 : this.#tier.routerGauges().held, now);
        again(wakeEvery);
        break;
      case "poll": {
        const keda = this.#kedas.get(happening.index);
        keda?.poll(now);
        again(keda?.pollingInterval ?? Number.POSITIVE_INFINITY);
        break;
      }
      case "sync":
        this.#hpas[happening.index]?.sync(now, this);
        again(this.#scenario.autoscalers[happening.index]?.period.value ?? Number.POSITIVE_INFINITY);
        break;
      case "sample":
        this.#sample(now);
        again(this.#writer.timeline.every);
        break;
    }
  }

  #scrape(at: number): Scrape {
    const pods: ScrapedPod[] = [];
    for (const { name } of this.#scenario.variants)
      for (const { id, phase } of this.cluster.podsOf(name)) {
        if (!hasMetrics(phase)) continue;
        const serves = phase === "serving" || phase === "draining";
        pods.push({ id, variant: name, gauges: serves ? this.#tier.gauges(id) : noGauges });
      }
    return { at, pods, router: this.#tier.routerGauges(), published: this.#wva?.published ?? nothingPublished };
  }

  #sample(now: number): void {
    const { nodes } = this.cluster;
    const published = this.#wva?.published;
    this.#writer.sample(now, {
      cluster: this.cluster,
      tier: this.#tier,
      router: this.#tier.routerGauges(),
      perHour: dollarsPerHourAt(nodes, now),
      dollars: dollarsUntil(nodes, now),
      desired: (variant) => published?.get(variant)?.desired,
      read: (signal) => {
        const answer = this.ask(signal, now);
        return answer.kind === "series" ? answer.series.reduce((sum, { value }) => sum + value, 0) : undefined;
      },
    });
    const serving = this.#scenario.variants.reduce(
      (sum, { name }) => sum + this.cluster.podsOf(name).filter(({ phase }) => phase === "serving").length,
      0,
    );
    this.#mostReplicas = Math.max(this.#mostReplicas, serving);
  }
}

/** Seconds for which scrapes are of use to anybody. */
function longestLook({ signals, wva }: Scenario): number {
  let longest = Math.max(wva?.window.value ?? 0, wva?.zero?.retention.value ?? 0);
  for (const { measure, delay } of signals) {
    const window = "window" in measure ? (measure.window?.value ?? 0) : 0;
    longest = Math.max(longest, delay.value + window);
  }
  return longest;
}

/** A whole run at once. */
export function simulate(scenario: Scenario, tier: Tier, options?: SimulationOptions): Run {
  return new Simulation(scenario, tier, options).finish();
}
