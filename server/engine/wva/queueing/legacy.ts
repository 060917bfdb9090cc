import { type Milliseconds, milliseconds } from "../../units.ts";
import type { ServiceLaw, Workload } from "./law.ts";

/** Of the optimizer up to v0.4: `ITL = alpha + beta x batch`, fitted offline. */
export interface LegacyParameters {
  readonly alpha: Milliseconds;
  readonly beta: Milliseconds;
  readonly gamma: Milliseconds;
  readonly delta: Milliseconds;
}

export function legacyDecodeTime({ alpha, beta }: Pick<LegacyParameters, "alpha" | "beta">, batch: number) {
  return milliseconds(alpha + beta * batch);
}

export function legacyPrefillTime(
  { gamma, delta }: Pick<LegacyParameters, "gamma" | "delta">,
  inputTokens: number,
  batch: number,
): Milliseconds {
  return milliseconds(inputTokens === 0 ? 0 : gamma + delta * inputTokens * batch);
}

export function legacyLaw(parameters: LegacyParameters, workload: Workload): ServiceLaw {
  const { inputTokens } = workload;
  const decodes = decodesOf(workload);
  return {
    workload,
    serviceTime: (batch) =>
      milliseconds(legacyPrefillTime(parameters, inputTokens, batch) + decodes * legacyDecodeTime(parameters, batch)),
    latencies({ serviceTime, waitTime }) {
      const batch = concurrencyAt(parameters, workload, serviceTime);
      const prefill = legacyPrefillTime(parameters, inputTokens, batch);
      return { prefill, itl: legacyDecodeTime(parameters, batch), ttft: milliseconds(waitTime + prefill) };
    },
  };
}

/** The first token comes out of the prefill; a worker that only decodes has at least one to do. */
function decodesOf({ inputTokens, outputTokens }: Workload): number {
  return inputTokens === 0 && outputTokens === 1 ? 1 : outputTokens - 1;
}

/** The batch at which a request takes as long as it does on average. */
function concurrencyAt(
  { alpha, beta, gamma, delta }: LegacyParameters,
  workload: Workload,
  serviceTime: Milliseconds,
): number {
  const decodes = decodesOf(workload);
  return Math.max(0, (serviceTime - (gamma + alpha * decodes)) / (delta * workload.inputTokens + beta * decodes));
}
