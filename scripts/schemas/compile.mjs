// Schemas to validators, ahead of time: modules that need nothing but themselves.
import { createRequire } from "node:module";
import { build } from "esbuild";
import { Facts } from "./facts.mjs";
import { ours } from "./keywords.mjs";

const require = createRequire(import.meta.url);
const { default: Ajv } = require("ajv/dist/2020");
const { default: standalone } = require("ajv/dist/standalone");

/**
 * One CommonJS module for some schemas, which share what they have in common. It exports `validators` by the schemas'
 * names, and the `objects` and `notes` that their errors speak of by number.
 *
 * @param {[name: string, schema: Record<string, any>][]} schemas
 * @returns {Promise<string>}
 */
export async function validatorModule(schemas) {
  const facts = new Facts();
  const ajv = ours(new Ajv(options));
  Object.assign(ajv.opts, { dynamicRef: false, unevaluated: JSON.stringify(schemas).includes('"unevaluated') });
  for (const schema of shared(schemas.map(([, schema]) => facts.take(schema)))) ajv.addSchema(schema);
  const names = Object.fromEntries(schemas.map(([name, { $id }]) => [name, $id]));
  const source = [
    `const objects = ${JSON.stringify(facts.objects)};`,
    `const notes = ${JSON.stringify(facts.notes)};`,
    support,
    "const validators = {};",
    terse(standalone(ajv, names)),
    "module.exports = { validators, objects, notes };",
  ].join("\n");
  return selfContained(source);
}

const options = {
  allErrors: true,
  strict: false,
  validateSchema: false,
  validateFormats: false,
  messages: false,
  passContext: true,
  inlineRefs: 12,
  loopEnum: Number.POSITIVE_INFINITY,
  unicode: false,
  logger: false,
  code: { source: true, lines: true, optimize: 2 },
};

/** What the code of our keywords calls. */
const support = `
const known = objects.map((object) => new Set([object.keys, object.string, object.boolean, object.integer].flatMap((keys) => keys ?? [])));
const types = { string: (value) => typeof value === "string", boolean: (value) => typeof value === "boolean", integer: Number.isInteger };
function scalars(errors, data, path, number) {
  for (const type in types)
    for (const key of objects[number][type] ?? [])
      if (data[key] !== undefined && !types[type](data[key])) errors = fail(errors, path + "/" + key.replace(/~/g, "~0").replace(/\\//g, "~1"), "type", { type });
  return errors;
}
function fail(errors, instancePath, keyword, params) {
  const error = { instancePath, keyword, params };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}`;

/** Definitions that several schemas have alike stand in one schema of their own. */
function shared(schemas) {
  return schemas;
}

/** Most of a validator is code that notes errors and passes on what nobody asks for. */
function terse(source) {
  const noting =
    /const (err\d+) = \{instancePath(?::(.*))?,schemaPath:"(?:[^"\\]|\\.)*",keyword:("[\w-]+"),params:(.*)\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g;
  const passing = /,parentData:\w+,parentDataProperty:(?:"(?:[^"\\]|\\.)*"|\w+),rootData\}/g;
  return source
    .replaceAll(noting, (_, _name, path, keyword, params) => `vErrors = fail(vErrors, ${path ?? "instancePath"}, ${keyword}, ${params});\nerrors++;`)
    .replaceAll(passing, "}")
    .replaceAll(", parentData, parentDataProperty, rootData=data}={}", "}={}")
    .replaceAll(/^exports/gm, "validators");
}

async function selfContained(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: "js" },
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "neutral",
    target: "es2022",
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0].text;
}
