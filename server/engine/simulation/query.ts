import type { Scrape, ScrapedPod, Scrapes } from "./scrapes.ts";
import type { Outage, PodGauge, PodLatency, PodMeasure, PodRate, Signal } from "./signal.ts";
import type { ReplicaCounters, ReplicaGauges } from "./tier.ts";

/** What a query gives: series, or the reason why there is nothing. Nothing is not zero. */
export type Answer =
  | { readonly kind: "series"; readonly series: readonly Series[]; readonly scrapedAt: number }
  | { readonly kind: "nothing"; readonly because: string }
  | { readonly kind: "unreachable" };

export interface Series {
  readonly pod?: string;
  readonly value: number;
}

/** What a controller that asks now gets to know. */
export function ask(signal: Signal, scrapes: Scrapes, now: number, flowControl: boolean): Answer {
  const { outages = [], missing, measure } = signal;
  if (isOut(outages, now)) return { kind: "unreachable" };
  if (missing !== undefined) return { kind: "nothing", because: missing.value };
  // llm-d-router: both series are of flow control, and are not there without it.
  if (!flowControl && (measure.of === "held" || measure.of === "saturation"))
    return { kind: "nothing", because: "flow control is off" };
  if (measure.of === "constant") return series([{ value: measure.value }], now);
  const at = now - signal.delay.value;
  const last = scrapes.lastAt(at);
  if (last === undefined || isOut(outages, last.at)) return { kind: "nothing", because: "nothing was scraped yet" };
  const window = "window" in measure ? measure.window?.value : undefined;
  const seen =
    window === undefined ? [last] : scrapes.between(at - window, at).filter((one) => !isOut(outages, one.at));
  const found = measured(signal, seen, last);
  if (typeof found === "string") return { kind: "nothing", because: found };
  if (found.length === 0) return { kind: "nothing", because: "no pod reports it" };
  const { factor = 1 } = signal;
  return series(factor === 1 ? found : found.map((one) => ({ ...one, value: one.value * factor })), last.at);
}

export function isOut(outages: readonly Outage[], at: number): boolean {
  return outages.some(({ from, to }) => at >= from && at < to);
}

function series(found: readonly Series[], scrapedAt: number): Answer {
  return { kind: "series", series: found, scrapedAt };
}

function measured({ measure }: Signal, seen: readonly Scrape[], last: Scrape): readonly Series[] | string {
  // A window shorter than the interval may hold no sample.
  if (seen.length === 0) return "nothing was scraped within its window";
  switch (measure.of) {
    case "desired-replicas":
    case "desired-ratio":
      return published(last, measure.variant, measure.of);
    case "held":
      return [{ value: greatest(seen, ({ router }) => router.held) }];
    case "router-running":
      return [{ value: greatest(seen, ({ router }) => router.running) }];
    case "tokens-in-flight":
      return [{ value: greatest(seen, ({ router }) => router.tokensInFlight) }];
    case "saturation":
      return [{ value: greatest(seen, ({ router }) => router.saturation) }];
    case "arrival-rate":
      return rateOf(seen.map(({ at, router }) => [at, router.arrived]));
    case "constant":
      return [{ value: measure.value }];
    default:
      return overPods(measure, seen, last);
  }
}

function published({ published: all }: Scrape, variant: string, of: "desired-replicas" | "desired-ratio") {
  const found = all.get(variant);
  if (found === undefined) return "WVA has not decided about it yet";
  const { desired, current } = found;
  if (of === "desired-replicas") return [{ value: desired }];
  // llm-d-workload-variant-autoscaler internal/metrics: from zero the ratio is the count.
  return [{ value: current === 0 ? desired : desired / current }];
}

function greatest(seen: readonly Scrape[], of: (scrape: Scrape) => number): number {
  return seen.reduce((most, scrape) => Math.max(most, of(scrape)), Number.NEGATIVE_INFINITY);
}

