import type { MetricRow } from "./metric-row.ts";

/** WVA internal/constants/metrics.go, 0.4 to 0.9. */
export const wvaMetrics: readonly MetricRow[] = [
  [
    "wva_desired_replicas",
    "gauge",
    "replicas",
    "Replicas that WVA wants for a variant. A total: target AverageValue 1. There is no series before WVA has decided once.",
  ],
  ["wva_current_replicas", "gauge", "replicas", "Replicas of a variant as WVA counts them."],
  [
    "wva_desired_ratio",
    "gauge",
    "ratio",
    "Desired through current replicas; the desired replicas themselves where there are none. The only one for a target of type Value.",
  ],
  ["wva_replica_scaling_total", "counter", "decisions", "Scaling decisions, by direction and reason."],
  [
    "inferno_desired_replicas",
    "gauge",
    "replicas",
    "Replicas that WVA wants, up to 0.4.2.",
    { now: "wva_desired_replicas", gone: "0.5" },
  ],
  [
    "inferno_current_replicas",
    "gauge",
    "replicas",
    "Replicas as WVA counts them, up to 0.4.2.",
    { now: "wva_current_replicas", gone: "0.5" },
  ],
  [
    "inferno_desired_ratio",
    "gauge",
    "ratio",
    "Desired through current replicas, up to 0.4.2.",
    { now: "wva_desired_ratio", gone: "0.5" },
  ],
  [
    "inferno_replica_scaling_total",
    "counter",
    "decisions",
    "Scaling decisions, up to 0.4.2.",
    { now: "wva_replica_scaling_total", gone: "0.5" },
  ],
  ["wva_saturation_utilization", "gauge", "0 to 1", "How full a variant is. From 0.9 on."],
  ["wva_spare_capacity", "gauge", "tokens or 0 to 1", "What is free. From 0.9 on."],
  ["wva_required_capacity", "gauge", "tokens or 0 to 1", "What is missing. From 0.9 on."],
  ["wva_kv_cache_tokens_used", "gauge", "tokens", "KV cache in use. From 0.9 on."],
  ["wva_kv_cache_tokens_capacity", "gauge", "tokens", "KV cache that there is. From 0.9 on."],
  ["wva_optimization_duration_seconds", "histogram", "seconds", "How long a decision took. From 0.9 on."],
  ["wva_models_processed", "gauge", "models", "Models of the last decision. From 0.9 on."],
  ["wva_decisions_limited_total", "counter", "decisions", "Decisions that a limit cut. From 0.9 on."],
  ["wva_available_gpus", "gauge", "GPUs", "GPUs that WVA sees. From 0.9 on."],
  ["wva_errors_total", "counter", "errors", "Errors of WVA. From 0.9 on."],
  ["wva_config_info", "gauge", "1", "Settings of WVA, as labels. From 0.9 on."],
];
