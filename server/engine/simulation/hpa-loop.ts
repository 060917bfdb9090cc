import { type Hpa, hpaOf } from "../hpa/hpa.ts";
import type { Reading } from "../hpa/metric/reading.ts";
import { asFloat, asInt64, milliOf } from "../hpa/milli.ts";
import type { Pod as HpaPod } from "../hpa/pods.ts";
import type { HpaSpec, MetricSpec } from "../hpa/spec.ts";
import { type HpaState, newHpaState } from "../hpa/state.ts";
import { syncHpa } from "../hpa/sync.ts";
import type { Answer } from "./query.ts";
import type { Autoscaler, HpaInput } from "./scenario.ts";
import { wantingOf } from "./wanting.ts";
import { countsOf, type World } from "./world.ts";

/** The HorizontalPodAutoscaler controller for one HPA, whoever made that. */
export class HpaLoop {
  readonly #hpa: Hpa;
  readonly #input: Autoscaler;
  readonly #read: (metric: MetricSpec, index: number, now: number) => Reading;
  #state: HpaState = newHpaState;

  constructor(input: Autoscaler, spec: HpaSpec, read: (metric: MetricSpec, index: number, now: number) => Reading) {
    this.#hpa = hpaOf(input.target, spec, input.settings);
    this.#input = input;
    this.#read = read;
  }

  sync(now: number, { cluster, log, wants }: World): void {
    const { target, guard, origins } = this.#input;
    const { specReplicas, statusReplicas, readyReplicas, listed } = countsOf(cluster, target);
    const pending = statusReplicas - readyReplicas;
    const readings = this.#hpa.spec.metrics.map((metric, index) => {
      const reading = this.#read(metric, index, now);
      if (reading.kind !== "series") return reading;
      const values = guard === undefined ? reading.values : credited(reading.values, metric, specReplicas, pending);
      return { ...reading, values, pods: listed };
    });
    const { replicas, state, decision } = syncHpa(
      this.#hpa,
      { now, specReplicas, statusReplicas, readings },
      this.#state,
    );
    this.#state = state;
    log.add(now, decision, origins);
    wants(`${this.#input.kind} ${target}`, now, wantingOf(decision, origins));
    if (replicas !== specReplicas) cluster.scale(target, replicas, now);
  }
}

/** Demand in replicas, less the pods that are on the way already: no demand is answered twice. */
function credited(
  values: readonly (number | bigint)[],
  metric: MetricSpec,
  replicas: number,
  pending: number,
): readonly (number | bigint)[] {
  if (metric.type !== "External" && metric.type !== "Object") return values;
  const { averageValue } = (metric.type === "External" ? metric.external : metric.object).target;
  // A Value is a ratio to the replicas that are there, and no demand.
  if (averageValue === undefined || asFloat(averageValue) === 0) return values;
  const target = asFloat(averageValue);
  const demand = values.reduce((sum: number, value) => sum + asFloat(value), 0) / target;
  if (!(demand > replicas)) return values;
  return [asInt64(Math.trunc(Math.max(demand - pending, replicas) * target))];
}

/** What the metrics APIs give for a metric of a plain HPA. */
export function readingOf(input: HpaInput, world: World) {
  return (metric: MetricSpec, index: number, now: number): Reading => {
    const signal = input.reads[index];
    if (signal === undefined || metric.type === "Resource" || metric.type === "ContainerResource")
      return { kind: "none", error: "no metrics returned from resource metrics API" };
    const answer = world.ask(signal, now);
    if (answer.kind !== "series") return { kind: "none", error: whyNot(answer) };
    if (metric.type !== "Pods") return { kind: "series", values: answer.series.map(({ value }) => milliOf(value)) };
    const byPod = new Map(answer.series.map(({ pod, value }) => [pod, value]));
    return { kind: "pods", pods: world.cluster.podsOf(input.target).map((pod) => hpaPod(pod, byPod.get(pod.id), now)) };
  };
}

function whyNot(answer: Exclude<Answer, { kind: "series" }>): string {
  return answer.kind === "unreachable" ? "Prometheus did not answer" : answer.because;
}

function hpaPod(
  { phase, askedAt }: { readonly phase: string; readonly askedAt: number },
  value: number | undefined,
  at: number,
): HpaPod {
  const waits = phase === "pending" || phase === "provisioning" || phase === "image";
  const ready = phase === "unseen" || phase === "serving" || phase === "draining";
  return {
    phase: waits ? "Pending" : "Running",
    deleted: phase === "draining",
    ready: { status: ready, since: askedAt },
    startedAt: askedAt,
    ...(value === undefined ? {} : { sample: { value: milliOf(value), at, windowSeconds: 60 } }),
  };
}
