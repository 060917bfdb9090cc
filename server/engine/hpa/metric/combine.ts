import { isUnread, type Proposal, type Unread } from "./proposal.ts";

export interface Combined {
  /** The most that any metric asks for; absent: nothing may happen. */
  readonly replicas: number | undefined;
  /** Whose proposal that is, even where it does not count; absent: none could be read. */
  readonly winner: number | undefined;
  /** The first metric that could not be read. */
  readonly unread: number | undefined;
}

/**
 * horizontal.go computeReplicasForMetrics: the largest proposal. Metrics that cannot be read block a scale-down by the
 * others, and everything when there are no others.
 */
export function combine(results: readonly (Proposal | Unread)[], specReplicas: number): Combined {
  let replicas = 0;
  let winner: number | undefined;
  let unread: number | undefined;
  for (let index = 0; index < results.length; index++) {
    const result = results[index] as Proposal | Unread;
    if (isUnread(result)) unread ??= index;
    else if (winner === undefined || replicas === 0 || result.replicas > replicas) {
      replicas = result.replicas;
      winner = index;
    }
  }
  const blocked = unread !== undefined && (winner === undefined || replicas < specReplicas);
  return { replicas: blocked ? undefined : replicas, winner, unread };
}
