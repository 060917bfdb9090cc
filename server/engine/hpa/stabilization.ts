/** What the metrics asked for at an earlier sync, before anything held it back. */
export interface Recommendation {
  readonly replicas: number;
  /** Seconds on the clock of the sync. */
  readonly at: number;
}

export interface Stabilized {
  readonly replicas: number;
  /** With the new recommendation in it, unstabilised. */
  readonly log: readonly Recommendation[];
}

/** horizontal.go stabilizeRecommendation, without `behavior`: only scale-down waits. An entry exactly one window old still counts. */
export function stabilizeScaleDown(
  desired: number,
  windowSeconds: number,
  log: readonly Recommendation[],
  now: number,
): Stabilized {
  const cutoff = now - windowSeconds;
  let highest = desired;
  let obsolete = -1;
  for (let index = 0; index < log.length; index++) {
    const { replicas, at } = log[index] as Recommendation;
    if (at < cutoff) obsolete = index;
    else if (replicas > highest) highest = replicas;
  }
  return { replicas: highest, log: remember(log, obsolete, { replicas: desired, at: now }) };
}

export interface Windows {
  readonly scaleUpSeconds: number;
  readonly scaleDownSeconds: number;
}

/**
 * horizontal.go stabilizeRecommendationWithBehaviors: up to the lowest recommendation of the scale-up window, down to the
 * highest of the scale-down window. An entry exactly one window old counts no more, and is not obsolete either.
 */
export function stabilize(
  current: number,
  desired: number,
  { scaleUpSeconds, scaleDownSeconds }: Windows,
  log: readonly Recommendation[],
  now: number,
): Stabilized {
  const upCutoff = now - scaleUpSeconds;
  const downCutoff = now - scaleDownSeconds;
  let lowest = desired;
  let highest = desired;
  let obsolete = -1;
  for (let index = 0; index < log.length; index++) {
    const { replicas, at } = log[index] as Recommendation;
    if (at > upCutoff && replicas < lowest) lowest = replicas;
    if (at > downCutoff && replicas > highest) highest = replicas;
    if (at < upCutoff && at < downCutoff) obsolete = index;
  }
  const replicas = Math.min(highest, Math.max(lowest, current));
  return { replicas, log: remember(log, obsolete, { replicas: desired, at: now }) };
}

/** In the place of the last obsolete entry, else at the end. */
function remember(log: readonly Recommendation[], obsolete: number, entry: Recommendation): readonly Recommendation[] {
  const copy = log.slice();
  if (obsolete === -1) copy.push(entry);
  else copy[obsolete] = entry;
  return copy;
}

/** Seconds until no recommendation of the window holds the count at `held` any more, should the metrics go on asking for the same. */
export function secondsHeld(
  direction: "up" | "down",
  held: number,
  windowSeconds: number,
  log: readonly Recommendation[],
  now: number,
): number {
  let latest = Number.NEGATIVE_INFINITY;
  for (const { replicas, at } of log)
    if ((direction === "up" ? replicas <= held : replicas >= held) && at > latest) latest = at;
  return Math.max(0, latest + windowSeconds - now);
}
