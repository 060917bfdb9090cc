// How much a GPU holds: memory, tokens, tiers, transfers, cost.
export { type Trial, whatToTry } from "./advice.ts";
export {
  type BlockPool,
  blockPool,
  blocksIn,
  blocksOfRequest,
  concurrencyAt,
  loggedTokens,
  type PoolOptions,
  startupNeeds,
  usualPool,
} from "./block-pool.ts";
export { type Budget, type Figure, memoryBudget } from "./budget.ts";
export { type CacheDtype, cacheDtypes, findCacheDtype } from "./cache-dtype.ts";
export { type CacheLayers, cacheLayers, type Draft } from "./cache-layers.ts";
export { type Capacity, type CapacityRequest, capacity, isRefusal, type Refusal } from "./capacity.ts";
export {
  costPerHour,
  costPerMillionTokens,
  costPerThousandTokens,
  type Investment,
  type Return,
  returnOn,
} from "./cost.ts";
export { type LoggedCapacity, readLog } from "./log.ts";
export { oneRank, type Parallel, parallelMistake } from "./parallel.ts";
export { type Device, devices, loadTime, pinnedPerPod, poolTier, reuse, type Tier, tier } from "./tiers.ts";
export { bytesPerToken, globalBytesPerToken } from "./token-bytes.ts";
export { prefillPerDecode, type Transfer, transfer } from "./transfer.ts";
export {
  activation,
  cudaGraphs,
  nonTorch,
  parseVllmVersion,
  usualUtilization,
  type VllmVersion,
} from "./vllm-laws.ts";
export { weightsOf } from "./weights.ts";
