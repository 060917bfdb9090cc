import type { Cluster } from "../cluster/cluster.ts";
import type { PodPhase } from "../cluster/phase.ts";
import type { ReplicaGauges, RouterGauges, Tier } from "./tier.ts";

/** What a page draws: a column for each moment. NaN is unknown, and never zero. */
export interface Timeline {
  /** Seconds between two columns. */
  readonly every: number;
  readonly at: Float64Array;
  /** Of the stretch that ends there: requests a second, and how many of them were dropped. */
  readonly arrivals: Float64Array;
  readonly dropped: Float64Array;
  readonly ttftMean: Float64Array;
  readonly ttftP95: Float64Array;
  readonly itlMean: Float64Array;
  readonly itlP95: Float64Array;
  /** Share of the requests of the stretch that met the objectives. */
  readonly within: Float64Array;
  /** Of that moment, over replicas that serve. */
  readonly kvMean: Float64Array;
  readonly kvMost: Float64Array;
  readonly running: Float64Array;
  readonly waiting: Float64Array;
  /** Held back by the router. */
  readonly held: Float64Array;
  readonly perHour: Float64Array;
  readonly dollars: Float64Array;
  readonly variants: ReadonlyMap<string, VariantLines>;
  /** What a controller would read just then. */
  readonly signals: ReadonlyMap<string, Float64Array>;
}

export interface VariantLines {
  /** spec.replicas */
  readonly asked: Uint16Array;
  /** What WVA publishes. */
  readonly desired: Float64Array;
  readonly pending: Uint16Array;
  readonly provisioning: Uint16Array;
  readonly starting: Uint16Array;
  readonly serving: Uint16Array;
  readonly draining: Uint16Array;
}

type Line = "pending" | "provisioning" | "starting" | "serving" | "draining";

const lineOf: Readonly<Record<Exclude<PodPhase, "gone">, Line>> = {
  pending: "pending",
  provisioning: "provisioning",
  image: "starting",
  backoff: "starting",
  fetch: "starting",
  load: "starting",
  compile: "starting",
  probe: "starting",
  unseen: "starting",
  serving: "serving",
  draining: "draining",
};

/** Fills a timeline as time goes on. */
export class TimelineWriter {
  readonly timeline: Timeline;
  #next = 0;

  constructor(duration: number, every: number, variants: readonly string[], signals: readonly string[]) {
    const columns = Math.floor(duration / every) + 1;
    const line = () => new Float64Array(columns);
    const count = () => new Uint16Array(columns);
    this.timeline = {
      every,
      at: line(),
      arrivals: line(),
      dropped: line(),
      ttftMean: line(),
      ttftP95: line(),
      itlMean: line(),
      itlP95: line(),
      within: line(),
      kvMean: line(),
      kvMost: line(),
      running: line(),
      waiting: line(),
      held: line(),
      perHour: line(),
      dollars: line(),
      variants: new Map(
        variants.map((variant) => [
          variant,
          {
            asked: count(),
            desired: line(),
            pending: count(),
            provisioning: count(),
            starting: count(),
            serving: count(),
            draining: count(),
          },
        ]),
      ),
      signals: new Map(signals.map((signal) => [signal, line()])),
    };
  }

  /** The state of a moment. */
  sample(at: number, { cluster, tier, desired, read, router, perHour, dollars }: Moment): void {
    const { timeline } = this;
    const column = this.#next++;
    timeline.at[column] = at;
    let [replicas, kv, most, running, waiting] = [0, 0, Number.NaN, 0, 0];
    for (const [variant, lines] of timeline.variants) {
      lines.asked[column] = cluster.replicasOf(variant);
      lines.desired[column] = desired(variant) ?? Number.NaN;
      for (const { id, phase } of cluster.podsOf(variant)) {
        if (phase === "gone") continue;
        const line = lines[lineOf[phase]];
        line[column] = (line[column] as number) + 1;
        if (phase !== "serving" && phase !== "draining") continue;
        const gauges: ReplicaGauges = tier.gauges(id);
        running += gauges.running;
        waiting += gauges.waiting;
        if (phase !== "serving") continue;
        replicas += 1;
        kv += gauges.kvUsage;
        most = Number.isNaN(most) ? gauges.kvUsage : Math.max(most, gauges.kvUsage);
      }
    }
    timeline.kvMean[column] = replicas === 0 ? Number.NaN : kv / replicas;
    timeline.kvMost[column] = most;
    timeline.running[column] = running;
    timeline.waiting[column] = waiting;
    timeline.held[column] = router.held;
    timeline.perHour[column] = perHour;
    timeline.dollars[column] = dollars;
    for (const [signal, line] of timeline.signals) line[column] = read(signal) ?? Number.NaN;
  }

  /** What became of the requests of each stretch is known only at the end. */
  finish(tier: Tier): void {
    const { at, every, ...lines } = this.timeline;
    for (let column = 0; column < this.#next; column++) {
      const to = at[column] as number;
      const stats = tier.window(Math.max(0, to - every), to);
      lines.arrivals[column] = to === 0 ? Number.NaN : stats.arrived / every;
      lines.dropped[column] = stats.dropped;
      lines.ttftMean[column] = stats.ttft?.mean ?? Number.NaN;
      lines.ttftP95[column] = stats.ttft?.p95 ?? Number.NaN;
      lines.itlMean[column] = stats.itl?.mean ?? Number.NaN;
      lines.itlP95[column] = stats.itl?.p95 ?? Number.NaN;
      lines.within[column] = stats.arrived > 0 ? stats.withinBoth / stats.arrived : Number.NaN;
    }
  }
}

export interface Moment {
  readonly cluster: Cluster;
  readonly tier: Tier;
  readonly router: RouterGauges;
  readonly perHour: number;
  readonly dollars: number;
  desired(variant: string): number | undefined;
  /** Undefined: a controller would read nothing. */
  read(signal: string): number | undefined;
}
