import { type WvaProfile, wvaProfiles } from "../profiles.ts";
import type { ReplicaLoad } from "../variant.ts";

/** The four numbers of a saturation entry; what YAML leaves out is 0. */
export interface SaturationThresholds {
  readonly kvCacheThreshold: number;
  readonly queueLengthThreshold: number;
  readonly kvSpareTrigger: number;
  readonly queueSpareTrigger: number;
}

export interface VariantSaturation {
  readonly variant: string;
  /** Of its first replica. */
  readonly cost: number;
  readonly reporting: number;
  readonly nonSaturated: number;
  /** Over its replicas that are not saturated; 0 when all are. */
  readonly avgSpareKv: number;
  readonly avgSpareQueue: number;
  readonly maxKvUsage: number;
  readonly maxQueueLength: number;
  /** Over all its replicas. */
  readonly avgKvUsage: number;
  readonly saturatedPods: readonly string[];
}

export interface SaturationAnalysis {
  readonly replicas: number;
  readonly nonSaturated: number;
  readonly avgSpareKv: number;
  readonly avgSpareQueue: number;
  readonly trigger: "both" | "kv" | "queue" | "none";
  readonly shouldScaleUp: boolean;
  readonly scaleDownSafe: boolean;
  /** What would be spare with one replica less; undefined with fewer than two that are not saturated. */
  readonly spareAfterRemoval: { readonly kv: number; readonly queue: number } | undefined;
  readonly variants: readonly VariantSaturation[];
}

/** A removal is thinkable from here on (internal/saturation/constants.go). */
export const leastNonSaturated = 2;

const nothing: SaturationAnalysis = {
  replicas: 0,
  nonSaturated: 0,
  avgSpareKv: 0,
  avgSpareQueue: 0,
  trigger: "none",
  shouldScaleUp: false,
  scaleDownSafe: false,
  spareAfterRemoval: undefined,
  variants: [],
};

/** WVA's percentage-based analysis of all replicas of one model. */
export function analyzeSaturation(
  thresholds: SaturationThresholds,
  replicas: readonly ReplicaLoad[],
  profile: WvaProfile,
): SaturationAnalysis {
  if (replicas.length === 0) return nothing;
  const variants = tallies(thresholds, replicas);
  let nonSaturated = 0;
  let spareKv = 0;
  let spareQueue = 0;
  for (const tally of variants) {
    tally.average();
    nonSaturated += tally.nonSaturated;
    spareKv += tally.avgSpareKv * tally.nonSaturated;
    spareQueue += tally.avgSpareQueue * tally.nonSaturated;
  }
  const avgSpareKv = nonSaturated > 0 ? spareKv / nonSaturated : 0;
  const avgSpareQueue = nonSaturated > 0 ? spareQueue / nonSaturated : 0;
  const trigger = triggerOf(thresholds, avgSpareKv, avgSpareQueue);
  const after =
    wvaProfiles[profile].removalLoad === "sum"
      ? afterRemovalOfSum(thresholds, replicas, nonSaturated)
      : afterRemovalOfMean(thresholds, nonSaturated, avgSpareKv, avgSpareQueue);
  return {
    replicas: replicas.length,
    nonSaturated,
    avgSpareKv,
    avgSpareQueue,
    trigger,
    shouldScaleUp: trigger !== "none",
    scaleDownSafe:
      after !== undefined && after.kv >= thresholds.kvSpareTrigger && after.queue >= thresholds.queueSpareTrigger,
    spareAfterRemoval: after,
    variants,
  };
}

export function isSaturated(thresholds: SaturationThresholds, kvUsage: number, queueLength: number): boolean {
  return kvUsage >= thresholds.kvCacheThreshold || queueLength >= thresholds.queueLengthThreshold;
}

