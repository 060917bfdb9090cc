import { meantKey } from "./meant.ts";
import type { MissingKey, SchemaProblem } from "./problem.ts";

/** One mistake, one problem: several errors of one place, or of one mapping, are mostly one slip of the hand. */
export function inOneBreath(found: readonly SchemaProblem[]): SchemaProblem[] {
  return onePerPlace(missingTogether(found.filter((problem) => !isExplained(problem, found))));
}

/** The first kind of trouble at a place hides the others: a value of the wrong type fits no list of words either. */
const rank = ["unknown-key", "missing-key", "wrong-type", "wrong-value", "other-version", "deprecated-key"];

function onePerPlace(found: readonly SchemaProblem[]): SchemaProblem[] {
  const sorted = found.toSorted((a, b) => rank.indexOf(a.type) - rank.indexOf(b.type));
  const taken = new Set<string>();
  return sorted.filter(({ at, type }) => {
    const place = `${type === "missing-key" ? type : ""}${at.start}-${at.end}`;
    return !taken.has(place) && taken.add(place);
  });
}

/** A key that is missing because another one beside it is its misspelling, or stands in its place. */
function isExplained(problem: SchemaProblem, found: readonly SchemaProblem[]): boolean {
  if (problem.type !== "missing-key") return false;
  return found.some(
    (other) =>
      other.type === "unknown-key" &&
      other.map === problem.map &&
      (other.beside !== undefined || problem.keys.includes(meantKey(other.key.text, other.known) ?? "")),
  );
}

/** All keys that one mapping lacks. */
function missingTogether(found: readonly SchemaProblem[]): SchemaProblem[] {
  const lacking = new Map<string, MissingKey>();
  for (const problem of found) {
    if (problem.type !== "missing-key") continue;
    const place = `${problem.any} ${problem.at.start} ${problem.map.start}`;
    const before = lacking.get(place);
    const keys = [...new Set([...(before?.keys ?? []), ...problem.keys])];
    lacking.set(place, { ...problem, keys });
  }
  return [...found.filter(({ type }) => type !== "missing-key"), ...lacking.values()];
}
