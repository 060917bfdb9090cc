import { differenceOf } from "../engine/simulation/difference.ts";
import type { Forecast } from "./forecast.ts";
import { known } from "./lines.ts";
import type { PictureDifference } from "./picture.ts";
import { decisionOf } from "./picture-of.ts";

/** What came out differently, as plain data. Null: nothing did. */
export function differenceIn(before: Forecast, after: Forecast): PictureDifference | null {
  const difference = differenceOf(before.run, after.run);
  if (difference === undefined) return null;
  const { since, figures, changesBefore, changesAfter } = difference;
  return {
    since: known(since),
    figures: figures.map((figure) => ({ name: figure.name, before: known(figure.before), after: known(figure.after) })),
    changesBefore: changesBefore.map(decisionOf),
    changesAfter: changesAfter.map(decisionOf),
  };
}
