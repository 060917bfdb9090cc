import type { Gpu } from "../catalogue/gpu.ts";
import type { ModelShape } from "../catalogue/model-shape.ts";
import { type BytesPerRank, bytesInGib, bytesPerRank, type Share, type Tokens, tokens } from "../units.ts";
import {
  type BlockPool,
  blockPool,
  blocksIn,
  blocksOfRequest,
  concurrencyAt,
  loggedTokens,
  type PoolOptions,
  startupNeeds,
} from "./block-pool.ts";
import { type Budget, memoryBudget, physicalOf } from "./budget.ts";
import { type CacheDtype, cacheDtypeMistake, dtypeInUse } from "./cache-dtype.ts";
import { cacheLayers, type Draft, hasUnknownState } from "./cache-layers.ts";
import type { LoggedCapacity } from "./log.ts";
import { oneRank, type Parallel, parallelMistake } from "./parallel.ts";
import { bytesPerToken } from "./token-bytes.ts";
import { logStyle, newestVllm, usualBatch, usualStateMode, type VllmVersion } from "./vllm-laws.ts";

/** What is asked: a model on a GPU, and whatever is said on vLLM's command line. What is not said is as usual in vLLM. */
export interface CapacityRequest {
  readonly model: ModelShape;
  readonly gpu: Gpu;
  /** How the weights are stored, where it is not the model's own way. */
  readonly quantization?: string;
  readonly parallel?: Parallel;
  /** Absent: the newest known. */
  readonly version?: VllmVersion;
  readonly utilization?: Share;
  readonly maxModelLen?: Tokens;
  readonly maxNumSeqs?: number;
  readonly maxBatchedTokens?: number;
  readonly cacheDtype?: CacheDtype;
  readonly blockSize?: number;
  readonly draft?: Draft;
  readonly prefixCaching?: boolean;
  readonly hybridManager?: boolean;
  readonly enforceEager?: boolean;
  readonly graphsAreEstimated?: boolean;
  readonly logged?: LoggedCapacity;
}

/** A number that an estimate makes uncertain. */
export interface Range {
  readonly value: Tokens;
  readonly least: Tokens;
  readonly most: Tokens;
}

/** With every setting that counts filled in. */
export interface Settled {
  readonly parallel: Parallel;
  readonly version: VllmVersion;
  readonly maxModelLen: Tokens;
  readonly maxNumSeqs: number;
  readonly cacheDtype: CacheDtype;
  readonly pool: PoolOptions;
}

export interface Capacity {
  readonly settled: Settled;
  readonly bytesPerToken: BytesPerRank;
  readonly budget: Budget;
  readonly pool: BlockPool;
  readonly blocks: number;
  /** `GPU KV cache size`. */
  readonly tokens: Range;
  /** Whether the tokens were read in a log and not worked out. */
  readonly tokensAreLogged: boolean;
  /** The cache also keeps states of unknown size: the tokens are an upper bound. */
  readonly isUpperBound: boolean;
  /** Requests of the maximum length at once. */
  readonly concurrency: number;
  /** vLLM starts; the weights and the rest alone do not fit; or the cache holds less than one request of the maximum length. */
  readonly verdict: "fits" | "weights-do-not-fit" | "below-one-request";
  /** Whether the verdict is the same at both ends of the error. */
  readonly verdictIsSure: boolean;
  /** The verdict with as much memory as the error allows: what does not fit even then does not fit. */
  readonly bestVerdict: Capacity["verdict"];
  /** What vLLM says when it refuses to start: what one request needs, and the longest that would fit. */
  readonly startup: { readonly needed: BytesPerRank; readonly longest: Tokens };
}

/** A clause that says what is wrong, or which fact is missing. */
export type Refusal = { readonly mistake: string } | { readonly missing: "maxModelLen" | "weights" };

