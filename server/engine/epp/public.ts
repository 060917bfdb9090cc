// What llm-d's endpoint picker decides.
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
export { defaultProfile, guideProfile, type Profile, type WeightedScorer } from "./profile.ts";
export { eppReasons } from "./reasons.ts";
export {
  type ConcurrencyLimits,
  concurrencyDetectorFilter,
  concurrencySaturation,
  detectorDefaults,
  noneGoodSaturation,
  type Saturation,
  saturationSentence,
  type UtilizationThresholds,
  utilizationDetectorFilter,
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
