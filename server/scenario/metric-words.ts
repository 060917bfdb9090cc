import type { PodMeasure, RouterMeasure } from "../engine/simulation/signal.ts";

/** What a series says, in the engine's words. */
export type Meaning = PodMeasure["of"] | RouterMeasure["of"] | "desired-replicas" | "desired-ratio";

/**
 * Series by their names. vLLM: docs/design/metrics; WVA: docs of its metrics, `inferno_` before 0.4; routers: metrics of llm-d-router
 * and of the Gateway API Inference Extension before it.
 */
const meanings: ReadonlyMap<string, Meaning> = new Map([
  ["vllm:num_requests_running", "running"],
  ["vllm:num_requests_waiting", "waiting"],
  ["vllm:kv_cache_usage_perc", "kv-usage"],
  ["vllm:gpu_cache_usage_perc", "kv-usage"],
  ["vllm:request_success_total", "finished-rate"],
  ["vllm:prompt_tokens_total", "prompt-token-rate"],
  ["vllm:generation_tokens_total", "output-token-rate"],
  ["wva_desired_replicas", "desired-replicas"],
  ["inferno_desired_replicas", "desired-replicas"],
  ["wva_desired_ratio", "desired-ratio"],
  ["inferno_desired_ratio", "desired-ratio"],
  ["llm_d_epp_flow_control_queue_size", "held"],
  ["inference_extension_flow_control_queue_size", "held"],
  ["llm_d_epp_flow_control_pool_saturation", "saturation"],
  ["inference_extension_flow_control_pool_saturation", "saturation"],
  ["llm_d_epp_request_running", "router-running"],
  ["inference_objective_running_requests", "router-running"],
  ["llm_d_epp_request_total", "arrival-rate"],
  ["inference_objective_request_total", "arrival-rate"],
]);

/** Adapters write `_` for `:`. */
export function meaningOf(name: string): Meaning | undefined {
  return meanings.get(name) ?? meanings.get(name.replace(/^vllm_/, "vllm:"));
}

/** Counters, which say something only as a rate. */
export function isRate(meaning: Meaning): boolean {
  return meaning.endsWith("-rate");
}
