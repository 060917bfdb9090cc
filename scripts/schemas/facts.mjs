// What a validator looks up, and what the messages about a schema need to know, by number.

/** @typedef {Record<string, any>} Schema */

/** Keywords that hold a schema, a list of schemas, schemas by name, and anything else. */
const one = ["items", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else"];
const many = ["allOf", "anyOf", "oneOf", "prefixItems"];
const byName = ["properties", "patternProperties", "dependentSchemas", "$defs"];
const plain = [
  ...["$ref", "const", "enum", "required", "dependentRequired", "pattern", "patternErrorMessage", "multipleOf"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "uniqueItems"],
  ...["minItems", "maxItems", "minContains", "maxContains", "minProperties", "maxProperties"],
];

/**
 * An object whose properties are checked by a table.
 *
 * @typedef {object} Listed
 * @property {string[]} keys properties that have code of their own
 * @property {Record<string, number>} [leaves] properties that look like many others, by the number of their look
 * @property {string[]} [patterns] of further keys
 * @property {string[]} [required]
 * @property {true} [open] further keys are nobody's business
 * @property {true} [lax] something else than an object may stand in its place
 * @property {Record<string, number>} [notes] what is to be said where a key is there
 * @property {number} [unknown] what becomes of further keys
 */

/** The tables of one module. */
export class Facts {
  /** @type {Listed[]} */
  objects = [];
  /** @type {Schema[]} small schemas that many properties have; each is compiled once */
  leaves = [];
  /** @type {object[]} */
  notes = [];
  /** @type {{ by?: string; effect?: string }[]} */
  unknown = [];

  /**
   * Schemas without their words, in which every closed object and every note carries its number here.
   *
   * @param {Schema[]} schemas
   * @returns {Schema[]}
   */
  take(schemas) {
    const simple = new Map(schemas.flatMap(simpleDefs));
    const taken = schemas.map((schema) => {
      const around = { unknown: schema["x-unknown"] ?? {}, noted: true, simple, root: schema.$id };
      return { $id: schema.$id, ...this.#node(schema, around) };
    });
    return [...this.leaves.map((leaf, number) => ({ $id: `${leafHome}${number}`, ...leaf })), ...taken];
  }

  #node(schema, around) {
    if (typeof schema === "boolean") return schema;
    const unknown = schema["x-unknown"] ?? around.unknown;
    const inner = (node, noted = around.noted) => this.#node(node, { ...around, unknown, noted });
    const { $ref, ...bare } = bareOf(schema);
    const simple = $ref === undefined ? undefined : around.simple.get($ref.replace(/^#/, `${around.root}#`));
    if (simple !== undefined) Object.assign(bare, simple);
    else if ($ref !== undefined) bare.$ref = $ref;
    // A condition asks; what it names is noted where it is demanded.
    for (const key of one)
      if (key in schema) bare[key] = inner(schema[key], around.noted && key !== "if" && key !== "not");
    for (const key of many) if (key in schema) bare[key] = schema[key].map((node) => inner(node));
    for (const key of byName) if (key in schema) bare[key] = mapped(schema[key], (node) => inner(node));
    const note = noteOf(schema);
    if (around.noted && note !== undefined) bare["x-note"] = this.notes.push(note) - 1;
    const open = schema["x-open"];
    if (open === undefined) return this.#listed(switched(bare), unknown);
    // To an editor's validator any key may stand here; ours is told of each, and speaks where one is misspelt.
    return this.#listed(switched({ ...bare, additionalProperties: false }), { ...open, open: true });
  }

  /** Of an object, all that a table can say. */
  #listed(schema, unknown) {
    const { type, additionalProperties, required, properties = {}, ...bare } = named(schema);
    const closed = additionalProperties === false;
    const open = additionalProperties === undefined || additionalProperties === true;
    if (!closed && !(open && Object.keys(properties).length > 2)) return schema;
    const known = Object.entries(properties).map(([name, node]) => ({ name, ...apart(node) }));
    const others = known.filter(({ node }) => !isLeaf(node));
    /** @type {Listed} */
    const object = { keys: others.map(({ name }) => name) };
    for (const { name, node, note } of known) {
      if (isLeaf(node)) object.leaves = { ...object.leaves, [name]: numberIn(this.leaves, node) };
      if (note !== undefined) object.notes = { ...object.notes, [name]: note };
    }
    if (bare.patternProperties !== undefined) object.patterns = Object.keys(bare.patternProperties);
    if (required !== undefined) object.required = required;
    if (type !== "object") object.lax = true;
    if (closed) object.unknown = numberIn(this.unknown, unknown);
    else object.open = true;
    const rest = Object.fromEntries(others.map(({ name, node }) => [name, node]));
    const number = this.objects.push(object) - 1;
    return { ...bare, ...(others.length > 0 && { properties: rest }), "x-object": number };
  }
}

/** Under this name, and a number, the compiler knows a leaf. */
export const leafHome = "headroom:leaf/";

function numberIn(list, item) {
  const text = JSON.stringify(item);
  const present = list.findIndex((one) => JSON.stringify(one) === text);
  return present >= 0 ? present : list.push(item) - 1;
}

/** Schemas and definitions that are leaves, by what refers to them. */
function simpleDefs({ $id, $defs = {}, ...schema }) {
  const defs = Object.entries($defs).map(([name, def]) => /** @type {const} */ ([`${$id}#/$defs/${name}`, def]));
  return [/** @type {const} */ ([$id, schema]), ...defs].flatMap(([ref, def]) => {
    const bare = bareOf(def);
    const whole = [...one, ...many, ...byName].every((key) => !(key in def)) && noteOf(def) === undefined;
    return whole && isLeaf(bare) ? [/** @type {const} */ ([ref, bare])] : [];
  });
}

/** A pattern that is one word is a name. */
function named({ patternProperties = {}, properties, ...bare }) {
  const patterns = Object.entries(patternProperties).map(([pattern, node]) => ({
    pattern,
    node,
    name: /^\^(\w+)\$$/.exec(pattern)?.[1],
  }));
  const further = patterns.filter(({ name }) => name === undefined).map(({ pattern, node }) => [pattern, node]);
  const names = patterns.flatMap(({ name, node }) => (name === undefined ? [] : [[name, node]]));
  return {
    ...bare,
    ...((properties !== undefined || names.length > 0) && {
      properties: { ...properties, ...Object.fromEntries(names) },
    }),
    ...(further.length > 0 && { patternProperties: Object.fromEntries(further) }),
  };
}

/** A list of "if this key is that word, then" is a choice by that key. */
function switched(bare) {
  const cases = (bare.allOf ?? []).map(caseOf);
  const [first] = cases;
  if (first === undefined || cases.some((one) => one?.key !== first.key)) return bare;
  const { allOf: _, ...rest } = bare;
  return {
    ...rest,
    "x-switch-on": first.key,
    "x-switch": Object.fromEntries(cases.map((one) => [one.word, one.then])),
  };
}

function caseOf({ if: condition, then, ...others }) {
  const [key, more] = condition?.required ?? [];
  const word = condition?.properties?.[key]?.const;
  const shape = JSON.stringify({ required: [key], properties: { [key]: { const: word } } });
  const only = more === undefined && Object.keys(others).length === 0 && typeof word === "string";
  return only && then !== undefined && JSON.stringify(condition) === shape ? { key, word, then } : undefined;
}

/** A property and the note on it. */
function apart(node) {
  if (typeof node === "boolean") return { node, note: undefined };
  const { "x-note": note, ...rest } = node;
  return { node: rest, note };
}

function bareOf(schema) {
  const bare = Object.fromEntries(plain.flatMap((key) => (key in schema ? [[key, schema[key]]] : [])));
  if (Array.isArray(schema.type)) bare["x-types"] = schema.type;
  else if (schema.type !== undefined) bare.type = schema.type;
  return bare;
}

/** Small, and on its own. */
function isLeaf(bare) {
  if (typeof bare === "boolean") return false;
  const text = JSON.stringify(bare);
  return text.length < 400 && !/"(?:\$ref|x-object|x-note)":/.test(text);
}

function mapped(schemas, change) {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
}

function noteOf(schema) {
  const { deprecated, deprecationMessage: message, "x-renamed-to": renamedTo, "x-versions": versions } = schema;
  const deprecatedSince = schema["x-deprecated-since"];
  if (deprecated !== true && versions === undefined) return undefined;
  return {
    ...(deprecated === true && { deprecated, message, renamedTo, deprecatedSince }),
    ...(versions !== undefined && { versions: [versions].flat() }),
    // A value of its own among others, not a key.
    ...("const" in schema && { value: true }),
  };
}
