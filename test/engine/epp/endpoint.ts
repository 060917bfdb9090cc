import type { Endpoint, InferenceRequest } from "../../../server/engine/epp/endpoint.ts";
import { milliseconds, share, tokens } from "../../../server/engine/units.ts";

/** An endpoint with nothing to do, just scraped. */
export function endpoint(name: string, more: Partial<Endpoint> = {}): Endpoint {
  return {
    name,
    ready: true,
    waitingRequests: 0,
    runningRequests: 0,
    kvUsage: share(0),
    metricsAge: milliseconds(50),
    ...more,
  };
}

export function neverScraped(name: string, more: Partial<Endpoint> = {}): Endpoint {
  const { metricsAge: _, ...rest } = endpoint(name, more);
  return rest;
}

export const request: InferenceRequest = { model: "chat", promptTokens: tokens(1000) };

/** Chance that gives these numbers, one after the other, and then stops the test. */
export function dice(...numbers: number[]): () => number {
  let next = 0;
  return () => {
    const number = numbers[next++];
    if (number === undefined) throw new Error("more chance was asked for than the test gave");
    return number;
  };
}
