import { schemaMark, schemaUriOfKind } from "../messages.ts";
import { loadSchema, type Schema } from "../schema/load-schema.ts";
import type { HandedOver, Head } from "./documents.ts";

/** One schema for a whole file: each document follows that of its own kind, and everything else is left alone. */
export function schemaOfFile({ schemas }: HandedOver): Schema {
  return {
    allOf: schemas.map(({ head, schema }) => {
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      return { if: says(head), then: { $ref: schemaUriOfKind(schema) } };
    }),
  };
}

function says({ apiVersion, kind }: Head): Schema {
  const words = Object.entries({ apiVersion, kind }).filter(([, word]) => word !== undefined);
  const missing = Object.entries({ apiVersion, kind }).filter(([, word]) => word === undefined);
  return {
    // An empty document is of no kind.
    type: "object",
    required: words.map(([key]) => key),
    properties: Object.fromEntries(words.map(([key, word]) => [key, { const: word }])),
    ...(missing.length > 0 && { not: { anyOf: missing.map(([key]) => ({ required: [key] })) } }),
  };
}

/** The schema of a kind as a service understands it that is not ours, told apart by its title. */
export async function schemaOfKind(name: string): Promise<Schema | undefined> {
  // A name becomes part of a path; these are all there are.
  const schema = /^[a-z0-9-]+$/.test(name) ? await loadSchema(name) : undefined;
  if (schema === undefined) return undefined;
  // With `$schema` the service would check the schema itself, for every document at every keystroke.
  const { $schema: _, $id: __, title, ...rest } = schema;
  return { title: `${title} ${schemaMark}`, ...(adapted(rest) as Schema) };
}

/**
 * Deprecations are told by us, with the versions they belong to; what is deprecated is not proposed. Keys that demand
 * others are said as drafts before 2019 say it, which is how a schema without `$schema` is read.
 */
function adapted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(adapted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    if (key === "deprecationMessage" && typeof inner === "string") return ["doNotSuggest", true];
    if (key === "dependentRequired") return ["dependencies", inner];
    return [key, adapted(inner)];
  });
  return Object.fromEntries(entries);
}
