/** Stabilization windows of an autoscaler, in seconds, for pods that take long to start. */

export type EnvironmentName = "production" | "staging" | "development" | "e2e";

/** The longest window the API accepts (autoscaling/v2 validation). */
export const longestWindow = 3600;

/** What WVA's saturation guide uses in each environment: [from, to]. */
export const usualWindows: Record<
  EnvironmentName,
  { readonly up: readonly [number, number]; readonly down: readonly [number, number] }
> = {
  production: { up: [180, 300], down: [300, 600] },
  staging: { up: [60, 120], down: [120, 180] },
  development: { up: [30, 60], down: [60, 120] },
  e2e: { up: [0, 30], down: [30, 60] },
};

/**
 * The smallest scale-up window that holds: twice the start of a pod, so that the replicas of one decision report before
 * the next one. Production never goes below 180 s. Elsewhere a start that nobody stated asks for no more than is usual.
 */
export function scaleUpFloor(environment: EnvironmentName, startSeconds: number, startIsKnown: boolean): number {
  const [usual] = usualWindows[environment].up;
  if (environment === "production") return Math.min(longestWindow, Math.max(usual, 2 * startSeconds));
  return Math.min(longestWindow, startIsKnown ? Math.max(usual, 2 * startSeconds) : usual);
}

/** A window one would set: the floor, rounded up to half a minute, at least 180 s. */
export function scaleUpWindow(startSeconds: number): number {
  return Math.min(longestWindow, Math.max(180, Math.ceil((2 * startSeconds) / 30) * 30));
}

/** Longer than the scale-up window and long enough that a replica is not removed before its replacement could start. */
export function scaleDownWindow(startSeconds: number, scaleUpSeconds: number): number {
  return Math.min(longestWindow, Math.max(300, Math.ceil(2 * startSeconds), Math.ceil(scaleUpSeconds) + 60));
}
