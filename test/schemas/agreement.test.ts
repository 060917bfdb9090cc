import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { schemaNames, validatorModule } from "../../server/schemas/compiled.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Keywords = Readonly<Record<string, unknown>>;

/** A schema as it is written, before anything was made of it. */
function read(name: string): Keywords {
  const file = `schemas/${name}.schema.json`;
  return JSON.parse(readFileSync(existsSync(file) ? file : `.generated/${file}`, "utf8"));
}

/** A document in which every key of a schema is there, right as far as that can be told without trying. */
function sampleOf(schema: unknown, root: Keywords, depth = 0): Json {
  if (schema === undefined || typeof schema === "boolean" || depth > 12) return "x";
  const keywords = schema as Keywords;
  const { $ref, enum: words, examples, properties, items, minimum } = keywords;
  const inner = (one: unknown) => sampleOf(one, root, depth + 1);
  if (typeof $ref === "string") return inner(placeIn(root, $ref));
  if ("const" in keywords) return keywords["const"] as Json;
  for (const list of [words, examples]) if (Array.isArray(list)) return list[0];
  for (const key of ["anyOf", "oneOf", "allOf"]) {
    const branches = keywords[key];
    if (Array.isArray(branches) && properties === undefined) return inner(branches[0]);
  }
  const [type] = [keywords["type"]].flat();
  if (type === "object" || properties !== undefined)
    return Object.fromEntries(Object.entries(properties ?? {}).map(([key, one]) => [key, inner(one)]));
  if (type === "array") return [inner(items ?? {})];
  if (type === "integer" || type === "number") return typeof minimum === "number" ? minimum : 1;
  return type === "boolean" ? true : type === "null" ? null : "x";
}

function placeIn(root: Keywords, ref: string): unknown {
  const steps = decodeURIComponent(ref).split("/").slice(1);
  const name = (step: string) => step.replaceAll("~1", "/").replaceAll("~0", "~");
  return steps.reduce<unknown>((at, step) => (at as Keywords | undefined)?.[name(step)], root);
}

/** Numbers that look random and are the same in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const odd: Json[] = [null, true, 0, -1, 1.5, 70000, "", "x", "8000", "64Gi", [], ["x"], {}, { odd: 1 }, [{}]];

/** Changes one place: another value, a key less, a key more. */
function mutate(value: Json, roll: (below: number) => number): Json {
  if (value === null || typeof value !== "object" || roll(6) === 0) return odd[roll(odd.length)] as Json;
  if (Array.isArray(value)) return value.map((item, index) => (index === 0 ? mutate(item, roll) : item));
  const keys = Object.keys(value);
  const key = keys[roll(keys.length)];
  if (key === undefined || roll(8) === 0) return { ...value, odd: 1 };
  const { [key]: inner = null, ...rest } = value;
  return roll(5) === 0 ? rest : { ...rest, [key]: mutate(inner, roll) };
}

/** Leaves keys out, deep down too, until a validator takes what is left: most keys of a sample exclude each other. */
function accepted(value: Json, accepts: (value: Json) => boolean, roll: (below: number) => number): Json {
  let left = value;
  for (let round = 0; round < 300 && !accepts(left); round++) left = without(left, roll);
  return left;
}

function without(value: Json, roll: (below: number) => number): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return roll(4) === 0 ? [] : value.map((item) => without(item, roll));
  const entries = Object.entries(value).filter(() => roll(12) > 0);
  return Object.fromEntries(entries.map(([key, inner]) => [key, roll(3) === 0 ? without(inner, roll) : inner]));
}

/** Where editors let any key stand, ours is told of each, and decides itself whether one is misspelt. */
function closed(schema: Json): Json {
  if (schema === null || typeof schema !== "object") return schema;
  if (Array.isArray(schema)) return schema.map(closed);
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return "x-open" in schema ? { ...inner, additionalProperties: false } : inner;
}

describe("a validator made ahead of time accepts exactly what ajv accepts", () => {
  for (const name of schemaNames) {
    test(name, () => {
      const schema = read(name);
      const expected = new Ajv2020({ strict: false, validateFormats: false }).compile(closed(schema as Json) as object);
      const validate = validatorModule(name)?.validators[name];
      const roll = dice(name.length);
      const whole = sampleOf(schema, schema);
      let refused = 0;
      for (let round = 0; round < 300; round++) {
        let value = round % 3 === 0 ? accepted(whole, expected, roll) : whole;
        for (let changes = round % 4; changes > 0; changes--) value = mutate(value, roll);
        if (!expected(value)) refused++;
        assert.equal(validate?.call({ notes: [] }, value), expected(value), JSON.stringify(value));
      }
      assert.ok(refused > 50);
    });
  }
});