export function capacity(request: CapacityRequest): Capacity | Refusal {
  const { model, gpu, parallel = oneRank, logged = {} } = request;
  const maxModelLen =
    request.maxModelLen ?? (model.maxPositions === undefined ? undefined : tokens(model.maxPositions));
  const cacheDtype = dtypeInUse(model, request.cacheDtype ?? "auto");
  const mistake = parallelMistake(model, parallel) ?? cacheDtypeMistake(model, cacheDtype);
  if (mistake !== undefined) return { mistake };
  if (maxModelLen === undefined) return { missing: "maxModelLen" };
  const settled = settle(request, maxModelLen, cacheDtype);
  const budget = memoryBudget({
    model,
    gpu,
    parallel,
    version: settled.version,
    versionIsKnown: request.version !== undefined,
    maxNumSeqs: settled.maxNumSeqs,
    enforceEager: request.enforceEager ?? false,
    graphsAreEstimated: request.graphsAreEstimated ?? true,
    ...(request.quantization === undefined ? {} : { quantization: request.quantization }),
    ...(request.utilization === undefined ? {} : { utilization: request.utilization }),
    measured: logged.memory ?? {},
  });
  if (budget === undefined) return { missing: "weights" };
  const draft = request.draft === undefined ? {} : { draft: request.draft };
  const pool = blockPool(cacheLayers({ model, dtype: cacheDtype, parallel, ...draft }), settled.pool);
  const perToken = bytesPerToken({ model, dtype: cacheDtype, parallel, draftLayers: request.draft?.layers ?? 0 });
  return {
    settled,
    bytesPerToken: perToken,
    budget,
    pool,
    ...held(pool, budget, settled, logged),
    isUpperBound: hasUnknownState(model),
  };
}

function settle(request: CapacityRequest, maxModelLen: Tokens, cacheDtype: CacheDtype): Settled {
  const { gpu, parallel = oneRank, version = newestVllm, draft } = request;
  const usual = usualBatch(physicalOf(gpu).bytes / bytesInGib, gpu.id.startsWith("A100"));
  return {
    parallel,
    version,
    maxModelLen,
    maxNumSeqs: request.maxNumSeqs ?? usual.maxNumSeqs,
    cacheDtype,
    pool: {
      blockSize: request.blockSize ?? 16,
      maxBatchedTokens: request.maxBatchedTokens ?? usual.maxBatchedTokens,
      stateMode: request.prefixCaching === false ? "none" : usualStateMode(version),
      draftTokens: draft?.tokens ?? 0,
      contextRanks: parallel.decodeContext,
      hybridManager: request.hybridManager ?? true,
    },
  };
}

/** What the pool holds, by the log where it says so, else by the budget. */
function held(pool: BlockPool, { kvCache }: Budget, settled: Settled, logged: LoggedCapacity) {
  const { maxModelLen, pool: options, version } = settled;
  const tokensIn = (blocks: number) => loggedTokens(pool, blocks, maxModelLen, options, logStyle(version));
  const bytesOf = (sign: number) => bytesPerRank(kvCache.bytes + sign * kvCache.error);
  const blocks = logged.blocks ?? loggedBlocks(pool, settled, logged) ?? blocksIn(pool, kvCache.bytes);
  const tokensAreLogged = logged.tokens !== undefined || logged.blocks !== undefined;
  const value = logged.tokens ?? tokensIn(blocks);
  const verdictAt = (bytes: number, count: number) =>
    verdictOf(bytes, count, blocksOfRequest(pool, maxModelLen, options));
  const least = blocksIn(pool, bytesOf(-1));
  const most = blocksIn(pool, bytesOf(1));
  const verdict = tokensAreLogged ? verdictAt(1, blocks) : verdictAt(kvCache.bytes, blocks);
  const best = verdictAt(bytesOf(1), most);
  const sure = verdictAt(bytesOf(-1), least) === verdict && best === verdict;
  return {
    blocks,
    tokens: tokensAreLogged
      ? { value, least: value, most: value }
      : { value, least: tokensIn(least), most: tokensIn(most) },
    tokensAreLogged,
    concurrency: concurrencyAt(pool, blocks, maxModelLen, options),
    verdict,
    verdictIsSure: tokensAreLogged || sure,
    bestVerdict: tokensAreLogged ? verdict : best,
    startup: startupNeeds(pool, bytesPerRank(Math.max(0, kvCache.bytes)), maxModelLen, options),
  };
}

/** The blocks that a logged number of tokens stands for. */
function loggedBlocks(
  pool: BlockPool,
  { maxModelLen, pool: options, version }: Settled,
  logged: LoggedCapacity,
): number | undefined {
  if (logged.tokens === undefined) return undefined;
  const smallest = Math.min(...pool.groups.map(({ blockSize }) => blockSize));
  if (logStyle(version) === "shared")
    return Math.floor(logged.tokens / smallest / options.contextRanks) * pool.groups.length;
  const length = logged.concurrency?.length ?? maxModelLen;
  return Math.ceil((logged.tokens / length) * blocksOfRequest(pool, length, options));
}

function verdictOf(bytes: number, blocks: number, needed: number): Capacity["verdict"] {
  if (bytes <= 0) return "weights-do-not-fit";
  return blocks < needed ? "below-one-request" : "fits";
}

export function isRefusal(answer: Capacity | Refusal): answer is Refusal {
  return "mistake" in answer || "missing" in answer;
}
