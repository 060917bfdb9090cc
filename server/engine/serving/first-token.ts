import { decodeStep, outputTokenTime, promptDelay } from "./mixing.ts";
import { meanContext, type RequestShape, uncachedTokens } from "./requests.ts";
import type { StepLaw } from "./step-time.ts";

/** Seconds in which one prompt is read beside so many decodes, chunk by chunk. A prompt that is cached whole takes one step. */
export function prefillTime(law: StepLaw, shape: RequestShape, decodes: number, maxBatchedTokens: number): number {
  const uncached = uncachedTokens(shape);
  if (uncached <= 0) return decodeStep(law, shape, decodes);
  const room = Math.max(1, maxBatchedTokens - decodes);
  const chunks = Math.ceil(uncached / room);
  const last = uncached - (chunks - 1) * room;
  const cached = shape.inputTokens - uncached;
  const contextTokens = decodes * meanContext(shape);
  const chunk = (promptTokens: number, promptContext: number) =>
    law.stepTime({ decodes, promptTokens, contextTokens, promptContext });
  // Whole chunks look back at ever more; a step is linear in that, so the mean of their contexts stands for all of them.
  const whole = chunks > 1 ? (chunks - 1) * chunk(room, cached + ((chunks - 1) * room) / 2) : 0;
  return whole + chunk(last, shape.inputTokens - last / 2);
}

/** Seconds to the first token of a request that comes to an idle replica. */
export function isolatedFirstToken(law: StepLaw, shape: RequestShape, maxBatchedTokens: number): number {
  return law.apiOverhead + prefillTime(law, shape, 0, maxBatchedTokens);
}

/**
 * Mean seconds to the first token of so many requests that come at one moment: the last of them waits for the prompts of all
 * others. Where requests of equal length are sent again as they finish, they keep together and see this.
 */
export function burstFirstToken(law: StepLaw, shape: RequestShape, requests: number, maxBatchedTokens: number): number {
  const uncached = Math.max(1, uncachedTokens(shape));
  const promptContext = shape.inputTokens - uncached / 2;
  const full = law.stepTime({ decodes: 0, promptTokens: maxBatchedTokens, contextTokens: 0, promptContext });
  let sum = 0;
  for (let place = 1; place <= requests; place++) {
    const before = place * uncached;
    const steps = Math.floor(before / maxBatchedTokens);
    const rest = Math.min(maxBatchedTokens, requests * uncached - steps * maxBatchedTokens);
    const isInNext = before > steps * maxBatchedTokens;
    const next = isInNext ? law.stepTime({ decodes: 0, promptTokens: rest, contextTokens: 0, promptContext }) : 0;
    sum += steps * full + next;
  }
  return law.apiOverhead + sum / requests;
}

/**
 * Mean seconds to the first token at a rate of arrivals, as long as there are places: half of the step that runs, the prompts
 * before it (a queue with one server and equal work, M/D/1), and its own prefill.
 */
export function firstTokenTime(
  law: StepLaw,
  shape: RequestShape,
  decodes: number,
  rate: number,
  maxBatchedTokens: number,
): number {
  const delay = promptDelay(law, shape, decodes, maxBatchedTokens);
  const busy = Math.min(rate * delay, almostAll);
  const queueing = ((busy / (1 - busy)) * delay) / 2;
  const running = decodes > 0 ? outputTokenTime(law, shape, decodes, maxBatchedTokens) / 2 : 0;
  return law.apiOverhead + running + queueing + prefillTime(law, shape, decodes, maxBatchedTokens);
}

/** A queue that never ends has no mean; past this the answer is an order of magnitude anyway. */
const almostAll = 0.99;
