import { type FluidReplica, inside } from "./replica.ts";

/** In turns: each gets the same, whatever it has. */
export function inTurns(replicas: readonly FluidReplica[], requests: number, into: Float64Array): void {
  for (let index = 0; index < replicas.length; index++) into[index] = requests / replicas.length;
}

/** To the emptiest first, until all are equally full: what a picker that goes by load comes to. */
export function toTheEmptiest(replicas: readonly FluidReplica[], requests: number, into: Float64Array): void {
  let level = levelOf(replicas, requests, Number.POSITIVE_INFINITY);
  // Those above the level get nothing; without them it is lower, which may leave out more.
  for (let again = 0; again < replicas.length; again++) {
    const lower = levelOf(replicas, requests, level);
    if (lower >= level) break;
    level = lower;
  }
  for (let index = 0; index < replicas.length; index++) {
    const replica = replicas[index] as FluidReplica;
    into[index] = Math.max(0, level * replica.speed.seats - inside(replica));
  }
}

/** How full, by seats, those are together that are less full than `below`. */
function levelOf(replicas: readonly FluidReplica[], requests: number, below: number): number {
  let [seats, taken] = [0, requests];
  for (const replica of replicas) {
    const has = inside(replica);
    if (has >= below * replica.speed.seats) continue;
    seats += replica.speed.seats;
    taken += has;
  }
  return seats === 0 ? below : taken / seats;
}
