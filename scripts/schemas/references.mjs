// A reference to any place of a schema, as a reference to a definition: the places themselves are rearranged later.

/** @typedef {Record<string, any>} Schema */

const place = /"\$ref":"#(\/(?!\$defs\/[^"/]+")[^"]*)"/g;

/**
 * @param {Schema} schema
 * @returns {Schema}
 */
export function withNamedReferences(schema) {
  const text = JSON.stringify(schema);
  const pointers = new Set([...text.matchAll(place)].map(([, pointer]) => pointer));
  if (pointers.size === 0) return schema;
  const named = JSON.parse(text.replaceAll(place, (_, pointer) => `"$ref":"#/$defs/${nameOf(pointer)}"`));
  const defs = [...pointers].map((pointer) => [nameOf(pointer), at(named, pointer)]);
  return { ...named, $defs: { ...named.$defs, ...Object.fromEntries(defs) } };
}

function nameOf(pointer) {
  return `at${pointer.replaceAll("/", ".")}`;
}

function at(schema, pointer) {
  const steps = pointer.slice(1).split("/");
  const found = steps.reduce((node, step) => node?.[step.replaceAll("~1", "/").replaceAll("~0", "~")], schema);
  if (found === undefined) throw new Error(`${schema.$id}: nothing at #${pointer}`);
  return found;
}
