import { share } from "../../../server/engine/units.ts";
import { enforceZero } from "../../../server/engine/wva/enforce.ts";
import {
  analyzeSaturation,
  type SaturationAnalysis,
  type SaturationThresholds,
} from "../../../server/engine/wva/v1/analyze.ts";
import { arbitrate } from "../../../server/engine/wva/v1/arbitrate.ts";
import { collectReplicas } from "../../../server/engine/wva/v1/collect.ts";
import { runSaturation } from "../../../server/engine/wva/v1/cycle.ts";
import { saturationTargets } from "../../../server/engine/wva/v1/targets.ts";
import { actionOf, type VariantState } from "../../../server/engine/wva/variant.ts";
import type { Adapter } from "../adapter.ts";
import { fieldsOf, forEachProfile } from "./match.ts";

interface Replica {
  readonly variant: string;
  readonly pod: string;
  readonly kv: number;
  readonly queue: number;
  readonly cost?: number;
}

interface Signals {
  readonly shouldScaleUp: boolean;
  readonly scaleDownSafe: boolean;
  readonly variants: readonly { readonly variant: string; readonly cost: number; readonly metricsCount: number }[];
}

interface Observed {
  readonly config: SaturationThresholds;
  readonly replicas: readonly Replica[];
}

interface Stated {
  readonly variantStates: readonly VariantState[];
}

export const saturationAdapters: ReadonlyMap<string, Adapter> = new Map([
  [
    "v1-analyze",
    forEachProfile<Observed>(({ config, replicas }, profile) =>
      analysisFields(analyzeSaturation(config, replicas.map(load), profile)),
    ),
  ],
  [
    "v1-collect",
    forEachProfile<{
      readonly raw: readonly (Omit<Replica, "kv" | "queue"> & { kv: number | null; queue: number | null })[];
    }>(({ raw }) => ({
      replicas: collectReplicas(
        raw.map(({ variant, pod, kv, queue }) => ({ variant, pod, kvUsage: kv, queueLength: queue, cost: 0 })),
      ).map(({ variant, pod, kvUsage, queueLength }) => ({ variant, pod, kv: kvUsage, queue: queueLength })),
    })),
  ],
  [
    "v1-targets",
    forEachProfile<Stated & { readonly analysis: Signals | null }>(({ analysis, variantStates }, profile) => {
      const signals = analysis && {
        ...analysis,
        variants: analysis.variants.map(({ metricsCount, ...one }) => ({ ...one, reporting: metricsCount })),
      };
      return { targets: fieldsOf(saturationTargets(signals, variantStates, profile).targets) };
    }),
  ],
  [
    "v1-cycle",
    forEachProfile<Observed & Stated>(({ config, replicas, variantStates }, profile) => {
      const cycle = { thresholds: config, replicas: replicas.map(load), states: variantStates, profile };
      const { analysis, choice } = runSaturation(cycle);
      const actions = actionsOf(choice.targets, variantStates);
      return { ...analysisFields(analysis), targets: fieldsOf(choice.targets), actions };
    }),
  ],
  [
    "decision-action",
    forEachProfile<Stated & { readonly targets: Record<string, number> }>(({ targets, variantStates }) => {
      const actions = actionsOf(new Map(Object.entries(targets)), variantStates);
      return { actions, count: Object.keys(actions).length };
    }),
  ],
  [
    "v04-arbitrate",
    forEachProfile<{ readonly input: Omit<Signals, "variants"> & ArbitrationFields }>(({ input }) => {
      const { analysisPresent, scaleDownSafe, saturationTarget, modelTarget, current } = input;
      const asked = { variant: "v", current, saturationTarget, modelTarget };
      const arbitrated = arbitrate({ ...asked, scaleDownSafe: analysisPresent ? scaleDownSafe : null });
      return { ...arbitrated, override: arbitrated.safetyOverride };
    }),
  ],
  [
    "enforce",
    forEachProfile<EnforceFields>(({ scaleToZeroEnabled, requestCount, targets, costs }, profile) => {
      const policy = { scaleToZero: scaleToZeroEnabled, requestCount, costs: new Map(Object.entries(costs)), profile };
      const enforced = enforceZero(new Map(Object.entries(targets)), policy);
      const applied = enforced.law === "idle" || enforced.law === "minimum-one";
      return { targets: fieldsOf(enforced.targets), applied };
    }),
  ],
]);

interface ArbitrationFields {
  readonly analysisPresent: boolean;
  readonly saturationTarget: number;
  readonly modelTarget: number;
  readonly current: number;
}

interface EnforceFields {
  readonly scaleToZeroEnabled: boolean;
  readonly requestCount: number | null;
  readonly targets: Record<string, number>;
  readonly costs: Record<string, number>;
}

function load({ variant, pod, kv, queue, cost = 0 }: Replica) {
  return { variant, pod, kvUsage: share(kv), queueLength: queue, cost };
}

function analysisFields({ replicas, nonSaturated, variants, ...rest }: SaturationAnalysis) {
  return {
    ...rest,
    totalReplicas: replicas,
    nonSaturatedCount: nonSaturated,
    variantCount: variants.length,
    perVariant: Object.fromEntries(
      variants.map(({ variant, reporting, nonSaturated: free, maxQueueLength, ...one }) => [
        variant,
        {
          avgSpareKv: one.avgSpareKv,
          avgSpareQueue: one.avgSpareQueue,
          maxKvUsage: one.maxKvUsage,
          avgKvUsage: one.avgKvUsage,
          saturatedPods: one.saturatedPods,
          saturatedCount: one.saturatedPods.length,
          cost: one.cost,
          metricsCount: reporting,
          nonSaturatedCount: free,
          maxQueue: maxQueueLength,
          maxQueueLength,
        },
      ]),
    ),
  };
}

function actionsOf(targets: ReadonlyMap<string, number>, states: readonly VariantState[]) {
  const currentOf = new Map(states.map(({ variant, current }) => [variant, current]));
  return Object.fromEntries(
    [...targets].map(([variant, target]) => [variant, actionOf(target, currentOf.get(variant) ?? 0)]),
  );
}
