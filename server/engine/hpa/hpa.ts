import { type FilledBehavior, fillBehavior } from "./behavior.ts";
import { type ControllerSettings, controllerDefaults } from "./controller.ts";
import { type Metric, metricOf } from "./metric/metric.ts";
import type { HpaSpec } from "./spec.ts";
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
}

export function hpaOf(subject: string, spec: HpaSpec, settings: Partial<ControllerSettings> = {}): Hpa {
  const all = { ...controllerDefaults, ...settings };
  return {
    subject,
    spec,
    settings: all,
    minReplicas: spec.minReplicas ?? 1,
    maxReplicas: spec.maxReplicas,
    metrics: spec.metrics.map(metricOf),
    behavior: spec.behavior === undefined ? undefined : fillBehavior(spec.behavior, all),
    tolerance: toleranceOf(spec.behavior, all),
  };
}
