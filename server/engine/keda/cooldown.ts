import type { Seconds } from "../units.ts";
import { kedaDefaults, type ScaledObjectSpec } from "./spec.ts";

/** How long it has been quiet, and how long it must be before it is put to rest. */
export interface Cooldown {
  readonly by: "cooldownPeriod" | "initialCooldownPeriod";
  /** Seconds since a trigger was last active, or since the ScaledObject was created if none ever was. */
  readonly quiet: number;
  /** Seconds. */
  readonly period: number;
}

export function cooldownOf(
  { cooldownPeriod, initialCooldownPeriod }: ScaledObjectSpec,
  { now, created, lastActive }: { readonly now: Seconds; readonly created: Seconds; readonly lastActive?: Seconds },
): Cooldown {
  return lastActive === undefined
    ? {
        by: "initialCooldownPeriod",
        quiet: now - created,
        period: initialCooldownPeriod ?? kedaDefaults.initialCooldownPeriod,
      }
    : { by: "cooldownPeriod", quiet: now - lastActive, period: cooldownPeriod ?? kedaDefaults.cooldownPeriod };
}
