/**
 * Flags that vLLM once had: name | type | seen from-to, and the first version without, where a release tells it | what to
 * write now. A replacement of one flag that takes the same value stands alone.
 */
export const goneFlags = `
--worker-use-ray | switch | z-z | --distributed-executor-backend=ray
--engine-use-ray | switch | z-z | nothing: the engine has a process of its own
--quantization-param-path | text | z-z | nothing: scales come with the model
--max-context-len-to-capture | int | z-z | --max-cudagraph-capture-size, which counts requests
--intial-incremental-detokenization-offset | int | a-a | nothing
--tokenizer-pool-size | int | a-c | nothing
--tokenizer-pool-type | text | a-c | nothing
--tokenizer-pool-extra-config | text | a-c | nothing
--use-v2-block-manager | switch | a-c | nothing: there is no other
--device | text | a-c | nothing: the device is found out
--enable-prompt-adapter | bool | a-d | --enable-lora with adapters
--max-prompt-adapters | int | a-c | --max-loras with adapters
--max-prompt-adapter-token | int | a-c | nothing
--prompt-adapters | list | c-c server | --lora-modules with adapters
--long-lora-scaling-factors | list | a-c | nothing
--enable-lora-bias | bool | a-d | nothing
--lora-extra-vocab-size | int | a-e | nothing
--qlora-adapter-name-or-path | text | a-c | nothing
--speculative-model | text | a-a | --speculative-config '{"model": "…", "num_speculative_tokens": …}'
--speculative-model-quantization | text | a-a | "quantization" in --speculative-config
--num-speculative-tokens | int | a-a | "num_speculative_tokens" in --speculative-config
--speculative-disable-mqa-scorer | switch | a-a | nothing
--speculative-draft-tensor-parallel-size -spec-draft-tp | int | a-a | "draft_tensor_parallel_size" in --speculative-config
--speculative-max-model-len | int | a-a | "max_model_len" in --speculative-config
--speculative-disable-by-batch-size | int | a-a | "disable_by_batch_size" in --speculative-config
--ngram-prompt-lookup-max | int | a-a | "prompt_lookup_max" in --speculative-config
--ngram-prompt-lookup-min | int | a-a | "prompt_lookup_min" in --speculative-config
--spec-decoding-acceptance-method | text | a-a | nothing
--typical-acceptance-sampler-posterior-threshold | float | a-a | nothing
--typical-acceptance-sampler-posterior-alpha | float | a-a | nothing
--disable-logprobs-during-spec-decoding | bool | a-a | nothing
--enable-reasoning | bool | b-c | --reasoning-parser, which switches it on
--guided-decoding-backend | text | a-e | "backend" in --structured-outputs-config
--guided-decoding-disable-fallback | bool | c-e | "disable_fallback" in --structured-outputs-config
--guided-decoding-disable-any-whitespace | bool | c-e | "disable_any_whitespace" in --structured-outputs-config
--guided-decoding-disable-additional-properties | bool | c-e | "disable_additional_properties" in --structured-outputs-config
--task | text | a-e | --runner pooling and --convert embed, classify or reward
--rope-scaling | json | a-e | "rope_parameters" in --hf-overrides
--rope-theta | float | a-e | "rope_theta" in --hf-overrides
--max-seq-len-to-capture | int | a-d | --max-cudagraph-capture-size, which counts requests
--cuda-graph-sizes | ints | c-e | --cudagraph-capture-sizes
--disable-async-output-proc | switch | a-d | nothing
--override-neuron-config | json | a-d | --additional-config
--override-pooler-config | json | a-e | --pooler-config
--logits-processor-pattern | text | a-f | --logits-processors with the names of classes
--override-attention-dtype | text | d-h | nothing
--scheduler-delay-factor | float | a-d | nothing
--preemption-mode | text | a-d | nothing: a preempted request is computed again
--num-scheduler-steps | int | a-d | --async-scheduling, which is on by default
--multi-step-stream-outputs | bool | a-d | --stream-interval
--num-lookahead-slots | int | a-e | "num_speculative_tokens" in --speculative-config
--max-num-partial-prefills | int >=1 | b-h 0.27.0 | nothing: it did nothing in the V1 engine
--max-long-partial-prefills | int >=1 | b-h 0.27.0 | nothing: it did nothing in the V1 engine
--swap-space | float >=0 | a-f 0.18.0 | nothing: it did nothing in the V1 engine; --kv-offloading-size keeps KV cache in memory
--calculate-kv-scales | bool | a-h | nothing: scales come with the model
--num-redundant-experts | int | d-e | "num_redundant_experts" in --eplb-config
--eplb-window-size | int | d-e | "window_size" in --eplb-config
--eplb-step-interval | int | d-e | "step_interval" in --eplb-config
--eplb-log-balancedness | bool | d-e | "log_balancedness" in --eplb-config
--enable-multimodal-encoder-data-parallel | bool | d-e | --mm-encoder-tp-mode=data
--disable-mm-preprocessor-cache | bool | a-e | --mm-processor-cache-gb=0
--disable-log-requests | bool | a-e server | nothing: requests are not logged, unless --enable-log-requests
--disable-frontend-multiprocessing | bool | c-e server | nothing
--enable-mamba-fine-grained-prefix-cache | bool | k-k 0.31.0 | --enable-mamba-shared-prefix-checkpoint
`;

