// What llm-d's endpoint picker decides.
export { type ConcurrencyLimits, detectorDefaults, type UtilizationThresholds } from "./detector.ts";
export { concurrencyDetectorFilter, utilizationDetectorFilter } from "./detector-filter.ts";
export type { Adapters, Endpoint, InferenceRequest } from "./endpoint.ts";
export {
  type Filter,
  kvBelow,
  onlyReady,
  queueUpTo,
  type Refusal,
  type Role,
  roleFilter,
  servesModel,
  type UtilizationMetric,
  utilizationFilter,
} from "./filter.ts";
export { type Pick, pickEndpoint, type RefusedEndpoint, type ScoredEndpoint, type ScorePart } from "./pick.ts";
export { pickSentence } from "./pick-sentence.ts";
export {
  amongTopPicker,
  maxScorePicker,
  type Picker,
  type Random,
  randomPicker,
  weightedRandomPicker,
} from "./picker.ts";
export { defaultProfile, guideProfile, type SchedulingProfile, type WeightedScorer } from "./profile.ts";
export { eppReasons } from "./reasons.ts";
export {
  concurrencySaturation,
  noneGoodSaturation,
  type PoolSaturation,
  saturationSentence,
  utilizationSaturation,
} from "./saturation.ts";
export {
  activeRequestScorer,
  kvScorer,
  loadAwareScorer,
  loraScorer,
  prefixScorer,
  queueScorer,
  runningScorer,
  type Scorer,
  tokenLoadScorer,
} from "./scorer.ts";
