import type { Named } from "../decision/decision.ts";
import { type FilledBehavior, fillBehavior } from "./behavior.ts";
import { type ControllerSettings, controllerDefaults } from "./controller.ts";
import { type Metric, metricOf } from "./metric/metric.ts";
import type { Behavior, HpaSpec } from "./spec.ts";
import { type Tolerance, toleranceOf } from "./tolerance.ts";

/** An HPA made ready for many syncs: what follows from its spec alone is looked up once. */
export interface Hpa {
  /** What its decisions are about: the name of the scale target. */
  readonly subject: string;
  readonly spec: HpaSpec;
  readonly settings: ControllerSettings;
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly metrics: readonly Metric[];
  /** Absent: the legacy limiter. */
  readonly behavior: FilledBehavior | undefined;
  readonly tolerance: Tolerance;
  /** The ratios at which the tolerance ends, as decisions name them. */
  readonly edges: { readonly up: Named; readonly down: Named };
}

export function hpaOf(subject: string, spec: HpaSpec, settings: Partial<ControllerSettings> = {}): Hpa {
  const all = { ...controllerDefaults, ...settings };
  const tolerance = toleranceOf(spec.behavior, all);
  return {
    subject,
    spec,
    settings: all,
    minReplicas: spec.minReplicas ?? 1,
    maxReplicas: spec.maxReplicas,
    metrics: spec.metrics.map(metricOf),
    behavior: spec.behavior === undefined ? undefined : fillBehavior(spec.behavior, all),
    tolerance,
    edges: {
      up: { name: `1 + ${toleranceName(spec.behavior, "scaleUp", all)}`, value: 1 + tolerance.up },
      down: { name: `1 - ${toleranceName(spec.behavior, "scaleDown", all)}`, value: 1 - tolerance.down },
    },
  };
}

function toleranceName(
  behavior: Behavior | undefined,
  direction: "scaleUp" | "scaleDown",
  { configurableTolerance }: ControllerSettings,
): string {
  const own = configurableTolerance && behavior?.[direction]?.tolerance !== undefined;
  return own ? `${direction}.tolerance` : "tolerance";
}
