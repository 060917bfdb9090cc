// What compiled validators call. This text is put into each module, behind its tables.

const known = objects.map(({ keys, leaves = {} }) => new Set([...keys, ...Object.keys(leaves)]));
const further = objects.map(({ patterns = [] }) => patterns.map((pattern) => new RegExp(pattern, "u")));

/** Checks an object against its table. Returns the errors so far with its own. */
// biome-ignore lint/correctness/noUnusedVariables: validators call it
function object(context, errors, data, path, number) {
  const { leaves, lax, notes, open, required = [] } = objects[number];
  if (data === null || typeof data !== "object" || Array.isArray(data))
    return lax ? errors : fail(errors, path, "type", { type: "object" });
  let all = errors;
  for (const key of required) if (data[key] === undefined) all = fail(all, path, "required", { missingProperty: key });
  for (const key in open ? {} : data)
    if (!known[number].has(key) && !further[number].some((pattern) => pattern.test(key)))
      all = fail(all, path, "additionalProperties", { key, object: number });
  for (const key in leaves) {
    const leaf = validators[`leaf${leaves[key]}`];
    if (data[key] !== undefined && !leaf.call(context, data[key], { instancePath: below(path, key) }))
      all = [...(all ?? []), ...leaf.errors];
  }
  for (const key in notes) if (data[key] !== undefined) context.notes.push([below(path, key), notes[key]]);
  return all;
}

function fail(errors, instancePath, keyword, params) {
  const error = { instancePath, keyword, params };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}

/** The JSON pointer to a key. */
function below(path, key) {
  return `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
