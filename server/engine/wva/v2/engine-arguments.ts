import { type Tokens, tokens } from "../../units.ts";

/** What WVA reads off a vLLM container to guess what a replica can compute. */
export interface EngineParameters {
  readonly gpuMemoryUtilization: number;
  readonly blockSize: number;
  readonly kvCacheDtype: string;
  readonly tensorParallelSize: number;
  /** 0: not overridden. */
  readonly gpuBlocksOverride: number;
  readonly maxNumSeqs: number;
  /** Of one step, after all rules. */
  readonly maxBatchedTokens: Tokens;
}

/** What WVA assumes of vLLM (internal/engines/analyzers/saturation_v2/deployment_parser.go at v0.5.1). */
export const assumedEngine = {
  gpuMemoryUtilization: 0.9,
  blockSize: 16,
  kvCacheDtype: "auto",
  tensorParallelSize: 1,
  gpuBlocksOverride: 0,
  maxNumSeqs: 256,
  batchedTokens: { v1: 8192, v0Chunked: 2048, v0Least: 2048 },
} as const;

export interface EngineContainer {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** The value of VLLM_USE_V1; only "0" is V0. */
  readonly useV1?: string;
}

/** Reads the command line of a vLLM container as WVA does: a value that does not parse leaves the assumption alone. */
export function engineParameters({ command = [], args = [], useV1 }: EngineContainer): EngineParameters {
  const flags = flagsOf(words([...command, ...args]));
  const v1 = useV1 !== "0";
  const chunked = v1 || flags.has("enable_chunked_prefill");
  const explicit = integer(flags, "max_num_batched_tokens", 0);
  const { v1: ofV1, v0Chunked, v0Least } = assumedEngine.batchedTokens;
  const implied = chunked ? (v1 ? ofV1 : v0Chunked) : Math.max(integer(flags, "max_model_len", 0), v0Least);
  return {
    gpuMemoryUtilization: decimal(flags, "gpu_memory_utilization", assumedEngine.gpuMemoryUtilization),
    blockSize: integer(flags, "block_size", assumedEngine.blockSize),
    kvCacheDtype: flags.get("kv_cache_dtype") ?? assumedEngine.kvCacheDtype,
    tensorParallelSize: integer(flags, "tensor_parallel_size", assumedEngine.tensorParallelSize),
    gpuBlocksOverride: integer(flags, "num_gpu_blocks_override", assumedEngine.gpuBlocksOverride),
    maxNumSeqs: integer(flags, "max_num_seqs", assumedEngine.maxNumSeqs),
    maxBatchedTokens: tokens(explicit > 0 ? explicit : implied),
  };
}

/** Whether what one engine learnt about its capacity holds for the other. */
export function sameCapacity(one: EngineParameters, other: EngineParameters): boolean {
  return (
    one.gpuMemoryUtilization === other.gpuMemoryUtilization &&
    one.blockSize === other.blockSize &&
    one.kvCacheDtype === other.kvCacheDtype &&
    one.tensorParallelSize === other.tensorParallelSize &&
    one.gpuBlocksOverride === other.gpuBlocksOverride &&
    one.maxBatchedTokens === other.maxBatchedTokens
  );
}

const shells: ReadonlySet<string> = new Set(["/bin/sh", "/bin/bash", "sh", "bash"]);

/** The words of the command; `sh -c "…"` is taken apart at its spaces outside quotes. */
function words(all: readonly string[]): readonly string[] {
  const shell = all.findIndex((word, at) => shells.has(word) && all[at + 1] === "-c" && at + 2 < all.length);
  return shell < 0 ? all : splitShell(all[shell + 2] ?? "");
}

function splitShell(script: string): string[] {
  const found: string[] = [];
  let word = "";
  let quote = "";
  for (const char of script) {
    if (quote === "" ? char === "'" || char === '"' : char === quote) quote = quote === "" ? char : "";
    else if (char !== " " || quote !== "") word += char;
    else if (word !== "") {
      found.push(word);
      word = "";
    }
  }
  if (word !== "") found.push(word);
  return found;
}

/** Flags with `_` for `-`; a following word is the value unless it is a flag itself. The last one counts. */
function flagsOf(all: readonly string[]): Map<string, string> {
  const flags = new Map<string, string>();
  for (let at = 0; at < all.length; at++) {
    const word = all[at] ?? "";
    if (!word.startsWith("--")) continue;
    const equals = word.indexOf("=");
    const next = all[at + 1];
    if (equals >= 0) flags.set(name(word.slice(0, equals)), word.slice(equals + 1));
    else if (next === undefined || next.startsWith("--")) flags.set(name(word), "");
    else {
      flags.set(name(word), next);
      at++;
    }
  }
  return flags;
}

function name(flag: string): string {
  return flag.replace(/^-+/, "").replaceAll("-", "_");
}

function integer(flags: ReadonlyMap<string, string>, flag: string, assumed: number): number {
  const text = flags.get(flag) ?? "";
  return /^[+-]?\d+$/.test(text) ? Number(text) : assumed;
}

function decimal(flags: ReadonlyMap<string, string>, flag: string, assumed: number): number {
  const text = flags.get(flag) ?? "";
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : assumed;
}
