// Schemas that are compiled together need their common definitions only once.

/** @typedef {Record<string, any>} Schema */

const home = "headroom:shared/";
const own = /"\$ref":"#\/\$defs\/([^"]+)"/g;

/**
 * The schemas, and before them each definition that they have alike as a schema of its own: that is what the compiler
 * turns into one function for all who refer to it.
 *
 * @param {Schema[]} schemas
 * @returns {Schema[]}
 */
export function sharing(schemas) {
  const [first] = schemas;
  if (first === undefined || schemas.length < 2) return schemas;
  const common = alike(schemas);
  const shared = [...common].map(([name, def]) => ({ $id: `${home}${name}`, "x-unknown": first["x-unknown"], ...def }));
  return [...shared, ...schemas].map((schema) => pointing(schema, common));
}

/** Definitions of more than one schema that are the same in all that have them, with all that they refer to. */
function alike(schemas) {
  /** @type {Map<string, Schema>} */
  const common = new Map();
  const names = new Set(schemas.flatMap(({ $defs = {} }) => Object.keys($defs)));
  for (const name of names) {
    const texts = schemas.flatMap(({ $defs = {} }) => (name in $defs ? [JSON.stringify($defs[name])] : []));
    if (texts.length > 1 && new Set(texts).size === 1) common.set(name, JSON.parse(texts[0]));
  }
  for (let before = -1; before !== common.size; ) {
    before = common.size;
    for (const [name, def] of common)
      if ([...JSON.stringify(def).matchAll(own)].some(([, other]) => !common.has(other))) common.delete(name);
  }
  return common;
}

function pointing(schema, common) {
  const { $defs = {}, ...rest } = schema;
  const kept = Object.fromEntries(Object.entries($defs).filter(([name]) => !common.has(name)));
  const text = JSON.stringify({ ...rest, $defs: kept });
  return JSON.parse(text.replaceAll(own, (ref, name) => (common.has(name) ? `"$ref":"${home}${name}"` : ref)));
}
