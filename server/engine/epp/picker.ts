import type { Reason } from "../decision/decision.ts";
import { eppReasons } from "./reasons.ts";

/** A number from 0 up to, not including, 1. All chance comes from here. */
export type Random = () => number;

/** Chooses by the scores, which stand in the order of the endpoints and are at least one. */
export interface Picker {
  readonly name: string;
  readonly pick: (scores: readonly number[], random: Random) => { readonly index: number; readonly reason: Reason };
}

/** The highest score; among equals chance decides, in one draw (llm-d-router picker/maxscore). */
export const maxScorePicker: Picker = {
  name: "max-score-picker",
  pick: (scores, random) => {
    const highest = scores.reduce((max, score) => Math.max(max, score), Number.NEGATIVE_INFINITY);
    const best = indexes(scores).filter((index) => scores[index] === highest);
    return best.length === 1
      ? { index: best[0] ?? 0, reason: eppReasons.highest }
      : { index: drawn(best, random), reason: eppReasons.tied };
  },
};

/** Whatever the scores are (llm-d-router picker/random). */
export const randomPicker: Picker = {
  name: "random-picker",
  pick: (scores, random) => ({ index: drawn(indexes(scores), random), reason: eppReasons.random }),
};

/**
 * With a chance in proportion to the score: the largest of u^(1/score), one draw for each score above zero (A-Res, as in
 * llm-d-router picker/weightedrandom). All scores zero: any.
 */
export const weightedRandomPicker: Picker = {
  name: "weighted-random-picker",
  pick: (scores, random) => {
    if (!scores.some((score) => score > 0)) return randomPicker.pick(scores, random);
    let index = 0;
    let largest = Number.NEGATIVE_INFINITY;
    for (const [at, score] of scores.entries()) {
      const key = score > 0 ? Math.max(random(), 1e-10) ** (1 / score) : -1;
      if (key > largest) {
        largest = key;
        index = at;
      }
    }
    return { index, reason: eppReasons.weighted };
  },
};

/** Any of the best `count`; of equals at the edge those that stand first. */
export function amongTopPicker(count: number): Picker {
  return {
    name: `random of the top ${count}`,
    pick: (scores, random) => {
      const best = indexes(scores).toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
      const top = best.slice(0, Math.max(1, count));
      return { index: drawn(top, random), reason: top.length === 1 ? eppReasons.highest : eppReasons.amongTop };
    },
  };
}

function indexes(scores: readonly number[]): readonly number[] {
  return scores.map((_, index) => index);
}

function drawn(among: readonly number[], random: Random): number {
  return among[Math.min(among.length - 1, Math.floor(random() * among.length))] ?? 0;
}
