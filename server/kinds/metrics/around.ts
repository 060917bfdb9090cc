import type { MetricRow } from "./metric-row.ts";

/** NVIDIA dcgm-exporter etc/default-counters.csv, 4.x. */
export const dcgmMetrics: readonly MetricRow[] = [
  [
    "DCGM_FI_DEV_GPU_UTIL",
    "gauge",
    "per cent",
    "Time in which a kernel ran. Near 100 whenever a model server works: no measure of load.",
  ],
  ["DCGM_FI_DEV_MEM_COPY_UTIL", "gauge", "per cent", "Use of the memory interface."],
  ["DCGM_FI_DEV_FB_USED", "gauge", "MiB", "Memory in use. vLLM takes its part at the start and keeps it."],
  ["DCGM_FI_DEV_FB_FREE", "gauge", "MiB", "Memory that is free."],
  ["DCGM_FI_DEV_GPU_TEMP", "gauge", "°C", "Temperature."],
  ["DCGM_FI_DEV_POWER_USAGE", "gauge", "W", "Power."],
  ["DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", "counter", "mJ", "Energy since the driver was loaded."],
  ["DCGM_FI_DEV_XID_ERRORS", "gauge", "error code", "The last XID error."],
  ["DCGM_FI_PROF_GR_ENGINE_ACTIVE", "gauge", "0 to 1", "Part of the time in which the graphics engine was active."],
  ["DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "gauge", "0 to 1", "Part of the time in which the tensor cores were active."],
  ["DCGM_FI_PROF_DRAM_ACTIVE", "gauge", "0 to 1", "Part of the time in which device memory was read or written."],
];

/** KEDA docs, "Prometheus", 2.16 and newer. */
export const kedaMetrics: readonly MetricRow[] = [
  ["keda_scaler_active", "gauge", "0 or 1", "Whether a trigger is active."],
  ["keda_scaler_metrics_value", "gauge", "as the trigger's", "What a trigger reads."],
  ["keda_scaler_metrics_latency_seconds", "gauge", "seconds", "How long a trigger took to read."],
  ["keda_scaler_detail_errors_total", "counter", "errors", "Failed reads of a trigger."],
  ["keda_scaled_object_errors_total", "counter", "errors", "Errors of a ScaledObject."],
  ["keda_scaled_object_paused", "gauge", "0 or 1", "Whether a ScaledObject is paused."],
  ["keda_trigger_registered_total", "gauge", "triggers", "Triggers, by type."],
  ["keda_internal_scale_loop_latency_seconds", "gauge", "seconds", "How late KEDA's loop is."],
];
