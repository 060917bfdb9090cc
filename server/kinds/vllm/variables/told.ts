/**
 * Environment variables that people set for vLLM: name | default | about. Those of vLLM itself are in vllm/envs.py; the
 * others belong to libraries that it loads.
 */
export const toldVariables = `
VLLM_HOST_IP | found out | Address of this node, for engines that talk to each other.
VLLM_PORT | free ports | First port for workers among themselves; not the API's, which is --port. A Service named vllm sets it wrongly in every pod.
VLLM_API_KEY | | Key that requests must carry, as --api-key; from a Secret.
VLLM_LOGGING_LEVEL | INFO | Log level.
VLLM_LOGGING_PREFIX | | Text before each line of the log.
VLLM_LOGGING_STREAM | stdout | Where logs go.
VLLM_LOGGING_COLOR | auto | Colour in logs.
VLLM_LOGGING_CONFIG_PATH | | JSON file that configures logging.
VLLM_CONFIGURE_LOGGING | 1 | Whether vLLM configures logging at all.
VLLM_LOG_STATS_INTERVAL | 10 | Seconds between two lines of statistics.
VLLM_TRACE_FUNCTION | 0 | Trace every call; slow.
VLLM_NO_USAGE_STATS | 0 | Send no usage statistics.
VLLM_DO_NOT_TRACK | 0 | The same.
VLLM_USAGE_SOURCE | production | What usage statistics call this installation.
VLLM_USAGE_STATS_SERVER | stats.vllm.ai | Where usage statistics go.
VLLM_CACHE_ROOT | ~/.cache/vllm | Directory of compiled graphs and other caches.
VLLM_CONFIG_ROOT | ~/.config/vllm | Directory of configuration.
VLLM_ASSETS_CACHE | ~/.cache/vllm/assets | Directory of downloaded media.
VLLM_USE_MODELSCOPE | false | Download models from ModelScope.
VLLM_MODEL_REDIRECT_PATH | | File that maps model names to local directories.
VLLM_ENGINE_ITERATION_TIMEOUT_S | 60 | Seconds until a step counts as hung.
VLLM_ENGINE_READY_TIMEOUT_S | 600 | Seconds the server waits for its engines to start.
VLLM_EXECUTE_MODEL_TIMEOUT_SECONDS | 300 | Seconds until a worker's step counts as hung.
VLLM_WORKER_SHUTDOWN_TIMEOUT_SECONDS | | Seconds workers get to stop.
VLLM_RPC_TIMEOUT | 10000 | Milliseconds the server waits for its engine.
VLLM_HTTP_TIMEOUT_KEEP_ALIVE | 5 | Seconds an idle connection is kept. A proxy in front should keep its own for less.
VLLM_KEEP_ALIVE_ON_ENGINE_DEATH | 0 | Let the server run on when its engine is dead; probes then never notice.
VLLM_ALLOW_LONG_MAX_MODEL_LEN | 0 | Accept a --max-model-len above the model's own; answers may be rubbish.
VLLM_ALLOW_RUNTIME_LORA_UPDATING | 0 | Let requests load adapters. A risk.
VLLM_ALLOW_INSECURE_SERIALIZATION | 0 | Exchange Python objects between processes. A risk.
VLLM_SERVER_DEV_MODE | 0 | Serve endpoints for development. A risk.
VLLM_PLUGINS | all | Plugins to load, separated by commas.
VLLM_LORA_RESOLVER_CACHE_DIR | | Directory in which adapters are looked for.
VLLM_LORA_RESOLVER_HF_REPO_LIST | | Repositories in which adapters are looked for.
VLLM_WORKER_MULTIPROC_METHOD | fork | How workers are started: fork or spawn.
VLLM_ENABLE_V1_MULTIPROCESSING | 1 | Run the engine in a process of its own.
VLLM_USE_V2_MODEL_RUNNER | chosen | Use the second model runner.
VLLM_USE_RUST_FRONTEND | 0 | Use the HTTP server in Rust.
VLLM_SLEEP_WHEN_IDLE | 0 | Let an idle engine sleep instead of spin.
VLLM_SKIP_P2P_CHECK | 1 | Believe the driver that GPUs reach each other.
VLLM_DISABLE_PYNCCL | 0 | Do without vLLM's own use of NCCL.
VLLM_NCCL_SO_PATH | | File of the NCCL library.
VLLM_PP_LAYER_PARTITION | even | Layers of each pipeline stage, separated by commas.
VLLM_DP_RANK | 0 | Number of this engine.
VLLM_DP_RANK_LOCAL | | Number of this engine on its node.
VLLM_DP_SIZE | 1 | Engines that serve side by side.
VLLM_DP_MASTER_IP | 127.0.0.1 | Address of the first node.
VLLM_DP_MASTER_PORT | 0 | Its port.
VLLM_RANDOMIZE_DP_DUMMY_INPUTS | 0 | Random tokens in steps that an idle engine takes along.
VLLM_MOE_DP_CHUNK_SIZE | 256 | Tokens of experts that are sent at a time.
VLLM_NIXL_SIDE_CHANNEL_HOST | localhost | Address on which other engines find this one; the pod's own address where they run in other pods.
VLLM_NIXL_SIDE_CHANNEL_PORT | 5600 | Port for that; each data parallel engine takes the next (5557 up to about 0.10).
VLLM_NIXL_ABORT_REQUEST_TIMEOUT | 480 | Seconds until KV cache that nobody fetched is dropped.
VLLM_MOONCAKE_BOOTSTRAP_PORT | 8998 | Port on which engines with Mooncake find each other.
VLLM_KV_CACHE_LAYOUT | chosen | Order of KV cache in memory: NHD or HND.
VLLM_KV_EVENTS_USE_INT_BLOCK_HASHES | 1 | Short block hashes in events; routers expect them.
VLLM_PREFIX_CACHE_RETENTION_INTERVAL | | See --prefix-cache-retention-interval.
VLLM_USE_DEEP_GEMM | 1 | DeepGEMM kernels where they fit.
VLLM_MOE_USE_DEEP_GEMM | 1 | The same for experts.
VLLM_DEEP_GEMM_WARMUP | relax | Which of those kernels are compiled at start.
VLLM_DEEPEP_BUFFER_SIZE_MB | 1024 | Buffer of DeepEP.
VLLM_USE_FLASHINFER_SAMPLER | chosen | Sample with FlashInfer.
VLLM_FLASHINFER_WORKSPACE_BUFFER_SIZE | 413138944 | Bytes of FlashInfer's buffer.
VLLM_ALLREDUCE_USE_SYMM_MEM | 1 | All-reduce over symmetric memory.
VLLM_USE_NCCL_SYMM_MEM | 0 | NCCL over symmetric memory.
VLLM_DISABLE_COMPILE_CACHE | 0 | Keep no compiled graphs.
VLLM_USE_AOT_COMPILE | chosen | Compile ahead of time.
VLLM_COMPILE_CACHE_SAVE_FORMAT | binary | How compiled graphs are kept.
VLLM_TUNED_CONFIG_FOLDER | | Directory of tuned kernel settings.
VLLM_BATCH_INVARIANT | 0 | Same answer in any batch; slower.
VLLM_FLOAT32_MATMUL_PRECISION | highest | Precision of float32 products.
VLLM_COMPUTE_NANS_IN_LOGITS | 0 | Count broken logits.
VLLM_MEMORY_PROFILER_ESTIMATE_CUDAGRAPHS | 1 | Count CUDA graphs when memory is shared out.
VLLM_USE_PRECOMPILED | 0 | For building vLLM.
VLLM_TARGET_DEVICE | cuda | For building vLLM.
VLLM_MAIN_CUDA_VERSION | | For building vLLM.
VLLM_IMAGE_FETCH_TIMEOUT | 5 | Seconds for downloading an image of a request.
VLLM_VIDEO_FETCH_TIMEOUT | 30 | Seconds for downloading a video.
VLLM_AUDIO_FETCH_TIMEOUT | 10 | Seconds for downloading audio.
VLLM_MEDIA_URL_ALLOW_REDIRECTS | 1 | Follow redirects when media are downloaded.
VLLM_MEDIA_LOADING_THREAD_COUNT | 8 | Threads that download media.
VLLM_MAX_AUDIO_CLIP_FILESIZE_MB | 25 | Largest audio file of a request.
VLLM_VIDEO_LOADER_BACKEND | opencv | What reads videos.
VLLM_MAX_N_SEQUENCES | 16384 | Most answers that one request may ask for.
VLLM_ENABLE_RESPONSES_API_STORE | 0 | Keep answers of the Responses API in memory, for ever.
VLLM_XGRAMMAR_CACHE_MB | 512 | Memory for compiled grammars.
VLLM_TOOL_PARSE_REGEX_TIMEOUT_SECONDS | 1 | Seconds a parser of tool calls may take.
VLLM_LOOPBACK_IP | | Address of the own host.
VLLM_CPU_KVCACHE_SPACE | 4 | On CPUs: GiB of KV cache.
VLLM_CPU_OMP_THREADS_BIND | auto | On CPUs: cores of each rank.
VLLM_CPU_NUM_OF_RESERVED_CPU | | On CPUs: cores left free.
VLLM_RAY_PER_WORKER_GPUS | 1 | With Ray: GPUs of a worker.
VLLM_RAY_BUNDLE_INDICES | | With Ray: bundles to use.
VLLM_RAY_DP_PACK_STRATEGY | strict | With Ray: how engines are put on nodes.
VLLM_ROCM_USE_AITER | 0 | On AMD: kernels of AITER.
HF_TOKEN | | Token for Hugging Face; from a Secret.
HF_HOME | ~/.cache/huggingface | Directory of everything from Hugging Face.
HF_HUB_CACHE | $HF_HOME/hub | Directory of downloaded models.
HF_HUB_OFFLINE | 0 | Download nothing.
HF_ENDPOINT | https://huggingface.co | Mirror of Hugging Face.
HF_HUB_ENABLE_HF_TRANSFER | 0 | Download with hf_transfer.
TRANSFORMERS_OFFLINE | 0 | Download nothing.
PYTHONHASHSEED | random | Seed of Python's hashes. Engines that share KV cache by hashes need the same; since vLLM 0.29 its own prefix cache does not.
CUDA_VISIBLE_DEVICES | all | GPUs to use; Kubernetes chooses them already.
NCCL_DEBUG | | Log level of NCCL.
NCCL_SOCKET_IFNAME | chosen | Network interface for NCCL.
NCCL_IB_HCA | all | RDMA devices for NCCL.
NCCL_IB_GID_INDEX | | Address index for RoCE.
GLOO_SOCKET_IFNAME | chosen | Network interface for Gloo.
UCX_TLS | all | Transports of UCX, under NIXL: cuda_ipc, cuda_copy, rc, tcp.
UCX_NET_DEVICES | all | Network devices of UCX: mlx5_0:1.
UCX_SOCKADDR_TLS_PRIORITY | | Transports on which UCX makes connections.
NVSHMEM_IB_ENABLE_IBGDA | | Let GPUs drive InfiniBand, for DeepEP.
PROMETHEUS_MULTIPROC_DIR | made at start | Directory in which several API servers count together.
OMP_NUM_THREADS | 1 | Threads of each process.
TORCH_CUDA_ARCH_LIST | | GPUs to compile for.
PYTORCH_CUDA_ALLOC_CONF | | Settings of PyTorch's allocator.
TORCHINDUCTOR_CACHE_DIR | | Directory of compiled kernels.
TRITON_CACHE_DIR | | Directory of compiled Triton kernels.
`;
