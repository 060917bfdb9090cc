import type { Comparison } from "../decision/decision.ts";
import { type Endpoint, heldAdapters, type InferenceRequest } from "./endpoint.ts";

/** Leaves endpoints out before any is scored. */
export interface Filter {
  readonly name: string;
  /** Why this endpoint does not get this request; undefined: it may. */
  readonly refusal: (endpoint: Endpoint, request: InferenceRequest) => Refusal | undefined;
  /** Where it would leave none: really none, or as if it had not been there. */
  readonly whenNoneLeft: "none" | "all";
}

export interface Refusal {
  /** A clause: `it is not ready`. */
  readonly because: string;
  readonly compared?: Comparison;
}

export const onlyReady: Filter = {
  name: "ready",
  refusal: ({ ready }) => (ready ? undefined : { because: "it is not ready" }),
  whenNoneLeft: "none",
};

/** At the limit it still takes requests. */
export function queueUpTo(max: number): Filter {
  return {
    name: "queue",
    refusal: ({ waitingRequests }) => above("waiting requests", waitingRequests, "most", max),
    whenNoneLeft: "none",
  };
}

/** At the limit it takes none. */
export function kvBelow(limit: number): Filter {
  return { name: "kv", refusal: ({ kvUsage }) => notBelow("kv usage", kvUsage, "limit", limit), whenNoneLeft: "none" };
}

/** The model is a base model that it serves, an adapter that it holds, or an adapter for which it has room. */
export const servesModel: Filter = {
  name: "model",
  refusal: ({ models, adapters }, { model }) => {
    const held = adapters?.active.includes(model) || adapters?.waiting.includes(model);
    const room = adapters !== undefined && heldAdapters(adapters) < adapters.slots;
    return models === undefined || models.includes(model) || held || room
      ? undefined
      : { because: `it does not serve ${model}` };
  },
  whenNoneLeft: "none",
};

/** Source: llm-d-router filter/bylabel/roles.go. A pod without the label decodes, and does nothing else. */
const roles = {
  decode: ["decode", "prefill-decode", "both", "encode-prefill-decode"],
  prefill: ["prefill", "encode-prefill", "prefill-decode", "both", "encode-prefill-decode"],
  encode: ["encode", "encode-prefill", "encode-prefill-decode"],
} as const satisfies Record<string, readonly string[]>;

export type Role = keyof typeof roles;

export function roleFilter(role: Role): Filter {
  const fitting: readonly string[] = roles[role];
  return {
    name: `${role}-filter`,
    refusal: ({ role: label }) => {
      const fits = label === undefined ? role === "decode" : fitting.includes(label);
      return fits ? undefined : { because: label === undefined ? "it has no role" : `its role is ${label}` };
    },
    whenNoneLeft: "none",
  };
}

export type UtilizationMetric = "active-requests" | "running-requests" | "waiting-queue" | "kv-cache-utilization";

/** llm-d-router filter/utilization (0.10): each metric at most its maximum; what was never scraped is 0. */
export function utilizationFilter(
  conditions: readonly { readonly metric: UtilizationMetric; readonly maxValue: number }[],
  fallbackOnEmpty = false,
): Filter {
  return {
    name: "utilization-filter",
    refusal: (endpoint) => {
      for (const { metric, maxValue } of conditions) {
        const refusal = above(metric, measured(endpoint, metric), "maxValue", maxValue);
        if (refusal !== undefined) return refusal;
      }
      return undefined;
    },
    whenNoneLeft: fallbackOnEmpty ? "all" : "none",
  };
}

function measured(endpoint: Endpoint, metric: UtilizationMetric): number {
  if (metric === "active-requests") return endpoint.inFlight?.requests ?? 0;
  if (endpoint.metricsAge === undefined) return 0;
  if (metric === "running-requests") return endpoint.runningRequests;
  return metric === "waiting-queue" ? endpoint.waitingRequests : endpoint.kvUsage;
}

function above(name: string, value: number, limit: string, max: number): Refusal | undefined {
  if (value <= max) return undefined;
  const compared: Comparison = { left: { name, value }, relation: ">", right: { name: limit, value: max } };
  return { because: "it is too busy", compared };
}

export function notBelow(name: string, value: number, limitName: string, limit: number): Refusal | undefined {
  if (value < limit) return undefined;
  const compared: Comparison = { left: { name, value }, relation: ">=", right: { name: limitName, value: limit } };
  return { because: "it is too busy", compared };
}