/** One point makes no rate. */
function rateOf(points: readonly (readonly [number, number])[]): readonly Series[] | string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || first[0] === last[0]) return "one scrape makes no rate";
  return [{ value: (last[1] - first[1]) / (last[0] - first[0]) }];
}

function overPods(measure: PodMeasure, seen: readonly Scrape[], last: Scrape): readonly Series[] {
  const counts = ({ variant }: ScrapedPod) => measure.variant === undefined || variant === measure.variant;
  // Ranges keep the series of pods that have ended meanwhile; a moment does not.
  const scrapes = measure.window === undefined ? [last] : seen;
  const byPod = new Map<string, (readonly [number, ReplicaGauges])[]>();
  for (const { at, pods } of scrapes)
    for (const pod of pods) {
      if (!counts(pod)) continue;
      const points = byPod.get(pod.id);
      if (points === undefined) byPod.set(pod.id, [[at, pod.gauges]]);
      else points.push([at, pod.gauges]);
    }
  if (measure.of === "ttft" || measure.of === "itl") return latencyOver(measure, [...byPod.values()], measure.of);
  const of = measure.of;
  const each = [...byPod].flatMap(([pod, points]) => seriesOf(of, points).map(({ value }) => ({ pod, value })));
  return combined(measure, each);
}

function seriesOf(of: PodGauge | PodRate, points: readonly (readonly [number, ReplicaGauges])[]): readonly Series[] {
  const gauge = gaugeOf[of as PodGauge];
  if (gauge !== undefined) return [{ value: Math.max(...points.map(([, gauges]) => gauge(gauges))) }];
  const counter = counterOf[of as PodRate];
  const rate = rateOf(points.map(([at, { counters }]) => [at, counters[counter]]));
  return typeof rate === "string" ? [] : rate;
}

const gaugeOf: Readonly<Record<PodGauge, (gauges: ReplicaGauges) => number>> = {
  running: ({ running }) => running,
  waiting: ({ waiting }) => waiting,
  requests: ({ running, waiting }) => running + waiting,
  "kv-usage": ({ kvUsage }) => kvUsage,
  "kv-tokens": ({ kvTokens }) => kvTokens,
};

const counterOf = {
  "finished-rate": "finished",
  "prompt-token-rate": "promptTokens",
  "output-token-rate": "outputTokens",
} as const satisfies Readonly<Record<PodRate, keyof ReplicaCounters>>;

/** Means of pods together are the mean over their requests. */
function latencyOver(
  measure: PodMeasure,
  pods: readonly (readonly (readonly [number, ReplicaGauges])[])[],
  of: PodLatency,
): readonly Series[] {
  const each = pods.map((points) => {
    const [first, last] = [points[0]?.[1].counters, points.at(-1)?.[1].counters];
    const since = (counter: "ttftSum" | "ttftCount" | "itlSum" | "itlCount") =>
      (last?.[counter] ?? 0) - (first?.[counter] ?? 0);
    return of === "ttft"
      ? { sum: since("ttftSum"), count: since("ttftCount") }
      : { sum: since("itlSum"), count: since("itlCount") };
  });
  const counted = each.filter(({ count }) => count > 0);
  if (measure.over !== "mean")
    return combined(
      measure,
      counted.map(({ sum, count }) => ({ value: sum / count })),
    );
  const all = counted.reduce((total, one) => ({ sum: total.sum + one.sum, count: total.count + one.count }), {
    sum: 0,
    count: 0,
  });
  return all.count > 0 ? [{ value: all.sum / all.count }] : [];
}

function combined({ over }: PodMeasure, each: readonly Series[]): readonly Series[] {
  if (each.length === 0 || over === "each") return each;
  if (over === "max")
    return [{ value: each.reduce((most, { value }) => Math.max(most, value), Number.NEGATIVE_INFINITY) }];
  const sum = each.reduce((total, { value }) => total + value, 0);
  return [{ value: over === "sum" ? sum : sum / each.length }];
}
