import type { MapNode, Node, Span } from "../text/node.ts";
import { resolve, stringAt } from "../text/read.ts";
import type { SchemaError, ValidatorModule } from "./compiled.ts";
import { entryIn, type Place, placeAt } from "./place.ts";
import type { Allowed, MissingKey, SchemaProblem, UnknownKey } from "./problem.ts";

type Resolved = Exclude<Node, { type: "alias" }>;

/** What an error of a validator means, at the nodes it speaks of. Absent for what only repeats other errors. */
export function problemOf(error: SchemaError, root: MapNode, tables: ValidatorModule): SchemaProblem | undefined {
  const { instancePath: pointer, keyword, params } = error;
  const place = placeAt(root, pointer);
  const value = resolve(place?.node);
  if (place === undefined || value === undefined) return undefined;
  switch (keyword) {
    case "additionalProperties":
      return unknownKey(error, value, tables);
    case "false schema":
      return misplaced(pointer, place);
    case "required":
    case "dependentRequired":
      return missingKey(pointer, place, value, [String(params["missingProperty"])], false);
    case "required-any":
      return missingKey(pointer, place, value, [...new Set(params["keys"] as string[])], true);
    case "type":
    case "x-types":
      return { type: "wrong-type", pointer, at: value, value, expected: [params["type"]].flat() as string[] };
    default: {
      const allowed = allowedBy(error);
      return allowed === undefined ? undefined : { type: "wrong-value", pointer, at: value, value, allowed };
    }
  }
}

function unknownKey(
  { instancePath, params }: SchemaError,
  value: Resolved,
  tables: ValidatorModule,
): UnknownKey | undefined {
  const name = String(params["key"]);
  const entry = entryIn(value, name);
  if (value.type !== "map" || entry?.key.type !== "scalar") return undefined;
  const object = tables.objects[Number(params["object"])];
  return {
    type: "unknown-key",
    pointer: `${instancePath}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    at: entry.key,
    key: entry.key,
    map: value,
    known: [...(object?.keys ?? []), ...Object.keys(object?.leaves ?? {})],
    consumer: tables.unknown[object?.unknown ?? -1] ?? {},
  };
}

/** A key that is known, but not beside what else stands there. */
function misplaced(pointer: string, { entry, map }: Place): UnknownKey | undefined {
  if (entry?.key.type !== "scalar" || map === undefined) return undefined;
  const beside = stringAt(map, "type")?.value ?? stringAt(map, "kind")?.value ?? "";
  return { type: "unknown-key", pointer, at: entry.key, key: entry.key, map, known: [], consumer: {}, beside };
}

function missingKey(
  pointer: string,
  place: Place,
  map: Resolved,
  keys: readonly string[],
  any: boolean,
): MissingKey | undefined {
  if (map.type !== "map") return undefined;
  const empty = keys.length === 1 ? entryIn(map, keys[0] as string)?.key : undefined;
  return { type: "missing-key", pointer, at: empty ?? holderOf(pointer, place, map), map, keys, any };
}

/** The key under which a mapping stands, else its own first key; for a whole object, what it says that it is. */
function holderOf(pointer: string, { entry }: Place, map: MapNode): Span {
  const kind = pointer === "" ? entryIn(map, "kind")?.value : undefined;
  return entry?.key ?? kind ?? map.entries[0]?.key ?? map;
}

export function allowedBy({ keyword, params }: SchemaError): Allowed | undefined {
  const limit = params["limit"];
  switch (keyword) {
    case "enum":
      return { values: params["allowed"] as unknown[] };
    case "const":
      return { values: [params["allowedValue"]] };
    case "minimum":
      return { limit: `be at least ${limit}` };
    case "maximum":
      return { limit: `be at most ${limit}` };
    case "exclusiveMinimum":
      return { limit: `be more than ${limit}` };
    case "exclusiveMaximum":
      return { limit: `be less than ${limit}` };
    case "multipleOf":
      return { limit: `be a multiple of ${params["multipleOf"]}` };
    case "minLength":
      return { limit: limit === 1 ? "not be empty" : `have at least ${limit} characters` };
    case "maxLength":
      return { limit: `have at most ${limit} characters` };
    case "minItems":
    case "minProperties":
      return { limit: limit === 1 ? "not be empty" : `have at least ${limit} entries` };
    case "maxItems":
    case "maxProperties":
      return { limit: `have at most ${limit} entries` };
    case "uniqueItems":
      return { limit: "have no entry twice" };
    case "pattern":
      return { form: String(params["says"] ?? `text that matches ${params["pattern"]}`) };
    case "oneOf":
      return { form: "one of its forms, not several at once" };
    case "not":
    case "contains":
      return { form: String(params["says"] ?? "something else") };
    default:
      return undefined;
  }
}
