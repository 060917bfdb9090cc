import type { Picture, PictureDecision, Place } from "../../../../server/forecast/picture.ts";
import { meets, placeOf } from "../shown.ts";

export interface DecisionFilter {
  /** Undefined: all of them. */
  readonly controller?: string | undefined;
  /** Looks that left things as they were are shown too. */
  readonly withSame: boolean;
}

export function controllersOf({ decisions }: Picture): string[] {
  return [...new Set(decisions.map(({ decision }) => decision.controller))].sort();
}

export function chosen(
  decisions: readonly PictureDecision[],
  { controller, withSame }: DecisionFilter,
): PictureDecision[] {
  return decisions.filter(
    ({ outcome, decision }) =>
      (controller === undefined || decision.controller === controller) && (withSame || outcome !== "same"),
  );
}

export interface DecisionGroup {
  /** Seconds of the first change or look of it. */
  readonly from: number;
  readonly replicas: string;
  readonly entries: readonly PictureDecision[];
}

/** What led to a change stands above it: a group ends with a change of what controllers set. */
export function groupsOf(decisions: readonly PictureDecision[]): DecisionGroup[] {
  const groups: PictureDecision[][] = [[]];
  for (const entry of decisions) {
    groups.at(-1)?.push(entry);
    if (entry.outcome === "changed" && entry.decision.controller !== "wva") groups.push([]);
  }
  return groups
    .filter((entries) => entries.length > 0)
    .map((entries) => ({ from: entries[0]?.at ?? 0, replicas: replicasOf(entries), entries }));
}

function replicasOf(entries: readonly PictureDecision[]): string {
  const last = entries.at(-1);
  if (last?.outcome !== "changed" || last.decision.controller === "wva") return "no change";
  return `${last.decision.subject}: ${last.decision.from} → ${last.decision.to}`;
}

/** Whether what a decision goes back to stands where the cursor is. */
export function isUnder(entry: PictureDecision, picture: Picture, cursor: readonly Place[]): boolean {
  return entry.origins.some(({ origin }) => {
    const place = placeOf(picture, origin);
    return place !== undefined && cursor.some((at) => meets(at, place));
  });
}
