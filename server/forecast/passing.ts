import type { Tier } from "../engine/simulation/tier.ts";

/** Hears how much of a run is done, from 0 to 1. */
export type Passing = (share: number) => void;

/** The same tier, telling how time goes on. What it serves is the same. */
export function watched(tier: Tier, duration: number, passing: Passing): Tier {
  return {
    get time() {
      return tier.time;
    },
    start: (replica, variant) => tier.start(replica, variant),
    drain: (replica) => tier.drain(replica),
    kill: (replica) => tier.kill(replica),
    advance: (to) => {
      tier.advance(to);
      passing(Math.min(1, to / duration));
    },
    gauges: (replica) => tier.gauges(replica),
    routerGauges: () => tier.routerGauges(),
    window: (from, to) => tier.window(from, to),
  };
}
