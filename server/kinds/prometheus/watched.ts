import type { RuleFileView } from "./rule-file.ts";

/** What tells first that a model server is in trouble. */
export const watchedSignals = ["kv-cache", "queue", "first-token", "replicas"] as const;
export type WatchedSignal = (typeof watchedSignals)[number];

const readBy: Readonly<Record<WatchedSignal, RegExp>> = {
  "kv-cache": /\bvllm:(?:kv|gpu)_cache_usage_perc\b|\bllm_d_epp_flow_control_pool_saturation\b/,
  queue: /\bvllm:num_requests_waiting\b|\bllm_d_epp_flow_control_queue_size\b/,
  "first-token": /\bvllm:time_to_first_token_seconds/,
  replicas: /\bwva_(?:desired|current)_replicas\b|\bwva_desired_ratio\b/,
};

/** The name under which the graph finds what watches a signal, in an alert or in what is recorded for one. */
export function watchKey(signal: WatchedSignal): string {
  return `watch/${signal}`;
}

export function watchKeys({ rules }: RuleFileView): string[] {
  return watchedSignals
    .filter((signal) => rules.some(({ expr }) => readBy[signal].test(expr?.value ?? "")))
    .map(watchKey);
}
