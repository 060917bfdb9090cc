import type { Filter } from "./filter.ts";
import { kvBelow, onlyReady, queueUpTo, servesModel } from "./filter.ts";
import { amongTopPicker, maxScorePicker, type Picker } from "./picker.ts";
import { kvScorer, prefixScorer, queueScorer, type Scorer } from "./scorer.ts";

/** A scheduling profile: filters in their order, weighted scorers, one picker. */
export interface SchedulingProfile {
  readonly name: string;
  readonly filters: readonly Filter[];
  readonly scorers: readonly WeightedScorer[];
  readonly picker: Picker;
  /** Whether a score outside 0 to 1 is moved to the nearer end before it is weighted, as llm-d does. */
  readonly clamped: boolean;
  /** What happens when no endpoint passes: the request is refused, or the ready endpoints take turns. */
  readonly whenNoneLeft: "refuse" | "round-robin";
}

export interface WeightedScorer {
  readonly scorer: Scorer;
  readonly weight: number;
}

/** What llm-d's router does without a configuration file (llm-d-router pkg/epp/config, 0.10). */
export const defaultProfile: SchedulingProfile = {
  name: "default",
  filters: [onlyReady],
  scorers: [
    { scorer: queueScorer, weight: 2 },
    { scorer: kvScorer, weight: 2 },
    { scorer: prefixScorer(), weight: 3 },
  ],
  picker: maxScorePicker,
  clamped: true,
  whenNoneLeft: "refuse",
};

/**
 * The scheduler that llm-d's architecture guides describe, and that no release has: 100 points for the cached share of the prompt, 50 for
 * a short queue, 30 over the predicted seconds to the first token; any of the best three; round robin when none passes.
 */
export function guideProfile(maxQueue: number): SchedulingProfile {
  return {
    name: "guide",
    filters: [onlyReady, queueUpTo(maxQueue), kvBelow(0.95), servesModel],
    scorers: [
      { scorer: prefixScorer(), weight: 100 },
      { scorer: shortQueue(maxQueue), weight: 50 },
      { scorer: quickAnswer, weight: 30 },
    ],
    picker: amongTopPicker(3),
    clamped: false,
    whenNoneLeft: "round-robin",
  };
}

function shortQueue(max: number): Scorer {
  return {
    name: "short queue",
    scores: (endpoints) => endpoints.map(({ waitingRequests }) => 1 - waitingRequests / max),
  };
}

/** One over the predicted seconds to the first token; nothing is said of an endpoint without a prediction. */
const quickAnswer: Scorer = {
  name: "quick answer",
  scores: (endpoints) =>
    endpoints.map(({ predictedTtft }) =>
      predictedTtft === undefined || predictedTtft <= 0 ? undefined : 1 / predictedTtft,
    ),
};
