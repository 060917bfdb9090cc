import { ln } from "../engine/random/portable.ts";
import { type LengthLaw, longest } from "../engine/traffic/length.ts";
import type { LengthView } from "../kinds/traffic/kind.ts";
import type { Span } from "../text/node.ts";

/** Notes that something cannot be used, and whether no schema can say so. */
export type Complain = (at: Span, message: string, beyondSchema?: true) => undefined;

const isLength = (number: number | undefined): number is number =>
  number !== undefined && Number.isInteger(number) && number >= 1 && number <= longest;

/** The law of lengths that a file gives. */
export function lawOf(view: LengthView, complain: Complain): LengthLaw | undefined {
  const { law, node, fixed, from, to, median, sigma, cap } = view;
  switch (law) {
    case "fixed":
      return isLength(fixed)
        ? { law, tokens: fixed }
        : complain(node, `A length is a whole number from 1 to ${longest}`);
    case "uniform":
      if (!isLength(from) || !isLength(to)) return complain(node, "A uniform law goes from a length to another");
      return from <= to
        ? { law, from, to }
        : complain(node, `A uniform law goes upwards, and not from ${from} to ${to}`, true);
    case "lognormal":
      if (!isLength(cap) || median === undefined || median < 1 || sigma === undefined || sigma < 0) {
        return complain(node, "A lognormal law has a median from 1 on, a sigma from 0 on and a cap");
      }
      return { law, mu: ln(median), sigma, cap };
    case "empirical":
      return empirical(view, complain);
    default:
      return complain(node, `"${law}" is no law of lengths; there are fixed, uniform, lognormal and empirical`);
  }
}

function empirical({ node, tokens, weights }: LengthView, complain: Complain): LengthLaw | undefined {
  if (tokens.length === 0 || !tokens.every(isLength)) return complain(node, "An empirical law has a list of lengths");
  if (weights.length === 0) return { law: "empirical", tokens };
  if (weights.length !== tokens.length) {
    const message = `Each length has its weight: there are ${tokens.length} lengths and ${weights.length} weights`;
    return complain(node, message, true);
  }
  const given = weights.flatMap((weight) => (weight !== undefined && weight >= 0 ? [weight] : []));
  if (given.length !== weights.length) return complain(node, "Weights are numbers from 0 on");
  if (!given.some((weight) => weight > 0)) return complain(node, "One weight at least is above 0", true);
  return { law: "empirical", tokens, weights: given };
}
