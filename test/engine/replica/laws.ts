import type { ServingLaw } from "../../../server/engine/simulation/scenario.ts";

/**
 * A law whose times are whole multiples of 2^-40 s, so that sums of them are exact in whatever order they are made. Its size is that
 * of a real one: 8 ms a step, 60 ns for a token that is read, 60 us for a token of a prompt.
 */
export const exactLaw: ServingLaw = {
  apiOverhead: 0,
  stepTime: ({ decodes, promptTokens, contextTokens, promptContext }) =>
    2 ** -7 +
    decodes * 2 ** -15 +
    contextTokens * 2 ** -24 +
    promptTokens * 2 ** -14 +
    Math.round(promptTokens * promptContext) * 2 ** -32,
};

/** The law of a fixed step. */
export const fixedLaw = (seconds: number): ServingLaw => ({ apiOverhead: 0, stepTime: () => seconds });

/** A dense model of 8 billion parameters on an H100, with the smooth maximum of reading weights and computing. */
export const smoothLaw: ServingLaw = {
  apiOverhead: 0.008,
  stepTime: ({ decodes, promptTokens, contextTokens, promptContext }) => {
    const weights = 0.00509;
    const compute = (decodes + promptTokens) * 2.17e-5;
    const both = Math.sqrt(Math.sqrt(weights ** 4 + compute ** 4));
    return both + contextTokens * 4.35e-8 + promptTokens * promptContext * 1.06e-9 + 0.00192 + decodes * 35e-6;
  },
};

/** Half of the layers look back 128 tokens. */
export const bentLaw: ServingLaw = {
  apiOverhead: 0,
  stepTime: (load) =>
    exactLaw.stepTime({
      ...load,
      contextTokens: load.contextTokens + Math.min(load.contextTokens, 128 * load.decodes),
    }),
};
