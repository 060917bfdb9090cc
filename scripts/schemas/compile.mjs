// Schemas to validators, ahead of time: modules that need nothing but themselves.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";
import { Facts, leafHome } from "./facts.mjs";
import { ours } from "./keywords.mjs";
import { withNamedReferences } from "./references.mjs";
import { sharing } from "./sharing.mjs";

const require = createRequire(import.meta.url);
const { default: Ajv } = require("ajv/dist/2020");
const { default: standalone } = require("ajv/dist/standalone");

/**
 * One CommonJS module for some schemas, which share what they have in common. It exports `validators` by the schemas'
 * names, and the tables that their errors speak of by number.
 *
 * @param {[name: string, schema: Record<string, any>][]} schemas
 * @returns {Promise<string>}
 */
export async function validatorModule(schemas) {
  if (JSON.stringify(schemas).includes('"unevaluated'))
    throw new Error("tables of keys cannot tell what was evaluated");
  const facts = new Facts();
  const ajv = ours(new Ajv(options));
  Object.assign(ajv.opts, { dynamicRef: false, unevaluated: false });
  const named = schemas.map(([, schema]) => withNamedReferences(schema));
  for (const schema of facts.take(sharing(named))) ajv.addSchema(schema);
  const leaves = facts.leaves.map((_, number) => [`leaf${number}`, `${leafHome}${number}`]);
  const names = Object.fromEntries([...schemas.map(([name, { $id }]) => [name, $id]), ...leaves]);
  const source = [
    `const objects = ${JSON.stringify(facts.objects)};`,
    `const notes = ${JSON.stringify(facts.notes)};`,
    `const unknown = ${JSON.stringify(facts.unknown)};`,
    "const validators = {};",
    readFileSync("scripts/schemas/runtime.js", "utf8"),
    terse(standalone(ajv, names)),
    "module.exports = { validators, objects, notes, unknown };",
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

/** Most of a validator is code that notes errors and passes on what nobody asks for. */
function terse(source) {
  const noting =
    /const (err\d+) = \{instancePath(?::(.*))?,schemaPath:"(?:[^"\\]|\\.)*",keyword:("[\w-]+"),params:(.*)\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g;
  const passing = /,parentData:\w+,parentDataProperty:(?:"(?:[^"\\]|\\.)*"|\w+),rootData\}/g;
  return source
    .replaceAll(
      noting,
      (_, _name, path, keyword, params) =>
        `vErrors = fail(vErrors, ${path ?? "instancePath"}, ${keyword}, ${params});\nerrors++;`,
    )
    .replaceAll(passing, "}")
    .replaceAll(", parentData, parentDataProperty, rootData=data}={}", "}={}")
    .replaceAll(/^exports/gm, "validators");
}

async function selfContained(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: "js" },
    alias: { "fast-deep-equal": "./scripts/schemas/equal.js" },
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
