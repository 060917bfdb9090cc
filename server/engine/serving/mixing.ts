import { decodeSteps, meanContext, meanPromptContext, type RequestShape, uncachedTokens } from "./requests.ts";
import type { StepLaw } from "./step-time.ts";

/** A step in which nothing but decodes run. */
export function decodeStep(law: StepLaw, shape: RequestShape, decodes: number): number {
  const contextTokens = decodes * meanContext(shape);
  return law.stepTime({ decodes, promptTokens: 0, contextTokens, promptContext: 0 });
}

/**
 * Seconds by which one prompt lengthens the steps of those that decode beside it: its tokens, at the price of a token in the
 * chunks that a step finds. A step takes all the prompts that came during the last one, up to the budget of its batch, which
 * is full where nothing but prompts is served.
 */
export function promptDelay(law: StepLaw, shape: RequestShape, decodes: number, maxBatchedTokens: number): number {
  const uncached = uncachedTokens(shape);
  if (uncached <= 0) return 0;
  const perStep = decodeSteps(shape) > 0 ? decodes / decodeSteps(shape) : Number.POSITIVE_INFINITY;
  const room = Math.max(1, maxBatchedTokens - decodes);
  const chunk = Math.min(room, uncached * Math.max(1, perStep));
  const contextTokens = decodes * meanContext(shape);
  const mixed = law.stepTime({
    decodes,
    promptTokens: chunk,
    contextTokens,
    promptContext: meanPromptContext(shape),
  });
  return (uncached / chunk) * (mixed - decodeStep(law, shape, decodes));
}

/**
 * Time of an output token while so many requests decode (closed loop). Each of them brings its prompt along once in its
 * steps: the prompts of all lengthen each of them by a share.
 */
export function outputTokenTime(law: StepLaw, shape: RequestShape, decodes: number, maxBatchedTokens: number): number {
  const steps = decodeSteps(shape);
  const alone = decodeStep(law, shape, decodes);
  return steps <= 0 ? alone : alone + (decodes / steps) * promptDelay(law, shape, decodes, maxBatchedTokens);
}

/** Requests a second that so many decodes serve, without waiting for a place: Little's law. */
export function rateOf(law: StepLaw, shape: RequestShape, decodes: number, maxBatchedTokens: number): number {
  return decodes / (decodeSteps(shape) * outputTokenTime(law, shape, decodes, maxBatchedTokens));
}

/**
 * The same law for a rate of arrivals (open loop): `T(b) / (1 - rate x delay)` with as many decodes as the rate keeps. Infinite
 * where prompts alone fill the steps.
 */
export function outputTokenTimeAtRate(
  law: StepLaw,
  shape: RequestShape,
  decodes: number,
  rate: number,
  maxBatchedTokens: number,
): number {
  const busy = rate * promptDelay(law, shape, decodes, maxBatchedTokens);
  return busy < 1 ? decodeStep(law, shape, decodes) / (1 - busy) : Number.POSITIVE_INFINITY;
}
