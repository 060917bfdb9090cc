import type { Policy } from "./spec.ts";

/** A change that the controller wrote. */
export interface ScaleEvent {
  /** Replicas added or removed: never negative. */
  readonly change: number;
  readonly at: number;
  /** Older than the longest period of its direction when an event was last stored: its place is free. */
  readonly outdated: boolean;
}

/** horizontal.go getReplicasChangePerPeriod: an event exactly one period old counts no more. */
export function changeWithin(events: readonly ScaleEvent[], periodSeconds: number, now: number): number {
  const cutoff = now - periodSeconds;
  let change = 0;
  for (const event of events) if (event.at > cutoff) change += event.change;
  return change;
}

/** horizontal.go storeScaleEvent, for one direction. Without `behavior` nothing is stored, nor asked for. */
export function storeEvent(
  events: readonly ScaleEvent[],
  change: number,
  policies: readonly Policy[],
  now: number,
): readonly ScaleEvent[] {
  const cutoff = now - longestPeriod(policies);
  const marked = events.map((event) => (event.at < cutoff && !event.outdated ? { ...event, outdated: true } : event));
  const free = marked.findLastIndex(({ outdated }) => outdated);
  const stored = { change, at: now, outdated: false };
  if (free === -1) marked.push(stored);
  else marked[free] = stored;
  return marked;
}

function longestPeriod(policies: readonly Policy[]): number {
  return policies.reduce((longest, { periodSeconds }) => Math.max(longest, periodSeconds), 0);
}
