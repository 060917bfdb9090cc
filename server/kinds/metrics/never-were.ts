/**
 * Names that guides print and that no product ever had, with what measures the same; for some there is nothing.
 * LMCache's stand for its in-process mode; its servers call theirs lmcache_mp_….
 */
export const neverWere: ReadonlyMap<string, string | undefined> = new Map([
  ["lmcache_cache_hits_total", "lmcache:num_hit_tokens_total"],
  ["lmcache_cache_lookups_total", "lmcache:num_requested_tokens_total"],
  ["lmcache_cache_misses_total", undefined],
  ["lmcache_storage_usage_bytes", "lmcache:local_cache_usage"],
  ["lmcache_async_queue_size", "lmcache:remote_put_task_num"],
  ["lmcache_health_status", "lmcache:lmcache_is_healthy"],
  ["vllm_cache_hit_total", "vllm:prefix_cache_hits_total"],
  ["vllm_cache_lookup_total", "vllm:prefix_cache_queries_total"],
  ["vllm_kv_cache_utilization", "vllm:kv_cache_usage_perc"],
  ["vllm_kv_cache_hit_rate", undefined],
  ["vllm_queue_depth", "vllm:num_requests_waiting"],
  ["vllm_queue_wait_seconds", "vllm:request_queue_time_seconds"],
  ["vllm_ttft_seconds", "vllm:time_to_first_token_seconds"],
  ["vllm:ttft_seconds", "vllm:time_to_first_token_seconds"],
  ["vllm_tokens_total", "vllm:generation_tokens_total"],
  ["wva_optimization_timestamp", undefined],
  ["wva_optimization_success_total", undefined],
  ["wva_variant_cost_info", undefined],
]);
