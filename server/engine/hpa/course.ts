import type { SelectorProblem } from "./conditions.ts";
import type { Hpa } from "./hpa.ts";
import { limitWithoutBehavior } from "./legacy-limit.ts";
import type { Limited } from "./limited.ts";
import { type Combined, combine } from "./metric/combine.ts";
import type { Proposal, Unread } from "./metric/proposal.ts";
import { type Counts, propose } from "./metric/propose.ts";
import type { Reading } from "./metric/reading.ts";
import { limitByBehavior } from "./rate.ts";
import { type Recommendation, stabilize, stabilizeScaleDown } from "./stabilization.ts";
import type { HpaState } from "./state.ts";

/** What one sync reads. */
export interface Observation extends Counts {
  /** Seconds, on any clock that goes forward. */
  readonly now: number;
  /** One for each metric of the spec, in its order. */
  readonly readings: readonly Reading[];
  /** The scale has no selector, or its pods are another HPA's too. */
  readonly selectorProblem?: SelectorProblem;
}

/** How a sync came to its count, step by step. */
export interface Course {
  readonly path: "disabled" | "above-max" | "below-min" | SelectorProblem | "blocked" | "metrics";
  readonly replicas: number;
  readonly results: readonly (Proposal | Unread)[];
  readonly combined: Combined | undefined;
  /** Before and after stabilisation, and what then limited it. */
  readonly wanted: number;
  readonly stabilized: number;
  readonly limited: Limited | undefined;
  readonly log: readonly Recommendation[];
}

/** From the counts and the metrics to the new count. */
export function follow(hpa: Hpa, observation: Observation, state: HpaState, log: readonly Recommendation[]): Course {
  const { specReplicas } = observation;
  const { minReplicas, maxReplicas } = hpa;
  if (specReplicas === 0) {
    if (!wakes(hpa, state)) return shortcut("disabled", 0, log);
  } else if (specReplicas > maxReplicas) return shortcut("above-max", maxReplicas, log);
  else if (specReplicas < minReplicas) return shortcut("below-min", minReplicas, log);
  if (observation.selectorProblem !== undefined) return shortcut(observation.selectorProblem, specReplicas, log);
  return followMetrics(hpa, observation, state, log);
}

/** Whether the metrics are asked although there are no replicas: from 1.36 only if the HPA itself took the last one. */
function wakes({ settings, minReplicas, metrics }: Hpa, { scaledToZero }: HpaState): boolean {
  if (settings.wakesFromZero === "metrics") return minReplicas === 0;
  return scaledToZero && (minReplicas !== 0 || metrics.some(({ seesWithoutPods }) => seesWithoutPods));
}

function shortcut(path: Course["path"], replicas: number, log: readonly Recommendation[]): Course {
  const none = { results: [], combined: undefined, limited: undefined };
  return { path, replicas, ...none, wanted: replicas, stabilized: replicas, log };
}

function followMetrics(hpa: Hpa, observation: Observation, state: HpaState, log: readonly Recommendation[]): Course {
  const { specReplicas, readings, now } = observation;
  const results = hpa.metrics.map((metric, index) =>
    propose(metric, readings[index], observation, hpa.tolerance, hpa.settings, now),
  );
  const combined = combine(results, specReplicas);
  if (combined.replicas === undefined) return { ...shortcut("blocked", specReplicas, log), results, combined };

  const wanted = Math.max(0, combined.replicas);
  const { replicas: stabilized, log: longer } = stabilizeFor(hpa, specReplicas, wanted, log, now);
  const limited =
    hpa.behavior === undefined
      ? limitWithoutBehavior(specReplicas, stabilized, hpa)
      : limitByBehavior(specReplicas, stabilized, hpa, hpa.behavior, state, now);
  // Raised while it slept at zero, minReplicas holds at once.
  const replicas = specReplicas === 0 ? Math.max(limited.replicas, hpa.minReplicas) : limited.replicas;
  return { path: "metrics", replicas, results, combined, wanted, stabilized, limited, log: longer };
}

function stabilizeFor(hpa: Hpa, current: number, wanted: number, log: readonly Recommendation[], now: number) {
  const { behavior, settings } = hpa;
  if (behavior === undefined) return stabilizeScaleDown(wanted, settings.downscaleStabilizationSeconds, log, now);
  const windows = {
    scaleUpSeconds: behavior.scaleUp.windowSeconds,
    scaleDownSeconds: behavior.scaleDown.windowSeconds,
  };
  return stabilize(current, wanted, windows, log, now);
}
