import type { ScaleEvent } from "./scale-events.ts";
import type { Recommendation } from "./stabilization.ts";

/** What the controller remembers of one HPA between syncs; all but `scaledToZero` is lost when it restarts. */
export interface HpaState {
  /** Absent: it has not seen the HPA yet, and will take the count that it finds for a recommendation. */
  readonly recommendations: readonly Recommendation[] | undefined;
  readonly ups: readonly ScaleEvent[];
  readonly downs: readonly ScaleEvent[];
  /** The condition ScaledToZero: it was the HPA that took the last replica away. */
  readonly scaledToZero: boolean;
}

export const newHpaState: HpaState = { recommendations: undefined, ups: [], downs: [], scaledToZero: false };

/** After a restart of the controller. */
export function restartedHpa({ scaledToZero }: HpaState): HpaState {
  return { ...newHpaState, scaledToZero };
}