/** Strict: a spare equal to its trigger does not scale up. */
function triggerOf({ kvSpareTrigger, queueSpareTrigger }: SaturationThresholds, spareKv: number, spareQueue: number) {
  const kv = spareKv < kvSpareTrigger;
  const queue = spareQueue < queueSpareTrigger;
  if (kv && queue) return "both";
  if (kv) return "kv";
  return queue ? "queue" : "none";
}

/** The load of the replicas that are not saturated, spread over one less. Saturated ones take no part. */
function afterRemovalOfMean(
  { kvCacheThreshold, queueLengthThreshold }: SaturationThresholds,
  nonSaturated: number,
  avgSpareKv: number,
  avgSpareQueue: number,
): SaturationAnalysis["spareAfterRemoval"] {
  if (nonSaturated < leastNonSaturated) return undefined;
  const growth = nonSaturated / (nonSaturated - 1);
  return {
    kv: kvCacheThreshold - (kvCacheThreshold - avgSpareKv) * growth,
    queue: queueLengthThreshold - (queueLengthThreshold - avgSpareQueue) * growth,
  };
}

/** The same law as v0.4 computed it. */
function afterRemovalOfSum(
  thresholds: SaturationThresholds,
  replicas: readonly ReplicaLoad[],
  nonSaturated: number,
): SaturationAnalysis["spareAfterRemoval"] {
  if (nonSaturated < leastNonSaturated) return undefined;
  let kv = 0;
  let queue = 0;
  for (const { kvUsage, queueLength } of replicas) {
    if (isSaturated(thresholds, kvUsage, queueLength)) continue;
    kv += kvUsage;
    queue += queueLength;
  }
  const { kvCacheThreshold, queueLengthThreshold } = thresholds;
  const remaining = nonSaturated - 1;
  return { kv: kvCacheThreshold - kv / remaining, queue: queueLengthThreshold - queue / remaining };
}

/** Sums of one variant while its replicas are read, in the order in which upstream adds them. */
class Tally implements VariantSaturation {
  readonly variant: string;
  readonly cost: number;
  reporting = 0;
  nonSaturated = 0;
  avgSpareKv = 0;
  avgSpareQueue = 0;
  maxKvUsage = 0;
  maxQueueLength = 0;
  avgKvUsage = 0;
  readonly saturatedPods: string[] = [];

  constructor(variant: string, cost: number) {
    this.variant = variant;
    this.cost = cost;
  }

  add({ kvUsage, queueLength, pod }: ReplicaLoad, thresholds: SaturationThresholds): void {
    this.reporting += 1;
    this.avgKvUsage += kvUsage;
    if (kvUsage > this.maxKvUsage) this.maxKvUsage = kvUsage;
    if (queueLength > this.maxQueueLength) this.maxQueueLength = queueLength;
    if (isSaturated(thresholds, kvUsage, queueLength)) {
      this.saturatedPods.push(pod);
      return;
    }
    this.nonSaturated += 1;
    this.avgSpareKv += thresholds.kvCacheThreshold - kvUsage;
    this.avgSpareQueue += thresholds.queueLengthThreshold - queueLength;
  }

  /** The sums become means, once all replicas are in. */
  average(): void {
    this.avgKvUsage /= this.reporting;
    if (this.nonSaturated === 0) return;
    this.avgSpareKv /= this.nonSaturated;
    this.avgSpareQueue /= this.nonSaturated;
  }
}

/** One tally a variant, in the order of first appearance. Replicas of a variant mostly come in a row. */
function tallies(thresholds: SaturationThresholds, replicas: readonly ReplicaLoad[]): Tally[] {
  const all: Tally[] = [];
  const byVariant = new Map<string, Tally>();
  let tally: Tally | undefined;
  for (const replica of replicas) {
    if (tally === undefined || tally.variant !== replica.variant) {
      tally = byVariant.get(replica.variant);
      if (tally === undefined) {
        tally = new Tally(replica.variant, replica.cost);
        byVariant.set(replica.variant, tally);
        all.push(tally);
      }
    }
    tally.add(replica, thresholds);
  }
  return all;
}
