import type { MapNode } from "../text/node.ts";
import { meantKey } from "./meant.ts";
import type { DeprecatedKey, MissingKey, SchemaProblem, UnknownKey } from "./problem.ts";

/** One mistake, one problem: several errors of one place, or of one mapping, are mostly one slip of the hand. */
export function inOneBreath(found: readonly SchemaProblem[]): SchemaProblem[] {
  const beside = new Map<MapNode | undefined, SchemaProblem[]>();
  for (const problem of found) {
    if (!("map" in problem)) continue;
    const others = beside.get(problem.map);
    if (others === undefined) beside.set(problem.map, [problem]);
    else others.push(problem);
  }
  const homes = new Set(found.flatMap((one) => (one.type === "unknown-key" ? homeKeyOf(one) : [])));
  const told = found.flatMap((problem): SchemaProblem[] => {
    const others = "map" in problem ? (beside.get(problem.map) ?? []) : [];
    if (problem.type === "missing-key" && problem.keys.every((key) => homes.has(`${problem.pointer} ${key}`)))
      return [];
    if (problem.type === "missing-key") return others.some((other) => explains(other, problem)) ? [] : [problem];
    const leavesGap = problem.type === "deprecated-key" && others.some((other) => isReplacement(other, problem));
    return [leavesGap ? { ...problem, leavesGap } : problem];
  });
  return onePerPlace(missingTogether(told));
}

/** A key that stands in the wrong mapping is what the right one lacks. */
function homeKeyOf({ home, key }: UnknownKey): string[] {
  return home === undefined ? [] : [`${home} ${key.text}`];
}

/** Whether a key is missing because this one beside it is its misspelling, its old name, or stands in its place. */
function explains(other: SchemaProblem, missing: MissingKey): boolean {
  if (other.type === "deprecated-key") return isReplacement(missing, other);
  if (other.type !== "unknown-key") return false;
  return other.beside !== undefined || missing.keys.includes(meantKey(other.key.text, other.known) ?? "");
}

/** A key that is missing, while the old one that it replaces is there. */
function isReplacement(missing: SchemaProblem, { message = "", renamedTo }: DeprecatedKey): boolean {
  if (missing.type !== "missing-key") return false;
  const words: readonly string[] = message.match(/\w+/g) ?? [];
  return missing.keys.some((key) => key === renamedTo || words.includes(key));
}

/** The first kind of trouble at a place hides the others: a value of the wrong type fits no list of words either. */
const rank = ["unknown-key", "missing-key", "wrong-type", "wrong-value", "other-version", "deprecated-key"];

/** These say something of their own about a key. */
const own: ReadonlySet<string> = new Set(["missing-key", "other-version", "deprecated-key"]);

function onePerPlace(found: readonly SchemaProblem[]): SchemaProblem[] {
  const sorted = found.toSorted((a, b) => rank.indexOf(a.type) - rank.indexOf(b.type));
  const taken = new Set<string>();
  return sorted.filter(({ at, type }) => {
    const place = `${own.has(type) ? type : ""}${at.start}-${at.end}`;
    return !taken.has(place) && taken.add(place);
  });
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
