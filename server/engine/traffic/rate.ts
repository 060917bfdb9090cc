/** Requests a second at a moment; seconds since the start. */
export interface Knot {
  readonly at: number;
  readonly rate: number;
}

/**
 * A rate over time: straight between its knots, from 0 on. Two knots at one moment are a jump. Behind the last knot its rate
 * stays, or everything comes again when it is periodic; the last knot then stands at the period.
 */
export interface Rate {
  readonly knots: readonly Knot[];
  readonly periodic?: true;
}

export const constant = (rate: number): Rate => ({ knots: [{ at: 0, rate }] });

/** Rates that each stay for some seconds, the last one for good. */
export function steps(parts: readonly { readonly rate: number; readonly lasts: number }[]): Rate {
  const knots: Knot[] = [];
  let at = 0;
  for (const { rate, lasts } of parts) {
    knots.push({ at, rate }, { at: at + lasts, rate });
    at += lasts;
  }
  return { knots };
}

/** Straight lines through points, which come in the order of time. */
export function ramps(points: readonly Knot[]): Rate {
  const first = points[0];
  return { knots: first === undefined || first.at === 0 ? points : [{ at: 0, rate: first.rate }, ...points] };
}

/**
 * A day, a week or whatever the values fill, over and over. Each value is the rate in the middle of its stretch, so that there
 * are no jumps between hours and the total is that of the values.
 */
export function profile(values: readonly number[], stretch: number): Rate {
  const [first, last] = [values[0] ?? 0, values.at(-1) ?? 0];
  const edge = (first + last) / 2;
  const middles = values.map((rate, n) => ({ at: (n + 0.5) * stretch, rate }));
  return { knots: [{ at: 0, rate: edge }, ...middles, { at: values.length * stretch, rate: edge }], periodic: true };
}

/** More traffic for a while, on top of what comes anyway. */
export interface Spike {
  readonly at: number;
  /** Seconds at its full height. */
  readonly lasts: number;
  /** Seconds to get there, and back. */
  readonly rise: number;
  /** Its height: requests a second that are added, or the multiple of the rate at its start that is reached. */
  readonly height: { readonly add: number } | { readonly times: number };
}

/** A spike on a periodic rate comes again with it; what of it is behind the period is cut. */
export function withSpike(rate: Rate, spike: Spike): Rate {
  const { at, rise, lasts, height } = spike;
  const add = "add" in height ? height.add : (height.times - 1) * rateAt(rate, at);
  const top = at + rise + lasts;
  const added: Rate = {
    knots: [
      { at: 0, rate: 0 },
      { at, rate: 0 },
      { at: at + rise, rate: add },
      { at: top, rate: add },
      { at: top + rise, rate: 0 },
    ],
  };
  return sum(rate, added);
}

function sum(rate: Rate, added: Rate): Rate {
  const end = rate.periodic ? (rate.knots.at(-1)?.at ?? 0) : Number.POSITIVE_INFINITY;
  const moments = [...new Set([...rate.knots, ...added.knots].map(({ at }) => at))].filter((at) => at <= end);
  const knots = moments
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const [before, after] = [leftOf(rate, at) + leftOf(added, at), rightOf(rate, at) + rightOf(added, at)];
      return before === after
        ? [{ at, rate: after }]
        : [
            { at, rate: before },
            { at, rate: after },
          ];
    });
  return { ...rate, knots };
}

/** How the rate arrives at a moment, and how it leaves it: they differ at a jump. */
function leftOf({ knots }: Rate, at: number): number {
  const next = knots.findIndex((knot) => knot.at >= at);
  return onLine(knots[(next === -1 ? knots.length : next) - 1], knots[next], at);
}

function rightOf({ knots }: Rate, at: number): number {
  const last = knots.findLastIndex((knot) => knot.at <= at);
  return onLine(knots[last + 1], knots[last], at);
}

/** Between two knots, the second of which is the one that counts where both stand at one moment. */
function onLine(a: Knot | undefined, b: Knot | undefined, at: number): number {
  if (a === undefined || b === undefined || b.at === at) return (b ?? a)?.rate ?? 0;
  return b.rate + ((a.rate - b.rate) * (at - b.at)) / (a.at - b.at);
}

/** The rate at a moment; at a jump, the one after it. */
export function rateAt(rate: Rate, at: number): number {
  const end = rate.knots.at(-1)?.at ?? 0;
  return rightOf(rate, rate.periodic && end > 0 ? at % end : at);
}

/** A rate that is so many times as high. */
export const times = (rate: Rate, factor: number): Rate => ({
  ...rate,
  knots: rate.knots.map((knot) => ({ at: knot.at, rate: knot.rate * factor })),
});
