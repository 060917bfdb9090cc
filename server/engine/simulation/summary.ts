import { dollarsUntil, paidGpuHours } from "../cluster/bill.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { type Pod, timeIn } from "../cluster/pod.ts";
import type { Violation } from "./blame.ts";
import type { LogEntry } from "./log.ts";
import type { Scenario } from "./scenario.ts";
import type { Latency, Tier } from "./tier.ts";

export interface Summary {
  readonly arrived: number;
  readonly finished: number;
  readonly dropped: number;
  /** Share of the requests that met the objectives, and of each alone; NaN without requests. */
  readonly attainment: { readonly both: number; readonly ttft: number; readonly itl: number };
  readonly ttft: Latency | undefined;
  readonly itl: Latency | undefined;
  readonly outputTokens: number;
  /** Hours of replicas that served, and the most at a time. */
  readonly replicaHours: number;
  readonly mostReplicas: number;
  readonly scaleUps: number;
  readonly scaleDowns: number;
  /** Generations that were cut because a pod ended. */
  readonly cut: number;
  readonly dollars: number;
  readonly dollarsPerMillionTokens: number;
  readonly gpuHours: GpuHours;
  readonly violations: number;
  readonly violatedSeconds: number;
  /** The longest breach; 0 where there was none. */
  readonly longestViolation: number;
}

export interface GpuHours {
  readonly paid: number;
  /** By pods that start. */
  readonly starting: number;
  readonly serving: number;
  /** Ready, and no request runs. */
  readonly idle: number;
}

const hour = 3600;

export interface Ended {
  readonly cluster: Cluster;
  readonly tier: Tier;
  readonly log: readonly LogEntry[];
  readonly violations: readonly Violation[];
  readonly mostReplicas: number;
  /** Seconds in which each pod that is gone had something to do. */
  readonly busy: ReadonlyMap<string, number>;
}

export function summaryOf({ variants, duration }: Scenario, ended: Ended): Summary {
  const { cluster, tier, log, violations, mostReplicas } = ended;
  const stats = tier.window(0, duration);
  const pods = [...cluster.ended, ...variants.flatMap(({ name }) => cluster.podsOf(name))];
  const share = (count: number) => (stats.arrived > 0 ? count / stats.arrived : Number.NaN);
  const dollars = dollarsUntil(cluster.nodes, duration);
  const lengths = violations.map(({ from, to }) => to - from);
  const steps = log.filter(({ outcome, decision }) => outcome === "changed" && decision.controller !== "wva");
  return {
    arrived: stats.arrived,
    finished: stats.finished,
    dropped: stats.dropped,
    attainment: { both: share(stats.withinBoth), ttft: share(stats.withinTtft), itl: share(stats.withinItl) },
    ttft: stats.ttft,
    itl: stats.itl,
    outputTokens: stats.outputTokens,
    replicaHours: pods.reduce((sum, pod) => sum + timeIn(pod, "serving", duration), 0) / hour,
    mostReplicas,
    scaleUps: steps.filter(({ decision }) => decision.to > decision.from).length,
    scaleDowns: steps.filter(({ decision }) => decision.to < decision.from).length,
    cut: pods.reduce((sum, { cut }) => sum + cut, 0),
    dollars,
    dollarsPerMillionTokens: stats.outputTokens > 0 ? (dollars / stats.outputTokens) * 1e6 : Number.POSITIVE_INFINITY,
    gpuHours: gpuHours(ended, pods, variants, duration),
    violations: violations.length,
    violatedSeconds: lengths.reduce((sum, length) => sum + length, 0),
    longestViolation: Math.max(0, ...lengths),
  };
}

function gpuHours(
  { cluster, tier, busy }: Ended,
  pods: readonly Pod[],
  variants: Scenario["variants"],
  until: number,
): GpuHours {
  const gpusOf = new Map(variants.map(({ name, pod }) => [name, pod.gpus]));
  let [starting, serving, idle] = [0, 0, 0];
  for (const pod of pods) {
    const hours = (gpusOf.get(pod.variant) ?? 0) / hour;
    const served = timeIn(pod, "serving", until) + timeIn(pod, "draining", until);
    for (const phase of ["image", "backoff", "fetch", "load", "compile", "probe", "unseen"] as const)
      starting += timeIn(pod, phase, until) * hours;
    serving += served * hours;
    const worked = busy.get(pod.id) ?? (isThere(pod) ? tier.gauges(pod.id).counters.busy : 0);
    idle += Math.max(0, served - worked) * hours;
  }
  return { paid: paidGpuHours(cluster.nodes, until), starting, serving, idle };
}

function isThere({ phase }: Pod): boolean {
  return phase === "serving" || phase === "draining";
}
