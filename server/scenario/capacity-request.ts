import { type CacheDtype, findCacheDtype } from "../engine/capacity/cache-dtype.ts";
import type { CapacityRequest } from "../engine/capacity/capacity.ts";
import type { LoggedCapacity } from "../engine/capacity/log.ts";
import { parseVllmVersion } from "../engine/capacity/vllm-laws.ts";
import type { FoundModel } from "../engine/catalogue/find-model.ts";
import type { Gpu } from "../engine/catalogue/gpu.ts";
import { bytesPerRank, share, tokens } from "../engine/units.ts";
import type { Found } from "./found.ts";
import type { ModelServer, ServerFlags } from "./model-server.ts";

/** Every label that a node must have speaks of the same GPU, or nobody can tell which one it is. */
export function gpuOf(
  asked: string | undefined,
  server: Pick<ModelServer, "gpuNames"> | undefined,
  catalogue: { gpu(name: string): Found<Gpu> },
): Found<Gpu> | undefined {
  if (asked !== undefined) return catalogue.gpu(asked);
  const names = server?.gpuNames ?? [];
  const found = names.map((name) => catalogue.gpu(name));
  const known = new Map(found.flatMap((gpu) => ("mistake" in gpu ? [] : [[gpu.id, gpu] as const])));
  const [first] = known.values();
  if (known.size > 1) return { mistake: `The node may have ${[...known.keys()].join(" or ")}: say which with --gpu.` };
  return first ?? found[0];
}

/** What capacity and serving are asked of a server on a GPU. */
export function requestOf(
  { model, quantization }: FoundModel,
  gpu: Gpu,
  flags: ServerFlags,
  versionText: string | undefined,
  logged: LoggedCapacity,
): Found<CapacityRequest> {
  const cacheDtype = flags.cacheDtype === undefined ? undefined : findCacheDtype(flags.cacheDtype);
  if (flags.cacheDtype !== undefined && cacheDtype === undefined) {
    return {
      mistake: `How large a KV cache in ${flags.cacheDtype} is, is not known. Name another with --kv-cache-dtype.`,
    };
  }
  const version = versionText === undefined ? undefined : parseVllmVersion(versionText);
  const stored = flags.quantization === undefined ? quantization : storedAs(flags.quantization);
  const memory =
    flags.kvCacheBytes === undefined ? logged.memory : { kvCache: bytesPerRank(flags.kvCacheBytes), ...logged.memory };
  return {
    model,
    gpu,
    parallel: { tensor: flags.tensor ?? 1, pipeline: flags.pipeline ?? 1, decodeContext: flags.decodeContext ?? 1 },
    logged: memory === undefined ? logged : { ...logged, memory },
    hybridManager: flags.noHybridManager !== true,
    prefixCaching: flags.noPrefixCaching !== true,
    enforceEager: flags.enforceEager === true,
    graphsAreEstimated: flags.noGraphEstimate !== true,
    ...optional({ version, quantization: stored, cacheDtype: cacheDtype as CacheDtype | undefined }),
    ...optional({ maxNumSeqs: flags.maxNumSeqs, maxBatchedTokens: flags.maxBatchedTokens, blockSize: flags.blockSize }),
    ...optional({ utilization: flags.utilization === undefined ? undefined : share(flags.utilization) }),
    ...optional({ maxModelLen: flags.maxModelLen === undefined ? undefined : tokens(flags.maxModelLen) }),
    ...optional({ draft: flags.draftTokens === undefined ? undefined : { layers: 1, tokens: flags.draftTokens } }),
  };
}

/** vLLM's names of kernels for one format. */
function storedAs(quantization: string): string {
  return quantization
    .replace(/_marlin$/, "")
    .replace(/^(?:fbgemm_fp8|modelopt)$/, "fp8")
    .replace(/^modelopt_fp4$/, "nvfp4");
}

export function refused(
  { model, quantization }: FoundModel,
  refusal: { readonly mistake: string } | { readonly missing: string },
): string {
  if ("mistake" in refusal) return `vLLM refuses ${model.id}: ${refusal.mistake}.`;
  if (refusal.missing === "maxModelLen")
    return `How long a request to ${model.id} may be is not known. Add --max-model-len N.`;
  const stored = quantization ?? model.quantization;
  return model.parameters === undefined
    ? `How many parameters ${model.id} has is not known. Add --parameters N.`
    : `How large weights in ${stored ?? "this format"} are is not known. Name another with --quantization.`;
}

function optional<T extends object>(said: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as never;
}
