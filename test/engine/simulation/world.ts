import type { NodePool, PodTemplate, StartUp } from "../../../server/engine/cluster/input.ts";
import { sentence } from "../../../server/engine/decision/sentence.ts";
import { milliOf } from "../../../server/engine/hpa/milli.ts";
import type { Behavior, HpaSpec } from "../../../server/engine/hpa/spec.ts";
import type { LogEntry } from "../../../server/engine/simulation/log.ts";
import type { HpaInput, Scenario, Variant, Wva } from "../../../server/engine/simulation/scenario.ts";
import type { Measure, Signal } from "../../../server/engine/simulation/signal.ts";
import type { ReplicaGauges, Tier } from "../../../server/engine/simulation/tier.ts";
import { given } from "../../../server/engine/sourced.ts";

/** A pod that serves 120 s after it was asked for, on a node that is there: 20 s image, 60 s load, and probes every 10 s. */
export const startUp: StartUp = {
  image: given(20),
  fetch: given(0),
  load: given(60),
  compile: given(35),
  probe: { initialDelay: given(0), period: given(10) },
  seen: given(0),
};

export const template: PodTemplate = { gpus: 1, pool: "h100", startUp, terminationGracePeriod: given(30) };

export const pool: NodePool = {
  name: "h100",
  gpusPerNode: 8,
  nodes: 2,
  fixed: true,
  provisioning: given(120),
  perHour: given(32),
  billedWhileProvisioning: true,
};

/** 10 ms a step, a quarter of one for each request that runs, and one for ten prompt tokens. */
export const server: Variant["server"] = {
  law: {
    stepTime: ({ decodes, promptTokens }) => 0.01 + decodes * 2.5e-4 + promptTokens * 1e-4,
    apiOverhead: 0.008,
  },
  capacity: given(100_000),
  maxRunning: given(64),
  maxBatchedTokens: given(2048),
  blockSize: 16,
  prefixCaching: false,
};

export const variant = (name: string, replicas: number, rest: Partial<Variant> = {}): Variant => ({
  name,
  replicas: given(replicas),
  server,
  pod: template,
  ...rest,
});

export const signal = (name: string, measure: Measure, rest: Partial<Signal> = {}): Signal => ({
  name,
  measure,
  scrape: given(15),
  delay: given(0),
  ...rest,
});

export const desiredOf = (name: string): Signal =>
  signal("wva_desired_replicas", { of: "desired-replicas", variant: name });

export function wva(names: readonly string[], rest: Partial<Wva> = {}): Wva {
  return {
    profile: "v0.5",
    interval: given(30),
    thresholds: { kvCacheThreshold: 0.8, queueLengthThreshold: 5, kvSpareTrigger: 0.1, queueSpareTrigger: 3 },
    scrape: given(15),
    window: given(60),
    variants: names.map((name) => ({ name, cost: given(10), accelerator: "H100" })),
    limiter: false,
    ...rest,
  };
}

export const external = (name: string, type: "AverageValue" | "Value", target: number): HpaSpec["metrics"][number] => ({
  type: "External",
  external: {
    metric: { name },
    target: type === "Value" ? { type, value: milliOf(target) } : { type, averageValue: milliOf(target) },
  },
});

export const quick: Behavior = {
  scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: "Pods", value: 10, periodSeconds: 15 }] },
  scaleDown: { stabilizationWindowSeconds: 0, policies: [{ type: "Pods", value: 10, periodSeconds: 15 }] },
};

export function hpa(target: string, read: string, spec: Partial<HpaSpec> = {}, rest: Partial<HpaInput> = {}): HpaInput {
  return {
    kind: "hpa",
    target,
    spec: { minReplicas: 1, maxReplicas: 10, behavior: quick, metrics: [external(read, "AverageValue", 1)], ...spec },
    reads: [read],
    period: given(15),
    ...rest,
  };
}

export function scenario(rest: Partial<Scenario>): Scenario {
  return {
    variants: [variant("llama", 1)],
    pools: [pool],
    signals: [],
    autoscalers: [],
    router: { scrape: given(0.05), detector: { queueDepth: given(5), kvUsage: given(0.8) } },
    traffic: { rate: () => 0, promptTokens: 100, outputTokens: 100 },
    slo: { ttft: given(2), target: 0.95 },
    duration: 600,
    seed: 7,
    ...rest,
  };
}

/** Gauges that a story tells, by time and by how many replicas serve. */
export interface Told {
  readonly running?: number;
  readonly waiting?: number;
  readonly kvUsage?: number;
}

/** A tier that says what it is told to: nothing is served, and what controllers do of it can be told to the second. */
export class ToldTier implements Tier {
  time = 0;
  readonly #story: (at: number, serving: number) => Told;
  readonly #held: (at: number, serving: number) => number;
  readonly #serving = new Set<string>();

  constructor(story: (at: number, serving: number) => Told, held: (at: number, serving: number) => number = () => 0) {
    this.#story = story;
    this.#held = held;
  }

  start(replica: string): void {
    this.#serving.add(replica);
  }

  drain(replica: string): void {
    this.#serving.delete(replica);
  }

  kill(): number {
    return 0;
  }

  advance(to: number): void {
    this.time = to;
  }

  gauges(replica: string): ReplicaGauges {
    const serves = this.#serving.has(replica);
    const { running = 0, waiting = 0, kvUsage = 0 } = serves ? this.#story(this.time, this.#serving.size) : {};
    const none = { arrived: 0, finished: 0, promptTokens: 0, cachedTokens: 0, outputTokens: 0, preempted: 0 };
    const counters = { ...none, ttftSum: 0, ttftCount: 0, itlSum: 0, itlCount: 0, busy: 0 };
    return { running, waiting, kvTokens: kvUsage * 100_000, kvUsage, counters };
  }

  routerGauges() {
    const held = this.#held(this.time, this.#serving.size);
    return { held, running: 0, tokensInFlight: 0, arrived: 0, saturation: 0 };
  }

  window() {
    const none = { arrived: 0, finished: 0, dropped: 0, withinTtft: 0, withinItl: 0, withinBoth: 0, outputTokens: 0 };
    return { ...none, ttft: undefined, itl: undefined };
  }
}

/** A decision log as a page would print it. */
export function toldLog(log: readonly LogEntry[]): string[] {
  return log.map(({ at, until, count, outcome, decision }) => {
    const when = until === at ? `${at} s` : `${at}-${until} s`;
    const often = count === 1 ? "" : ` x${count}`;
    return `${when} ${decision.controller}${often} ${outcome}: ${sentence(decision)}`;
  });
}

/** Changes alone, as short as can be: `45 s hpa 1 -> 2`. */
export function changes(log: readonly LogEntry[]): string[] {
  return log
    .filter(({ outcome }) => outcome === "changed")
    .map(({ at, decision }) => `${at} s ${decision.controller} ${decision.from} -> ${decision.to}`);
}
