/** How far a figure may be off, as a share of it. What they are from: `docs/fidelity.md`. */
export interface StepBand {
  /** Time of an output token. */
  readonly outputToken: number;
  /** Time to the first token while requests do not queue. */
  readonly firstToken: number;
  /** Past the knee, where requests queue, a time to the first token says no more than its order of magnitude. */
  readonly firstTokenPastKnee: "order of magnitude";
}

export const denseBand: StepBand = {
  outputToken: 0.1,
  firstToken: 0.25,
  firstTokenPastKnee: "order of magnitude",
};

/** Which experts a batch needs is a guess of the mean; a first token has been measured to take up to three times as long. */
export const mixtureBand: StepBand = { ...denseBand, outputToken: 0.4, firstToken: 2 };
