import { type Milliseconds, milliseconds } from "../../units.ts";
import type { ServiceLaw, Workload } from "./law.ts";

/** Of `pkg/analyzer` since v0.5: a base, a slope for computing, a slope for reading memory. Not those of v0.4. */
export interface IterationParameters {
  readonly alpha: Milliseconds;
  readonly beta: Milliseconds;
  readonly gamma: Milliseconds;
}

/** One step of the engine with `batch` requests in it. */
export function iterationTime(parameters: IterationParameters, workload: Workload, batch: number): Milliseconds {
  const { alpha, beta, gamma } = parameters;
  const { inputTokens, outputTokens } = workload;
  const computed = (inputTokens + outputTokens) / (outputTokens + 1);
  const read = inputTokens + outputTokens / 2;
  return milliseconds(alpha + batch * (beta * computed + gamma * read));
}

/** From admission to the first token; 0 for a worker that only decodes. */
export function prefillTime(parameters: IterationParameters, workload: Workload, batch: number): Milliseconds {
  const { inputTokens } = workload;
  if (inputTokens === 0) return milliseconds(0);
  const prompt = (parameters.beta + parameters.gamma) * inputTokens;
  return milliseconds(iterationTime(parameters, workload, batch) + prompt);
}

/** One token of the answer. */
export function decodeTime(parameters: IterationParameters, workload: Workload, batch: number): Milliseconds {
  const { beta, gamma } = parameters;
  const own = beta + gamma * (workload.inputTokens + workload.outputTokens / 2);
  return milliseconds(iterationTime(parameters, workload, batch) + own);
}

export function iterationLaw(parameters: IterationParameters, workload: Workload): ServiceLaw {
  return {
    workload,
    serviceTime: (batch) =>
      milliseconds(
        prefillTime(parameters, workload, batch) + workload.outputTokens * decodeTime(parameters, workload, batch),
      ),
    latencies({ inService, serviceTime, waitTime }) {
      const prefill = prefillTime(parameters, workload, inService);
      const itl = milliseconds((serviceTime - prefill) / workload.outputTokens);
      return { prefill, itl, ttft: milliseconds(waitTime + prefill + itl) };
    },
  };
}
