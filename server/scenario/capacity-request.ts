import { findCacheDtype } from "../engine/capacity/cache-dtype.ts";
import type { CapacityRequest } from "../engine/capacity/capacity.ts";
import type { LoggedCapacity } from "../engine/capacity/log.ts";
import { parseVllmVersion } from "../engine/capacity/vllm-laws.ts";
import type { FoundModel } from "../engine/catalogue/find-model.ts";
import type { Gpu } from "../engine/catalogue/gpu.ts";
import { bytesPerRank, share, tokens } from "../engine/units.ts";
import type { ServerFlags } from "./model-server.ts";

/** A model on a GPU, as a command line sets it up. */
export interface ServerFacts extends FoundModel {
  readonly gpu: Gpu;
  readonly flags: ServerFlags;
  readonly version: string | undefined;
  readonly logged?: LoggedCapacity;
}

/** The engine's question. There is none where the size of the cache's format is not known. */
export function capacityRequest({
  model,
  quantization,
  gpu,
  flags,
  version: versionText,
  logged = {},
}: ServerFacts): CapacityRequest | { readonly unknownDtype: string } {
  const cacheDtype = flags.cacheDtype === undefined ? undefined : findCacheDtype(flags.cacheDtype);
  if (flags.cacheDtype !== undefined && cacheDtype === undefined) return { unknownDtype: flags.cacheDtype };
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
    ...optional({ version, quantization: stored, cacheDtype }),
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

function optional<T extends object>(said: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as never;
}
