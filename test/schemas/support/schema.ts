import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

/** What we say of a schema besides JSON Schema. */
const ownKeywords = [
  "x-unknown",
  "x-versions",
  "x-open",
  "x-deprecated-since",
  "x-renamed-to",
  "enumDescriptions",
  "deprecationMessage",
  "patternErrorMessage",
];

type Schema = { readonly [keyword: string]: unknown };

export function readSchema(name: string): Schema {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, "utf8"));
}

function validatorOf(schema: Schema): Ajv2020 {
  // Ajv asks for `required` beside `properties` before it has read them, in an `if` as in a `oneOf`.
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
  for (const keyword of ownKeywords) ajv.addKeyword(keyword);
  return ajv.addSchema(schema);
}

/** What is wrong with a YAML text: the place and the keyword, with the key that is missing or not known. */
function problemsOf(ajv: Ajv2020, schema: Schema, text: string): string[] {
  ajv.validate(schema["$id"] as string, parse(text));
  return (ajv.errors ?? [])
    .filter(({ keyword }) => keyword !== "if")
    .map(({ instancePath, keyword, params }) => {
      const key = params["missingProperty"] ?? params["additionalProperty"];
      return [instancePath === "" ? "/" : instancePath, keyword, ...(key === undefined ? [] : [key])].join(" ");
    });
}

/** One row: what it shows, the YAML, and what is wrong with it (nothing, in a clean document). */
export type Row = readonly [title: string, text: string, ...problems: string[]];

export function checks(name: string, rows: readonly Row[]): void {
  const schema = readSchema(name);
  describe(`${name}.schema.json`, () => {
    const ajv = validatorOf(schema);
    for (const [title, text, ...problems] of rows) {
      test(title, () => assert.deepEqual(problemsOf(ajv, schema, text), problems));
    }
    for (const [title, check] of Object.entries(wellFormed)) {
      test(title, () => {
        for (const place of placesIn(schema)) check(place, ajv, schema);
      });
    }
  });
}

/** A schema inside a schema, and the way to it; `properties` is the mapping that holds it under a name. */
interface Place {
  readonly at: readonly string[];
  readonly schema: Schema;
  readonly properties: Schema | undefined;
}

const maps = ["properties", "patternProperties", "$defs"];
const lists = ["oneOf", "anyOf", "allOf"];
const single = ["items", "additionalProperties", "if", "then", "else", "not"];

function placesIn(schema: Schema, at: readonly string[] = [], properties?: Schema): Place[] {
  const inside = (value: unknown, step: string[], holder?: Schema): Place[] =>
    typeof value === "object" && value !== null ? placesIn(value as Schema, [...at, ...step], holder) : [];
  return [
    { at, schema, properties },
    ...maps.flatMap((keyword) => {
      const held = (schema[keyword] ?? {}) as Schema;
      return Object.entries(held).flatMap(([name, value]) =>
        inside(value, [keyword, name], keyword === "properties" ? held : undefined),
      );
    }),
    ...lists.flatMap((keyword) =>
      ((schema[keyword] ?? []) as unknown[]).flatMap((value, index) => inside(value, [keyword, String(index)])),
    ),
    ...single.flatMap((keyword) => inside(schema[keyword], [keyword])),
  ];
}

const here = ({ at }: Place) => `/${at.join("/")}`;

/** What holds for every schema of ours. */
const wellFormed: Record<string, (place: Place, ajv: Ajv2020, root: Schema) => void> = {
  "it names itself and its dialect": ({ at, schema }) => {
    if (at.length > 0) return;
    assert.equal(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert.match(String(schema["$id"]), /^headroom:[a-z-]+$/);
    assert.ok(schema["title"] && schema["description"]);
  },
  "every property is described, in at most three sentences": (place) => {
    if (place.properties === undefined || place.at.includes("if")) return;
    const words = String(place.schema["description"] ?? "").replace(/ Default .*\.$/, "");
    assert.match(words, /^[\w<].*\.$/s, here(place));
    const sentences = words.split(/[.?](?: |$)/).filter((sentence) => sentence !== "");
    assert.ok(sentences.length <= 3, `${here(place)} has ${sentences.length} sentences`);
  },
  "a pattern of properties is described too": (place, _, root) => {
    if (place.at.at(-2) !== "patternProperties") return;
    const target = String(place.schema["$ref"] ?? "").replace("#/properties/", "");
    const described = target === "" ? place.schema : ((root["properties"] as Schema)[target] as Schema);
    assert.ok(described?.["description"], here(place));
  },
  "a description ends with the default": (place) => {
    const value = place.schema["default"];
    if (value === undefined || value === null) return;
    const spellings = [`Default ${value}.`, `Default ${JSON.stringify(value)}.`];
    const words = String(place.schema["description"]);
    assert.ok(
      spellings.some((spelling) => words.endsWith(spelling)),
      here(place),
    );
  },
  "defaults and examples are valid": (place, ajv, root) => {
    const values = [place.schema["default"], ...((place.schema["examples"] ?? []) as unknown[])];
    const pointer = place.at.map((step) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1")));
    for (const value of values.filter((one) => one !== undefined)) {
      const ok = ajv.validate({ $ref: `${root["$id"]}#/${pointer.join("/")}` }, value);
      assert.ok(ok, `${here(place)}: ${JSON.stringify(value)} ${ajv.errorsText()}`);
    }
  },
  "every value of an enum is described": (place) => {
    const values = place.schema["enum"] as unknown[] | undefined;
    if (values === undefined) return;
    const words = place.schema["enumDescriptions"] as string[];
    assert.equal(words?.length, values.length, here(place));
    assert.equal(new Set(values).size, values.length, here(place));
    for (const description of words) assert.match(description, /\.$/, here(place));
  },
  "a closed object says what happens to an unknown key": (place) => {
    const unknown = place.schema["x-unknown"] as { by: string; effect: string } | undefined;
    assert.equal(place.schema["additionalProperties"] === false, unknown !== undefined, here(place));
    if (unknown !== undefined) assert.match(unknown.effect, /^(?:rejected|ignored|pruned)$/);
  },
  "an old key says what to write instead": (place) => {
    const successor = place.schema["x-renamed-to"];
    assert.equal(place.schema["deprecated"] === true, place.schema["deprecationMessage"] !== undefined, here(place));
    if (successor === undefined) return;
    const target = place.properties?.[successor as string] as Schema | undefined;
    assert.ok(target !== undefined && target["deprecated"] !== true, here(place));
    assert.ok(String(place.schema["deprecationMessage"]).includes(successor as string), here(place));
  },
  "versions have a product and an end": (place) => {
    const versions = place.schema["x-versions"] as Record<string, string> | undefined;
    if (versions === undefined) return;
    const { product, since, until, ...others } = versions;
    assert.match(product ?? "", /^(?:kubernetes|keda|wva|vllm|lmcache|router)$/);
    for (const version of [since ?? until, until ?? since]) assert.match(version ?? "", /^\d+\.\d+(?:\.\d+)?$/);
    assert.deepEqual(others, {}, here(place));
  },
  "it stands alone, and its patterns are plain": (place) => {
    assert.equal(place.schema["format"], undefined, here(place));
    assert.match(String(place.schema["$ref"] ?? "#"), /^#/);
    const patterns = [String(place.schema["pattern"] ?? ""), ...Object.keys(place.schema["patternProperties"] ?? {})];
    for (const pattern of patterns) assert.doesNotMatch(pattern, /[*+}]\)[*+{]/, here(place));
  },
};
