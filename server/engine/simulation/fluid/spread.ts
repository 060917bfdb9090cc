import { type Crowd, inside } from "./crowd.ts";

/** In turns: each gets the same, whatever it has. `into` has what each member of a crowd gets. */
export function inTurns(crowds: readonly Crowd[], requests: number, into: Float64Array): void {
  const replicas = crowds.reduce((sum, { members }) => sum + members.length, 0);
  for (let index = 0; index < crowds.length; index++) into[index] = requests / replicas;
}

/** To the emptiest first, until all are equally full: what a picker that goes by load comes to. */
export function toTheEmptiest(crowds: readonly Crowd[], requests: number, into: Float64Array): void {
  let level = levelOf(crowds, requests, Number.POSITIVE_INFINITY);
  // Those above the level get nothing; without them it is lower, which may leave out more.
  for (let again = 0; again < crowds.length; again++) {
    const lower = levelOf(crowds, requests, level);
    if (lower >= level) break;
    level = lower;
  }
  for (let index = 0; index < crowds.length; index++) {
    const crowd = crowds[index] as Crowd;
    into[index] = Math.max(0, level * crowd.speed.seats - inside(crowd));
  }
}

/** How full, by seats, those are together that are less full than `below`. */
function levelOf(crowds: readonly Crowd[], requests: number, below: number): number {
  let [seats, taken] = [0, requests];
  for (const crowd of crowds) {
    const has = inside(crowd);
    if (has >= below * crowd.speed.seats) continue;
    seats += crowd.speed.seats * crowd.members.length;
    taken += has * crowd.members.length;
  }
  return seats === 0 ? below : taken / seats;
}
