// What a validator looks up, and what the messages about a schema need to know, by number.

/** @typedef {Record<string, any>} Schema */

/** Keywords that hold a schema, a list of schemas, schemas by name, and anything else. */
const one = [
  ...["items", "contains", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames"],
  ...["not", "if", "then", "else"],
];
const many = ["allOf", "anyOf", "oneOf", "prefixItems"];
const named = ["properties", "patternProperties", "dependentSchemas", "$defs"];
const plain = [
  ...["$ref", "const", "enum", "required", "dependentRequired", "pattern", "patternErrorMessage", "multipleOf"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "uniqueItems"],
  ...["minItems", "maxItems", "minContains", "maxContains", "minProperties", "maxProperties"],
];

/** Properties of these types, and with no more to be said, are checked by a table. */
const scalars = new Set(["string", "boolean", "integer"]);

/** The objects and notes of one module. */
export class Facts {
  /** @type {{ keys: string[]; string?: string[]; boolean?: string[]; integer?: string[]; by?: string; effect?: string }[]} */
  objects = [];
  /** @type {object[]} */
  notes = [];

  /**
   * A schema without its words, in which every closed object and every note carries its number here.
   *
   * @param {Schema} schema
   * @returns {Schema}
   */
  take(schema) {
    const simple = new Map(
      Object.entries(schema.$defs ?? {}).flatMap(([name, def]) =>
        isScalar(bareOf(def)) ? [[`#/$defs/${name}`, bareOf(def)]] : [],
      ),
    );
    return { $id: schema.$id, ...this.#node(schema, { unknown: schema["x-unknown"] ?? {}, noted: true, simple }) };
  }

  #node(schema, around) {
    if (typeof schema === "boolean") return schema;
    const unknown = schema["x-unknown"] ?? around.unknown;
    const inner = (node, noted = around.noted) => this.#node(node, { ...around, unknown, noted });
    const bare = { ...bareOf(schema), ...around.simple.get(schema.$ref) };
    if (around.simple.has(schema.$ref)) delete bare.$ref;
    // A condition asks; what it names is noted where it is demanded.
    for (const key of one)
      if (key in schema) bare[key] = inner(schema[key], around.noted && key !== "if" && key !== "not");
    for (const key of many) if (key in schema) bare[key] = schema[key].map((node) => inner(node));
    for (const key of named) if (key in schema) bare[key] = mapped(schema[key], (node) => inner(node));
    const note = noteOf(schema);
    if (around.noted && note !== undefined) bare["x-note"] = this.notes.push(note) - 1;
    return schema.additionalProperties === false || schema.unevaluatedProperties === false
      ? this.#closed(bare, unknown)
      : bare;
  }

  #closed(bare, unknown) {
    const object = { keys: [], ...unknown };
    const number = this.objects.push(object) - 1;
    const properties = Object.entries(bare.properties ?? {});
    const listed = bare.additionalProperties === false ? properties.filter(([, node]) => isScalar(node)) : [];
    for (const [name, { type }] of listed) (object[type] ??= []).push(name);
    const others = properties.filter((property) => !listed.includes(property));
    object.keys = others.map(([name]) => name);
    return {
      ...bare,
      properties: Object.fromEntries(others),
      "x-object": number,
      ...(listed.length > 0 && { "x-scalars": number }),
    };
  }
}

function bareOf(schema) {
  const bare = Object.fromEntries(plain.flatMap((key) => (key in schema ? [[key, schema[key]]] : [])));
  if (Array.isArray(schema.type)) bare["x-types"] = schema.type;
  else if (schema.type !== undefined) bare.type = schema.type;
  return bare;
}

function isScalar(bare) {
  return scalars.has(bare.type) && Object.keys(bare).length === 1;
}

function mapped(schemas, change) {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
}

function noteOf(schema) {
  const { deprecated, deprecationMessage: message, "x-renamed-to": renamedTo, "x-versions": versions } = schema;
  if (deprecated !== true && versions === undefined) return undefined;
  return {
    ...(deprecated === true && { deprecated, message, renamedTo }),
    ...(versions !== undefined && { versions: [versions].flat() }),
    // A value of its own among others, not a key.
    ...("const" in schema && { value: true }),
  };
}