/**
 * What vLLM never had, and what to write instead: slips of guides, and flags of other engines. Three forms: a flag that
 * takes the same value, words, or \`nothing\` for what can be deleted.
 */
export const foreignFlags = `
--enable-prometheus | nothing: metrics are always on, at /metrics of the API port
--enable-metrics | nothing: metrics are always on, at /metrics of the API port
--metrics-port | nothing: metrics are at /metrics of the API port, --port
--prometheus-port | nothing: metrics are at /metrics of the API port, --port
--metrics-host | nothing: metrics are at /metrics of the API port, --port
--enable-tracing | --otlp-traces-endpoint with the address of a collector
--enable-chunked-context | --enable-chunked-prefill
--kv-cache-free-gpu-mem-fraction | --gpu-memory-utilization
--max-batch-size | --max-num-seqs
--max-seq-len | --max-model-len
--max-model-length | --max-model-len
--max-context-len | --max-model-len
--max-context-length | --max-model-len
--max-sequence-length | --max-model-len
--max-num-sequences | --max-num-seqs
--batch-size | --max-num-seqs
--gpu-memory-fraction | --gpu-memory-utilization
--tensor-parallel | --tensor-parallel-size
--num-gpus | --tensor-parallel-size
--kv-cache-type | --kv-cache-dtype
--prefix-caching | --enable-prefix-caching
--enable-prefix-cache | --enable-prefix-caching
--enable-lmcache | --kv-transfer-config with LMCacheConnectorV1
--tp-size | --tensor-parallel-size
--pp-size | --pipeline-parallel-size
--dp-size | --data-parallel-size
--model-path | --model
--tokenizer-path | --tokenizer
--context-length | --max-model-len
--mem-fraction-static | --gpu-memory-utilization, which covers weights and KV cache
--max-running-requests | --max-num-seqs
--chunked-prefill-size | --max-num-batched-tokens
--disable-radix-cache | --no-enable-prefix-caching
--schedule-policy | --scheduling-policy
--model-id | --model
--num-shard | --tensor-parallel-size
--quantize | --quantization
--max-total-tokens | --max-model-len
--max-input-length | --max-model-len
--max-input-tokens | --max-model-len
--max-batch-prefill-tokens | --max-num-batched-tokens
--max-concurrent-requests | --max-num-seqs
--ctx-size | --max-model-len
--disagg-mode | --kv-transfer-config with a kv_role
--kv-cache-offload | --kv-offloading-size in GiB
`;
