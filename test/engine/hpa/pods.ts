import type { Milli, Pod } from "../../../server/engine/hpa/public.ts";

/** Second 0 is a day after everything, unless a test says otherwise. */
export const now = 86_400;

export interface Sketch {
  readonly uses?: Milli;
  readonly requests?: Milli;
  readonly phase?: Pod["phase"];
  readonly deleted?: boolean;
  /** `undefined`: no Ready condition. */
  readonly ready?: boolean | undefined;
  readonly startedAgo?: number | undefined;
  readonly readyAgo?: number;
  readonly sampledAgo?: number;
  readonly windowSeconds?: number;
  readonly listed?: boolean;
}

/** A pod that has run and been ready for a day, sampled now. */
export function pod(sketch: Sketch = {}): Pod {
  const { uses, requests, phase = "Running", deleted = false, listed = true } = sketch;
  const ready = "ready" in sketch ? sketch.ready : true;
  const startedAgo = "startedAgo" in sketch ? sketch.startedAgo : 86_400;
  return {
    phase,
    deleted,
    listed,
    ...(ready !== undefined && { ready: { status: ready, since: now - (sketch.readyAgo ?? startedAgo ?? 0) } }),
    ...(startedAgo !== undefined && { startedAt: now - startedAgo }),
    ...(requests !== undefined && { request: requests }),
    ...(uses !== undefined && {
      sample: { value: uses, at: now - (sketch.sampledAgo ?? 0), windowSeconds: sketch.windowSeconds ?? 60 },
    }),
  };
}

/** Pods of one request, each with its usage; `undefined` has no sample. */
export function pods(usages: readonly (Milli | undefined)[], requests?: Milli): Pod[] {
  return usages.map((uses) =>
    pod({ ...(uses !== undefined && { uses }), ...(requests !== undefined && { requests }) }),
  );
}
