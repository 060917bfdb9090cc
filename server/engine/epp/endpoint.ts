import type { Milliseconds, Seconds, Share, Tokens } from "../units.ts";

/**
 * An endpoint as the picker sees it when a request comes. Its numbers are those of the last scrape (50 ms apart by default), not
 * those of this moment; only what is in flight the picker counts itself.
 */
export interface Endpoint {
  readonly name: string;
  readonly ready: boolean;
  /** The label `llm-d.ai/role`. */
  readonly role?: string;
  /** Served base models. Absent: whatever is asked for. */
  readonly models?: readonly string[];
  readonly adapters?: Adapters;
  readonly waitingRequests: number;
  readonly runningRequests: number;
  readonly kvUsage: Share;
  /** Absent: never scraped. */
  readonly metricsAge?: Milliseconds;
  /** Sent there by this picker and not yet finished. */
  readonly inFlight?: { readonly requests: number; readonly tokens: Tokens };
  /** How much of this request's prompt it holds. */
  readonly prefixHit?: Tokens;
  readonly predictedTtft?: Seconds;
}

/** LoRA adapters on an endpoint. */
export interface Adapters {
  readonly active: readonly string[];
  readonly waiting: readonly string[];
  /** How many it holds at a time. */
  readonly slots: number;
}

export interface InferenceRequest {
  /** A base model or a LoRA adapter. */
  readonly model: string;
  readonly promptTokens: Tokens;
}

/** Adapters that are loaded or about to be. vLLM may name one in both. */
export function heldAdapters({ active, waiting }: Adapters): number {
  return new Set([...active, ...waiting]).size;
}
