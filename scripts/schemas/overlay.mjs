// Our own words and bounds, laid over generated schemas.

/** @typedef {Record<string, any>} Schema */

/**
 * JSON merge patch (RFC 7386): objects are merged, null removes, everything else replaces.
 *
 * @returns {any}
 */
export function merge(target, patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const merged = { ...(target !== null && typeof target === "object" && !Array.isArray(target) ? target : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

/**
 * Lays the common overlay and a kind's own over its schema. A patch of something that is not there is a slip of ours.
 *
 * @param {Schema} schema
 * @param {Schema} common patches of `$defs`, for the kinds that have them
 * @param {Schema} own
 * @param {Set<string>} used names of common patches that had something to patch
 * @returns {Schema}
 */
export function lay(schema, common, own, used) {
  const defs = Object.fromEntries(Object.entries(common.$defs).filter(([name]) => name in schema.$defs));
  for (const name of Object.keys(defs)) used.add(name);
  return merge(merge(schema, { $defs: defs }), own);
}

/** Definitions that nothing refers to any more are left out. */
export function withoutUnused(schema) {
  const { $defs, ...rest } = schema;
  const needed = new Set();
  const waiting = [rest];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [, name] of JSON.stringify(next).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)) {
      if (needed.has(name)) continue;
      if (!(name in $defs)) throw new Error(`${schema.$id}: no definition ${name}`);
      needed.add(name);
      waiting.push($defs[name]);
    }
  }
  const kept = Object.fromEntries(Object.entries($defs).filter(([name]) => needed.has(name)));
  return Object.keys(kept).length === 0 ? rest : { ...rest, $defs: kept };
}
