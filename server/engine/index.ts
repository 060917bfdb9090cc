// Capacity: how much a GPU holds.
export { type Trial, whatToTry } from "./capacity/advice.ts";
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
} from "./capacity/block-pool.ts";
export { type Budget, type Figure, memoryBudget } from "./capacity/budget.ts";
export { type CacheDtype, cacheDtypes, findCacheDtype } from "./capacity/cache-dtype.ts";
export { type CacheLayers, cacheLayers, type Draft } from "./capacity/cache-layers.ts";
export { type Capacity, type CapacityRequest, capacity, isRefusal, type Refusal } from "./capacity/capacity.ts";
export {
  costPerHour,
  costPerMillionTokens,
  costPerThousandTokens,
  type Investment,
  type Return,
  returnOn,
} from "./capacity/cost.ts";
export { type LoggedCapacity, readLog } from "./capacity/log.ts";
export { oneRank, type Parallel, parallelMistake } from "./capacity/parallel.ts";
export { type Device, devices, loadTime, pinnedPerPod, poolTier, reuse, type Tier, tier } from "./capacity/tiers.ts";
export { bytesPerToken, globalBytesPerToken } from "./capacity/token-bytes.ts";
export { prefillPerDecode, type Transfer, transfer } from "./capacity/transfer.ts";
export {
  activation,
  cudaGraphs,
  nonTorch,
  parseVllmVersion,
  usualUtilization,
  type VllmVersion,
} from "./capacity/vllm-laws.ts";
export { weightsOf } from "./capacity/weights.ts";
export { type ConfigReading, shapeFromConfig } from "./catalogue/config-json.ts";
export { findGpu } from "./catalogue/find-gpu.ts";
export { type FoundModel, findModel } from "./catalogue/find-model.ts";
export type { Gpu, Price } from "./catalogue/gpu.ts";
export { gpus } from "./catalogue/gpus.ts";
export type { LayerGroup, ModelShape } from "./catalogue/model-shape.ts";
export { models } from "./catalogue/models.ts";
export {
  bytes,
  bytesPerRank,
  dollarsPerHour,
  gb,
  gib,
  gibPerRank,
  gigabitsPerSecond,
  gigabytesPerSecond,
  inGib,
  inMilliseconds,
  inSeconds,
  milliseconds,
  perPod,
  seconds,
  share,
  tokens,
} from "./units.ts";
export { type EnvironmentName, scaleDownWindow, scaleUpFloor, usualWindows } from "./windows.ts";
