/** The rule sets of WVA's releases: what each does with variants that move, report too little or have pods pending. */

/** v0.5-rc is the state of 2026-01-09, which no release had; v0.6 stands for 0.6 and 0.7, main for 0.8 and later too. */
export type WvaProfile = "v0.4" | "v0.5-rc" | "v0.5" | "v0.6" | "main";

export interface ProfileRules {
  /** A variant whose last decision is not carried out yet. */
  readonly moving: "stands aside" | "blocks the model";
  /** Fewer or more replicas report than the scale target counts. */
  readonly incomplete: "is ignored" | "blocks the model";
  readonly pending: "is ignored" | "waits with scale-up" | "blocks the model";
  /** What a step of one is added to or taken from. */
  readonly base: "reporting" | "reporting when complete" | "current";
  /** minReplicas and maxReplicas of the variant are known. */
  readonly bounded: boolean;
  /** Whether the load is summed, or taken from the mean spare: the same but for the last bit of a double. */
  readonly removalLoad: "sum" | "mean";
  /** Tokens that a waiting request will take: its prompt alone, or its answer too. */
  readonly waitingTokens: "input" | "input and output";
  /** A variant that costs nothing, when the cheapest is looked for that keeps the last replica. */
  readonly freeVariant: "is the cheapest" | "counts as unknown";
}

const v05 = {
  moving: "blocks the model",
  incomplete: "blocks the model",
  pending: "waits with scale-up",
  base: "reporting",
  bounded: false,
  removalLoad: "mean",
  waitingTokens: "input",
  freeVariant: "is the cheapest",
} as const satisfies ProfileRules;

/**
 * llm-d-workload-variant-autoscaler: internal/capacity/analyzer.go at v0.4.2, internal/saturation/analyzer.go at 14e2bd8,
 * v0.5.1 and v0.6.0, internal/saturationv1/analyzer.go of August 2026.
 */
export const wvaProfiles: Readonly<Record<WvaProfile, ProfileRules>> = {
  "v0.4": { ...v05, moving: "stands aside", incomplete: "is ignored", pending: "is ignored", removalLoad: "sum" },
  "v0.5-rc": { ...v05, moving: "stands aside", incomplete: "is ignored", base: "reporting when complete" },
  "v0.5": v05,
  "v0.6": { ...v05, bounded: true, freeVariant: "counts as unknown" },
  main: {
    ...v05,
    incomplete: "is ignored",
    pending: "blocks the model",
    base: "current",
    bounded: true,
    waitingTokens: "input and output",
    freeVariant: "counts as unknown",
  },
};
