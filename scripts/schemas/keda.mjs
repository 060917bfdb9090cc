// What the metadata of a KEDA trigger may hold depends on the trigger's type.
import { readFileSync } from "node:fs";

/** @typedef {Record<string, any>} Schema */

const facts = JSON.parse(readFileSync("schemas/data/keda-scalers.json", "utf8"));

/**
 * Gives the triggers of a ScaledObject one schema of metadata for each type of trigger.
 *
 * @param {Schema} schema
 * @returns {Schema}
 */
export function withScalers(schema) {
  const { ScaleTriggers: triggers } = schema.$defs;
  const types = Object.keys(facts.scalers).sort();
  return {
    ...schema,
    $defs: {
      ...schema.$defs,
      ...Object.fromEntries(types.map((type) => [defOf(type), metadata(type)])),
      ScaleTriggers: {
        ...triggers,
        properties: { ...triggers.properties, type: { ...triggers.properties.type, enum: types } },
        allOf: types.map((type) => ({
          if: { required: ["type"], properties: { type: { const: type } } },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { properties: { metadata: { $ref: `#/$defs/${defOf(type)}` } } },
        })),
      },
    },
  };
}

/** The name by which overlays find it. */
function defOf(type) {
  return `metadata-${type}`;
}

function metadata(type) {
  const keys = facts.scalers[type];
  const shared = facts.also.filter(({ scalers }) => scalers.includes(type)).flatMap((group) => group.keys);
  const properties = Object.fromEntries([
    ...shared.map((key) => [key, { type: "string" }]),
    ...Object.entries(keys).map(([key, fact]) => [key, property(fact)]),
  ]);
  const required = Object.keys(keys).filter((key) => keys[key].required);
  const open = facts.open.scalers.includes(type);
  return {
    description: `What KEDA's ${type} scaler reads. Every value is a string.`,
    type: "object",
    properties,
    ...(required.length > 0 && { required }),
    ...(open
      ? { additionalProperties: { type: "string" } }
      : { additionalProperties: false, "x-unknown": { by: `KEDA's ${type} scaler`, effect: "ignored" } }),
  };
}

function property({ default: usual, values, removedIn, instead }) {
  return {
    type: "string",
    ...(values !== undefined && { enum: values }),
    ...(usual !== undefined && { default: usual }),
    ...(removedIn !== undefined && {
      deprecated: true,
      deprecationMessage: `KEDA ${removedIn} no longer reads it. Use ${instead}.`,
      "x-versions": { product: "keda", until: before(removedIn) },
    }),
  };
}

/** The version before a minor one: the last in which something lived that is gone in this one. */
function before(version) {
  const [major, minor] = version.split(".").map(Number);
  return `${major}.${minor - 1}`;
}
