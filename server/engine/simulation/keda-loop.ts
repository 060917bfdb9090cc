import type { Reading } from "../hpa/metric/reading.ts";
import type { MetricSpec } from "../hpa/spec.ts";
import { answerHpa } from "../keda/answer.ts";
import { CronError } from "../keda/cron/error.ts";
import { cronReading, parseWindow } from "../keda/cron/window.ts";
import { utc, type Zone } from "../keda/cron/zone.ts";
import { standInFor, type TriggerHealth } from "../keda/fallback.ts";
import { fallbackDecision } from "../keda/fallback-decision.ts";
import { hpaMadeFor, type MadeHpa } from "../keda/made-hpa.ts";
import { metricName } from "../keda/metric-name.ts";
import { poll, pollingDecides } from "../keda/poll.ts";
import { readPrometheus, type TriggerReading } from "../keda/reading.ts";
import { kedaDefaults, type Trigger } from "../keda/spec.ts";
import { metadataOf } from "../keda/trigger.ts";
import { kedaFeatures } from "../keda/version.ts";
import { type Seconds, seconds } from "../units.ts";
import type { KedaInput } from "./scenario.ts";
import { countsOf, type World } from "./world.ts";

/** KEDA for one ScaledObject: the polling loop, and the metrics server that its HPA asks. */
export class KedaLoop {
  readonly hpa: MadeHpa;
  readonly #input: KedaInput;
  readonly #world: World;
  readonly #startsAt: number;
  #health: TriggerHealth = new Map();
  #lastActive: Seconds | undefined;
  #polled: readonly (TriggerReading | undefined)[] = [];

  constructor(input: KedaInput, world: World, startsAt: number) {
    this.hpa = hpaMadeFor(input.scaledObject, input.minor);
    this.#input = input;
    this.#world = world;
    this.#startsAt = startsAt;
  }

  get pollingInterval(): number {
    return this.#input.scaledObject.spec.pollingInterval ?? kedaDefaults.pollingInterval;
  }

  poll(now: number): void {
    const { scaledObject, target, minor, origins } = this.#input;
    const { cluster, log } = this.#world;
    this.#polled = this.#readings(now);
    const { specReplicas: replicas, readyReplicas } = countsOf(cluster, target);
    const lastActive = this.#lastActive === undefined ? {} : { lastActive: this.#lastActive };
    const workload = {
      now: seconds(now),
      created: seconds(0),
      replicas,
      readyReplicas,
      health: this.#health,
      ...lastActive,
    };
    const polled = poll(scaledObject, workload, this.#polled, minor);
    this.#health = polled.health;
    this.#lastActive = polled.lastActive;
    const { decision } = polled;
    if (pollingDecides(scaledObject.spec) || decision.to !== decision.from) log.add(now, decision, origins);
    if (decision.to !== replicas) cluster.scale(target, decision.to, now);
  }

  /** What the HPA gets for one of its metrics. */
  answer(metric: MetricSpec, now: number): Reading {
    if (metric.type !== "External") return { kind: "none", error: "no metrics returned from resource metrics API" };
    const { scaledObject, target, minor } = this.#input;
    const { specReplicas: replicas, readyReplicas } = countsOf(this.#world.cluster, target);
    const { name } = metric.external.metric;
    const workload = { replicas, readyReplicas };
    const { answer, health } = answerHpa(scaledObject.spec, name, this.#readings(now), this.#health, workload, minor);
    this.#health = health;
    if (answer.kind === "error") return { kind: "none", error: answer.because };
    if (answer.fallback) this.#tellFallback(name, workload, now);
    return { kind: "series", values: [answer.value] };
  }

  #tellFallback(metric: string, workload: { replicas: number; readyReplicas: number }, now: number): void {
    const { scaledObject, minor, origins } = this.#input;
    for (const [index, trigger] of scaledObject.spec.triggers.entries()) {
      const name = metricName(trigger, index);
      const failures = this.#health.get(name) ?? 0;
      if (failures === 0 || (metric.startsWith("s") && name !== metric)) continue;
      const standIn = standInFor(scaledObject.spec, trigger, failures, workload, kedaFeatures(minor));
      if (standIn.kind !== "metric") continue;
      const decision = fallbackDecision(scaledObject, name, failures, standIn, workload.replicas);
      // The HPA is what changes the count; here is only what it is told.
      this.#world.log.add(now, { ...decision, to: decision.from, held: [] }, origins);
      return;
    }
  }

  #readings(now: number): readonly (TriggerReading | undefined)[] {
    return this.#input.scaledObject.spec.triggers.map((trigger, index) =>
      trigger.useCachedMetrics === true && this.#polled[index] !== undefined
        ? this.#polled[index]
        : this.#read(trigger, this.#input.reads[index], now),
    );
  }

  #read(trigger: Trigger, signal: string | undefined, now: number): TriggerReading | undefined {
    if (trigger.type === "cron") return cron(trigger, this.#startsAt + now, this.#input.zones);
    if (signal === undefined) return undefined;
    const answer = this.#world.ask(signal, now);
    const elements =
      answer.kind === "unreachable"
        ? answer.kind
        : answer.kind === "nothing"
          ? []
          : answer.series.map(({ value }) => value);
    // Of a Prometheus trigger; another source that gives nothing fails.
    const ignoresNothing = trigger.type === "prometheus" && metadataOf(trigger, "ignoreNullValues") !== "false";
    return readPrometheus(elements, ignoresNothing, kedaFeatures(this.#input.minor));
  }
}

function cron(trigger: Trigger, at: number, zones: KedaInput["zones"]): TriggerReading {
  const zone: Zone = zones?.get(metadataOf(trigger, "timezone") ?? "") ?? utc;
  try {
    return { kind: "value", ...cronReading(parseWindow(trigger.metadata), at, zone) };
  } catch (error) {
    if (error instanceof CronError) return { kind: "error", because: error.message };
    throw error;
  }
}
