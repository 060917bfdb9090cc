import type { Milli, Pod, Tolerance } from "../../../server/engine/hpa/public.ts";

/** The inputs of a vector; what its op does not take is absent. */
export type Inputs = Readonly<Record<string, unknown>>;
export type Op = (inputs: Inputs) => Readonly<Record<string, unknown>>;

export interface VectorPod {
  readonly name?: string;
  readonly usageMilli?: number | string | null;
  readonly requestMilli?: number | string | null;
  readonly phase?: Pod["phase"];
  readonly ready?: boolean | null;
  readonly deleted?: boolean;
  readonly startAgeSeconds?: number | null;
  readonly readyTransitionAgeSeconds?: number | null;
  readonly metricAgeSeconds?: number;
  readonly metricWindowSeconds?: number;
  readonly listed?: boolean;
}

/** Vectors tell ages; here it is always second 0. */
export const now = 0;

export function milli(value: unknown): Milli {
  return typeof value === "string" ? BigInt(value) : Number(value);
}

export function podOf(pod: VectorPod): Pod & { readonly name: string } {
  const { startAgeSeconds = 86_400, readyTransitionAgeSeconds = 86_400, ready = true } = pod;
  const { usageMilli, requestMilli } = pod;
  return {
    name: pod.name ?? "",
    phase: pod.phase ?? "Running",
    deleted: pod.deleted ?? false,
    listed: pod.listed ?? true,
    ...(ready !== null && { ready: { status: ready, since: -(readyTransitionAgeSeconds ?? 0) } }),
    ...(startAgeSeconds !== null && { startedAt: -startAgeSeconds }),
    ...(requestMilli !== null && requestMilli !== undefined && { request: milli(requestMilli) }),
    ...(usageMilli !== null &&
      usageMilli !== undefined && {
        sample: {
          value: milli(usageMilli),
          at: -(pod.metricAgeSeconds ?? 86_400),
          windowSeconds: pod.metricWindowSeconds ?? 60,
        },
      }),
  };
}

export function podsOf(inputs: Inputs) {
  return ((inputs["pods"] ?? []) as readonly VectorPod[]).map(podOf);
}

export function toleranceIn(inputs: Inputs): Tolerance {
  return inputs["tolerance"] as Tolerance;
}

/** All that the vector expects, and an error by a part of its text. Large integers are text in vectors. */
export function agrees(expected: unknown, actual: unknown): boolean {
  if (isRecord(expected)) {
    if (!isRecord(actual)) return false;
    return Object.entries(expected).every(([key, value]) =>
      key === "errorContains"
        ? typeof actual["error"] === "string"
        : key === "firstErrorContains"
          ? String(actual[key]).includes(String(value))
          : agrees(value, actual[key]),
    );
  }
  if (Array.isArray(expected))
    return (
      Array.isArray(actual) &&
      expected.length === actual.length &&
      expected.every((item, index) => agrees(item, actual[index]))
    );
  if (typeof actual === "bigint" || typeof actual === "number")
    return String(actual) === String(expected) && expected !== null;
  return actual === expected;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
