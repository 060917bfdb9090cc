import type { PictureDecision } from "../../../../server/forecast/picture.ts";

/** What each controller did at a moment, or what it had done last. The latest first; at most one of each. */
export function decisionsAt(decisions: readonly PictureDecision[], moment: number): PictureDecision[] {
  const last = new Map<string, PictureDecision>();
  for (const entry of decisions) {
    if (entry.at > moment) continue;
    const key = `${entry.decision.controller} ${entry.decision.subject}`;
    const before = last.get(key);
    if (before === undefined || reached(entry, moment) > reached(before, moment)) last.set(key, entry);
  }
  return [...last.values()].sort((a, b) => b.at - a.at);
}

/** Until when an entry told what was decided: repeated ones overlap with what interrupts them. */
function reached({ at, until }: PictureDecision, moment: number): number {
  return until >= moment ? moment + at / 1e12 : until;
}
