import type { SaturationThresholds } from "../v1/analyze.ts";

/** One entry of the saturation ConfigMap as its YAML says it; what is left out is 0, false or empty to WVA. */
export interface ScalingEntry {
  readonly modelId?: string;
  readonly namespace?: string;
  readonly kvCacheThreshold?: number;
  readonly queueLengthThreshold?: number;
  readonly kvSpareTrigger?: number;
  readonly queueSpareTrigger?: number;
  readonly enableLimiter?: boolean;
  readonly analyzerName?: string;
  readonly scaleUpThreshold?: number;
  readonly scaleDownBoundary?: number;
  readonly priority?: number;
  readonly enableRescale?: boolean;
  readonly analyzers?: readonly AnalyzerEntry[];
  readonly scaleToZero?: { readonly enabled?: boolean };
  readonly limiters?: readonly LimiterEntry[];
}

export interface AnalyzerEntry {
  readonly type?: string;
  readonly name?: string;
  readonly enabled?: boolean;
  readonly score?: number;
  readonly scaleUpThreshold?: number;
  readonly scaleDownBoundary?: number;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface LimiterEntry {
  readonly type: string;
  readonly name?: string;
  readonly scope?: string;
  readonly quotas?: Readonly<Record<string, number>>;
  readonly namespaceQuotas?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly exclude?: readonly string[];
}

/** The thresholds of the percentage-based analysis, with the zeros that WVA reads where nothing stands. */
export function thresholdsOf(entry: ScalingEntry): SaturationThresholds {
  return {
    kvCacheThreshold: entry.kvCacheThreshold ?? 0,
    queueLengthThreshold: entry.queueLengthThreshold ?? 0,
    kvSpareTrigger: entry.kvSpareTrigger ?? 0,
    queueSpareTrigger: entry.queueSpareTrigger ?? 0,
  };
}

/** Whether the token-based analysis decides: by its name, or because main finds analyzers listed. */
export function usesTokens({ analyzerName, analyzers }: ScalingEntry): boolean {
  return analyzerName === "saturation" || (analyzers !== undefined && analyzers.length > 0);
}

/** What identifies an analyzer: its type, else its name. */
export function analyzerType({ type, name }: AnalyzerEntry): string {
  return type || name || "";
}
