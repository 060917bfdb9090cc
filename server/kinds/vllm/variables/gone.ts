/**
 * Variables that vLLM once read: name | first version that is known to be without | what to write now. The version is that
 * of the first vllm/envs.py that was read and lacks the name, so the last version with it may be older.
 */
export const goneVariables = `
VLLM_USE_V1 | 0.18.0 | nothing: there is no other engine
VLLM_ATTENTION_BACKEND | 0.18.0 | --attention-backend
VLLM_ALL2ALL_BACKEND | 0.18.0 | --all2all-backend
VLLM_MM_INPUT_CACHE_GIB | 0.18.0 | --mm-processor-cache-gb
VLLM_USE_TRITON_FLASH_ATTN | 0.18.0 | --attention-backend=TRITON_ATTN
VLLM_TORCH_PROFILER_DIR | 0.18.0 | "torch_profiler_dir" in --profiler-config
VLLM_TORCH_PROFILER_RECORD_SHAPES | 0.18.0 | "torch_profiler_record_shapes" in --profiler-config
VLLM_TORCH_PROFILER_WITH_PROFILE_MEMORY | 0.18.0 | "torch_profiler_with_memory" in --profiler-config
VLLM_TORCH_PROFILER_DISABLE_ASYNC_LLM | 0.18.0 | --profiler-config
VLLM_TORCH_PROFILER_WITH_STACK | 0.18.0 | "torch_profiler_with_stack" in --profiler-config
VLLM_TORCH_PROFILER_WITH_FLOPS | 0.18.0 | "torch_profiler_with_flops" in --profiler-config
VLLM_TORCH_PROFILER_USE_GZIP | 0.18.0 | "torch_profiler_use_gzip" in --profiler-config
VLLM_TORCH_PROFILER_DUMP_CUDA_TIME_TOTAL | 0.18.0 | "torch_profiler_dump_cuda_time_total" in --profiler-config
VLLM_FLASHINFER_MOE_BACKEND | 0.28.0 | --moe-backend=flashinfer_trtllm or --moe-backend=flashinfer_cutlass
VLLM_USE_FLASHINFER_MOE_FP16 | 0.28.0 | --moe-backend=flashinfer_trtllm or --moe-backend=flashinfer_cutlass
VLLM_USE_FLASHINFER_MOE_FP8 | 0.28.0 | --moe-backend=flashinfer_trtllm or --moe-backend=flashinfer_cutlass
VLLM_USE_FLASHINFER_MOE_FP4 | 0.28.0 | --moe-backend=flashinfer_trtllm or --moe-backend=flashinfer_cutlass
VLLM_ROCM_USE_AITER_FP4_ASM_GEMM | 0.29.0 | nothing
VLLM_TEST_FORCE_FP8_MARLIN | 0.29.0 | nothing
`;

/**
 * Variables that vLLM never read, and what to write instead: slips of guides. A flag that takes the variable's value
 * stands alone. Names that are a flag in capitals are found without being listed.
 */
export const foreignVariables = `
VLLM_KV_CACHE_OFFLOAD | --kv-offloading-size with GiB, the OffloadingConnector or LMCache in --kv-transfer-config
VLLM_KV_OFFLOAD_PATH | LMCache with a disk tier; --kv-offloading-size keeps KV cache in memory only
VLLM_DISAGG_MODE | --kv-transfer-config with a kv_role, and the label llm-d.ai/role on the pods
VLLM_S3_MODEL_CACHE | --load-format=runai_streamer with an s3:// model, or a claim with the weights
VLLM_USE_TRACING | --otlp-traces-endpoint for traces; metrics are always on
VLLM_ENABLE_METRICS | nothing: metrics are always on, at /metrics of the API port
VLLM_METRICS_PORT | nothing: metrics are at /metrics of the API port, --port
VLLM_MODEL_NAME | the model, first behind \`vllm serve\`
VLLM_LOG_LEVEL | VLLM_LOGGING_LEVEL
VLLM_HF_TOKEN | HF_TOKEN
`;
