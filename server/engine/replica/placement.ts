import { pickEndpoint } from "../epp/pick.ts";
import type { Random } from "../epp/picker.ts";
import type { SchedulingProfile } from "../epp/profile.ts";
import { tokens } from "../units.ts";
import { type InFlight, none } from "./in-flight.ts";
import type { Pool } from "./pool.ts";
import { quickParts, ScoredPick } from "./scored-pick.ts";

/** How requests are spread over replicas. */
export type Policy = "round-robin" | "random" | SchedulingProfile;

export interface Placement {
  /** What has to be brought to the present before: the last look at the metrics, and for what is counted without looks all replicas. */
  readonly sees: "nothing" | "looks" | "everything";
  /** A place in the pool, or none. */
  pick(row: number, now: number): number;
}

export function placement(policy: Policy, pool: Pool, rows: InFlight, random: Random): Placement {
  if (policy === "round-robin") return { sees: "nothing", pick: inTurns(pool) };
  if (policy === "random") return { sees: "nothing", pick: () => anyOf(pool.members.length, random) };
  const parts = quickParts(policy);
  if (parts === undefined) return { sees: "everything", pick: asked(policy, pool, rows, random) };
  const scored = new ScoredPick(parts, pool, rows, random);
  return { sees: "looks", pick: (row) => scored.pick(row) };
}

function inTurns(pool: Pool): Placement["pick"] {
  let turn = 0;
  return () => (pool.members.length === 0 ? none : turn++ % pool.members.length);
}

function anyOf(count: number, random: Random): number {
  return count === 0 ? none : Math.min(count - 1, Math.floor(random() * count));
}

/** The endpoint picker itself, for profiles that have more than the usual scorers. */
function asked(profile: SchedulingProfile, pool: Pool, rows: InFlight, random: Random): Placement["pick"] {
  let turn = 0;
  return (row, now) => {
    const request = { model: "", promptTokens: tokens(rows.isl[row] as number) };
    const { endpoint } = pickEndpoint(profile, pool.endpoints(now, row, rows), request, random, turn++);
    return pool.members.findIndex(({ id }) => id === endpoint);
  };
}
