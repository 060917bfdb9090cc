/**
 * What changes with vLLM's version in the memory it leaves for the KV cache. Measured: llm-d-planner PR 205
 * (https://github.com/llm-d-incubation/llm-d-planner/pull/205, vLLM 0.15 to 0.19 on H100); the laws over those rows are
 * this project's own.
 */

/** Numbers of a release: `[0, 19, 1]`. */
export type VllmVersion = readonly number[];

/** The newest release these laws were held against. */
export const newestVllm: VllmVersion = [0, 30];

export function parseVllmVersion(text: string): VllmVersion | undefined {
  const numbers = /^v?(\d{1,4}(?:\.\d{1,4}){1,3})(?:[-+.]?[a-z].*)?$/.exec(text.trim())?.[1];
  return numbers?.split(".").map(Number);
}

/** 0.x or later. */
function since([major = 0, minor = 0]: VllmVersion, wanted: number): boolean {
  return major > 0 || minor >= wanted;
}

/**
 * The share of the GPU that vLLM takes when nobody says: 0.90, and 0.92 since vllm PR 38284 of April 2026. Which of the
 * releases of that month was the first to have it is not known.
 */
export function usualUtilization(version: VllmVersion): { readonly share: number; readonly sure: boolean } {
  return since(version, 20) ? { share: 0.92, sure: since(version, 21) } : { share: 0.9, sure: !since(version, 19) };
}

/** Requests and tokens of a step when nobody says, for the API server (vllm/engine/arg_utils.py, `get_batch_defaults`). */
export function usualBatch(
  physicalGib: number,
  isA100: boolean,
): { readonly maxNumSeqs: number; readonly maxBatchedTokens: number } {
  return physicalGib >= 70 && !isA100
    ? { maxNumSeqs: 1024, maxBatchedTokens: 8192 }
    : { maxNumSeqs: 256, maxBatchedTokens: 2048 };
}

/** A measured figure is within `error` of the law, both in GiB. */
export interface Estimate {
  readonly gib: number;
  readonly error: number;
}

export interface ActivationRequest {
  readonly version: VllmVersion;
  /** Absent: not known. */
  readonly vocabulary?: number;
  readonly maxNumSeqs: number;
  readonly pipeline: number;
  readonly multimodal: boolean;
  readonly mixture: boolean;
}

/**
 * The peak of activations in vLLM's profile run: mostly the sampler, which holds `max_num_seqs x vocabulary` numbers in
 * float32 several times. Since 0.17 about 3.5 times, before 9.7 times (4 for models that take images).
 */
export function activation({
  version,
  vocabulary,
  maxNumSeqs,
  pipeline,
  multimodal,
  mixture,
}: ActivationRequest): Estimate {
  const copies = since(version, 17) ? 3.5 : multimodal ? 4 : 9.7;
  const gibOf = (words: number) => (copies * words * maxNumSeqs * 4) / 2 ** 30 + 0.32;
  // A vocabulary that is not known lies between those of Llama 2 and of Gemma.
  const [least, most] = vocabulary === undefined ? [32_000, 262_144] : [vocabulary, vocabulary];
  // Only the last stage samples; the fullest stage has about half of the rest.
  const part = pipeline > 1 ? 0.5 : 1;
  const gib = ((gibOf(least) + gibOf(most)) / 2) * part;
  return { gib, error: ((gibOf(most) - gibOf(least)) / 2) * part + (mixture ? 0.5 : 0.46) };
}

/** What is taken outside PyTorch: the CUDA context, and NCCL's buffers between ranks. */
export function nonTorch(version: VllmVersion, tensor: number, pipeline: number): Estimate {
  if (!since(version, 18)) return tensor > 1 ? { gib: 0.55, error: 0.1 } : { gib: 0.13, error: 0.05 };
  if (tensor > 1) return { gib: 2.1, error: 0.1 };
  return pipeline > 1 ? { gib: 0.07, error: 0.05 } : { gib: 0.25, error: 0.05 };
}

/**
 * Since 0.21 the memory of CUDA graphs is estimated at the start and taken off (VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS);
 * before, they were allocated besides. No law is known: logs have 0.36 and 0.48 GiB, and up to 1 GiB more.
 */
export function cudaGraphs(version: VllmVersion): Estimate {
  return since(version, 21) ? { gib: 0.5, error: 1 } : { gib: 0, error: 0 };
}

/** How `GPU KV cache size` counts (kv_cache_utils.py). */
export function logStyle(version: VllmVersion): "shared" | "concurrency" {
  return since(version, 21) ? "concurrency" : "shared";
}

/** States of linear layers at block boundaries, since prefixes of such models are cached. */
export function usualStateMode(version: VllmVersion): "none" | "align" {
  return since(version, 21) ? "align" : "none";
}
