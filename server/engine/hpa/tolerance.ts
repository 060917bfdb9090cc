import type { ControllerSettings } from "./controller.ts";
import type { Behavior } from "./spec.ts";

/** Shares by which the ratio of usage to target may be off before anything happens. */
export interface Tolerance {
  readonly down: number;
  readonly up: number;
}

/** Both edges belong to it. */
export function isWithin({ down, up }: Tolerance, ratio: number): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}

/** Those of `behavior` outrank the controller's, where the gate is on. */
export function toleranceOf(behavior: Behavior | undefined, settings: ControllerSettings): Tolerance {
  const { tolerance, configurableTolerance } = settings;
  if (behavior === undefined || !configurableTolerance) return { down: tolerance, up: tolerance };
  return { down: behavior.scaleDown?.tolerance ?? tolerance, up: behavior.scaleUp?.tolerance ?? tolerance };
}
