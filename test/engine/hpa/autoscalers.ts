import type {
  Behavior,
  ControllerSettings,
  HpaState,
  HpaSync,
  MetricSpec,
  Milli,
  Observation,
  Reading,
  Recommendation,
} from "../../../server/engine/hpa/public.ts";
import { hpaOf, newHpaState, syncHpa } from "../../../server/engine/hpa/public.ts";
import { now } from "./pods.ts";

export const perReplica = (name: string, averageValue: Milli): MetricSpec => ({
  type: "External",
  external: { metric: { name }, target: { type: "AverageValue", averageValue } },
});
export const whole = (name: string, value: Milli): MetricSpec => ({
  type: "External",
  external: { metric: { name }, target: { type: "Value", value } },
});
export const perPod = (name: string, averageValue: Milli): MetricSpec => ({
  type: "Pods",
  pods: { metric: { name }, target: { type: "AverageValue", averageValue } },
});
export const utilization = (name: string, averageUtilization: number): MetricSpec => ({
  type: "Resource",
  resource: { name, target: { type: "Utilization", averageUtilization } },
});

export const series = (...values: Milli[]): Reading => ({ kind: "series", values });
export const failing = (error = "unreachable"): Reading => ({ kind: "none", error });

export interface Situation {
  readonly min?: number;
  readonly max?: number;
  readonly behavior?: Behavior;
  readonly settings?: Partial<ControllerSettings>;
  readonly spec: number;
  readonly status?: number;
  readonly metrics: readonly (readonly [MetricSpec, Reading])[];
  /** [replicas, age]; absent: the controller has not seen the HPA before. */
  readonly log?: readonly (readonly [number, number])[];
  readonly state?: Partial<HpaState>;
  readonly selectorProblem?: NonNullable<Observation["selectorProblem"]>;
}

/** One sync of the HPA of `chat`, from 1 to 20 replicas unless the situation says otherwise. */
export function syncIn(situation: Situation): HpaSync {
  const {
    min = 1,
    max = 20,
    behavior,
    settings,
    spec,
    status = spec,
    metrics,
    log,
    state,
    selectorProblem,
  } = situation;
  const hpa = hpaOf(
    "chat",
    {
      minReplicas: min,
      maxReplicas: max,
      metrics: metrics.map(([metric]) => metric),
      ...(behavior !== undefined && { behavior }),
    },
    settings,
  );
  const recommendations: Recommendation[] | undefined = log?.map(([replicas, age]) => ({ replicas, at: now - age }));
  return syncHpa(
    hpa,
    {
      now,
      specReplicas: spec,
      statusReplicas: status,
      readings: metrics.map(([, reading]) => reading),
      ...(selectorProblem !== undefined && { selectorProblem }),
    },
    { ...newHpaState, recommendations, ...state },
  );
}
