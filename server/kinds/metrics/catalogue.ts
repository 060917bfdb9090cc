/** A series that autoscalers of inference stacks follow, by its name in Prometheus. */
export interface MetricFact {
  readonly name: string;
  readonly source: "vLLM" | "WVA" | "LMCache" | "llm-d router";
  readonly type: "gauge" | "counter" | "histogram";
  /** Of one sample: `requests`, `0 to 1`, `seconds`. */
  readonly unit: string;
  readonly meaning: string;
  /** What replaced it, where it is an old name. */
  readonly now?: string;
}

type Row = readonly [name: string, type: MetricFact["type"], unit: string, meaning: string, now?: string];

const facts: Readonly<Record<MetricFact["source"], readonly Row[]>> = {
  vLLM: [
    [
      "vllm:num_requests_waiting",
      "gauge",
      "requests",
      "Requests that wait in the engine's queue. With flow control in the router it rarely rises: the router holds requests back.",
    ],
    ["vllm:num_requests_running", "gauge", "requests", "Requests in the engine's current batch."],
    [
      "vllm:kv_cache_usage_perc",
      "gauge",
      "0 to 1",
      "Part of the KV cache in use. A ratio, not per cent: compare with 0.8, not 80, and never sum it over pods.",
    ],
    [
      "vllm:gpu_cache_usage_perc",
      "gauge",
      "0 to 1",
      "Part of the KV cache in use, as older engines call it.",
      "vllm:kv_cache_usage_perc",
    ],
    ["vllm:prefix_cache_queries_total", "counter", "tokens", "Tokens that were looked up in the prefix cache."],
    [
      "vllm:prefix_cache_hits_total",
      "counter",
      "tokens",
      "Tokens that the prefix cache had. Divide its rate by that of the queries for a hit rate.",
    ],
    [
      "vllm:request_queue_time_seconds",
      "histogram",
      "seconds",
      "How long requests waited before the engine took them up.",
    ],
    ["vllm:time_to_first_token_seconds", "histogram", "seconds", "From a request's arrival to its first token."],
    ["vllm:request_success_total", "counter", "requests", "Requests that were finished."],
    ["vllm:cache_config_info", "gauge", "1", "Block size and number of KV blocks, as labels."],
  ],
  WVA: [
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
    ["inferno_desired_replicas", "gauge", "replicas", "Replicas that WVA wants, up to 0.4.2.", "wva_desired_replicas"],
    [
      "inferno_current_replicas",
      "gauge",
      "replicas",
      "Replicas as WVA counts them, up to 0.4.2.",
      "wva_current_replicas",
    ],
    ["inferno_desired_ratio", "gauge", "ratio", "Desired through current replicas, up to 0.4.2.", "wva_desired_ratio"],
    [
      "inferno_replica_scaling_total",
      "counter",
      "decisions",
      "Scaling decisions, up to 0.4.2.",
      "wva_replica_scaling_total",
    ],
  ],
  "llm-d router": [
    [
      "llm_d_epp_flow_control_queue_size",
      "gauge",
      "requests",
      "Requests that the router holds back. It also counts while there are no pods, so that it can scale from zero.",
    ],
    [
      "llm_d_epp_flow_control_pool_saturation",
      "gauge",
      "about 0 to 1",
      "How full the pool is on average. A ratio: it needs a target of type Value.",
    ],
    [
      "llm_d_epp_average_queue_size",
      "gauge",
      "requests",
      "Waiting requests of a pod on average. Already a mean: it needs a target of type Value.",
    ],
    [
      "llm_d_epp_average_kv_cache_utilization",
      "gauge",
      "0 to 1",
      "KV cache in use on average over the pool. Already a mean: it needs a target of type Value.",
    ],
    [
      "llm_d_epp_request_running",
      "gauge",
      "requests",
      "Requests that the router has passed on and that are not finished.",
    ],
    ["llm_d_epp_inflight_tokens", "gauge", "tokens", "Tokens of the requests in flight."],
    [
      "inference_extension_flow_control_queue_size",
      "gauge",
      "requests",
      "Requests that the router holds back, by its older name.",
      "llm_d_epp_flow_control_queue_size",
    ],
  ],
  LMCache: [
    ["lmcache:num_requested_tokens_total", "counter", "tokens", "Tokens that were asked of the cache."],
    ["lmcache:num_hit_tokens_total", "counter", "tokens", "Tokens that the cache had."],
    ["lmcache:num_lookup_tokens_total", "counter", "tokens", "Tokens of the scheduler's lookups."],
    ["lmcache:num_stored_tokens_total", "counter", "tokens", "Tokens that were put into the cache."],
    ["lmcache:retrieve_hit_rate", "gauge", "0 to 1", "Part of the requested tokens that were found."],
    ["lmcache:lookup_hit_rate", "gauge", "0 to 1", "Part of the looked up tokens that were found."],
    ["lmcache:time_to_retrieve", "histogram", "seconds", "How long it took to load from the cache."],
    ["lmcache:time_to_store", "histogram", "seconds", "How long it took to put into the cache."],
    ["lmcache:local_cache_usage", "gauge", "bytes", "Host memory that holds cached data."],
    ["lmcache:local_storage_usage", "gauge", "bytes", "Local disk that holds cached data."],
    ["lmcache:remote_cache_usage", "gauge", "bytes", "Remote storage that holds cached data."],
    ["lmcache:local_cpu_evict_count_total", "counter", "evictions", "Evictions from host memory."],
    ["lmcache:kv_msg_queue_size", "gauge", "messages", "Messages to the controller that wait."],
    ["lmcache:remote_put_task_num", "gauge", "tasks", "Writes to remote storage under way."],
    ["lmcache:lmcache_is_healthy", "gauge", "0 or 1", "Whether the cache works; at 0 the engine goes on without it."],
    ["lmcache_mp_lookup_requested_tokens_total", "counter", "tokens", "Tokens that were looked up in a cache server."],
    ["lmcache_mp_lookup_hit_tokens_total", "counter", "tokens", "Tokens that a cache server had."],
    ["lmcache_mp_lookup_hit_l1_tokens_total", "counter", "tokens", "Tokens that a cache server had in memory."],
  ],
};

export const metrics: readonly MetricFact[] = (Object.keys(facts) as MetricFact["source"][]).flatMap((source) =>
  facts[source].map(([name, type, unit, meaning, now]) => ({
    name,
    source,
    type,
    unit,
    meaning,
    ...(now !== undefined && { now }),
  })),
);

/** As adapters publish it to the metrics API: names there hold no colon. */
export function adapterName(name: string): string {
  return name.replaceAll(":", "_");
}

const known = new Map(
  metrics.flatMap((metric) => [metric.name, adapterName(metric.name)].map((name) => [name, metric])),
);

/** What a name means, in either spelling; of a histogram also its parts. */
export function metricNamed(name: string): MetricFact | undefined {
  return known.get(name) ?? known.get(name.replace(/_(?:bucket|sum|count)$/, ""));
}
