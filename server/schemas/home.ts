import type { MapNode } from "../text/node.ts";
import { meantErrors } from "./branches.ts";
import type { SchemaError } from "./compiled.ts";
import { stepsOf } from "./place.ts";
import type { UnknownKey } from "./problem.ts";

type Validate = (value: unknown) => readonly SchemaError[];
type Values = Record<string, unknown>;

/** A mapping into which a key may have been meant to go. */
interface Candidate {
  readonly pointer: string;
  readonly values: Values;
  /** The key that would hold it, which has no value now. */
  readonly empty?: string;
}

/** Siblings that are asked: more keys than people write side by side, fewer than a hostile document has. */
const mostSiblings = 40;
/** A key that no schema has: what takes it takes anything. */
const nonsense = "\u0000";

/**
 * The one mapping beside or around an unknown key that would know it, as a JSON pointer: with wrong indentation a key
 * lands a level too far out or in. Tried out on the values, which are the same again afterwards.
 */
export function homeOf({ pointer, key, map }: UnknownKey, root: unknown, validate: Validate): string | undefined {
  const above = pointer.slice(0, pointer.lastIndexOf("/"));
  const holder = valueAt(root, above);
  if (holder === undefined || !Object.hasOwn(holder, key.text)) return undefined;
  const value = holder[key.text];
  const knows = ({ values, pointer: place, empty }: Candidate, name: string): boolean => {
    const before = empty === undefined ? undefined : holder[empty];
    if (empty !== undefined) holder[empty] = values;
    values[name] = value;
    const at = `${place}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const errors = meantErrors(validate(root));
    delete values[name];
    if (empty !== undefined && before === undefined) delete holder[empty];
    else if (empty !== undefined) holder[empty] = before;
    return !errors.some(({ instancePath, params }) => {
      return (instancePath === place && params["key"] === name) || `${instancePath}/`.startsWith(`${at}/`);
    });
  };
  delete holder[key.text];
  const homes = [...siblings(holder, map, above, key.text), ...ancestors(root, above)].filter((candidate) => {
    return !(key.text in candidate.values) && knows(candidate, key.text) && !knows(candidate, nonsense);
  });
  holder[key.text] = value;
  return homes.length === 1 ? homes[0]?.pointer : undefined;
}

/** The mappings under the keys beside it, and of lists the last item. A key without a value could have been one. */
function siblings(holder: Values, map: MapNode, above: string, word: string): Candidate[] {
  return map.entries.slice(0, mostSiblings).flatMap(({ key }): Candidate[] => {
    if (key.type !== "scalar" || key.text === "<<" || key.text === word) return [];
    const pointer = `${above}/${key.text.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const value = holder[key.text];
    if (value === undefined || value === null) return [{ pointer, values: {}, empty: key.text }];
    if (!Array.isArray(value)) return isValues(value) ? [{ pointer, values: value }] : [];
    const last = value.at(-1);
    return isValues(last) ? [{ pointer: `${pointer}/${value.length - 1}`, values: last }] : [];
  });
}

/** The two mappings around it. */
function ancestors(root: unknown, above: string): Candidate[] {
  const found: Candidate[] = [];
  for (let at = above; at !== "" && found.length < 2; ) {
    at = at.slice(0, at.lastIndexOf("/"));
    const values = valueAt(root, at);
    if (values !== undefined) found.push({ pointer: at, values });
  }
  return found;
}

function valueAt(root: unknown, pointer: string): Values | undefined {
  let at = root;
  for (const step of stepsOf(pointer)) {
    if (at === null || typeof at !== "object" || !Object.hasOwn(at, step)) return undefined;
    at = (at as Values)[step];
  }
  return isValues(at) ? at : undefined;
}

function isValues(value: unknown): value is Values {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
