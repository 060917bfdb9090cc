/** Share of the prompts' tokens that a prefix cache of so many tokens would have. */
export interface ReusePoint {
  readonly tokens: number;
  readonly share: number;
}

/** Straight between the points, from nothing at no cache; behind the last point nothing is gained. */
export function reuseOf(points: readonly ReusePoint[]): (cachedTokens: number) => number {
  return (cached) => {
    let from: ReusePoint = { tokens: 0, share: 0 };
    for (const to of points) {
      if (cached < to.tokens) {
        return from.share + ((to.share - from.share) * Math.max(0, cached - from.tokens)) / (to.tokens - from.tokens);
      }
      from = to;
    }
    return from.share;
  };
}
