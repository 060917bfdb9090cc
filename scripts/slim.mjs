// What bundles leave out of the packages they are made from, and what stands beside them as files.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { glob } from "./glob.mjs";

/**
 * Bytes of each bundle that nobody may go beyond unseen: 3 MB for the extension, its server and its preview together.
 * @type {Readonly<Record<string, number>>}
 */
export const largest = {
  "extension.js": 50_000,
  "language-client.js": 500_000,
  "server.js": 20_000,
  "protocol.js": 300_000,
  "mind.js": 2_000_000,
  "preview.js": 200_000,
  "preview.css": 30_000,
  "topology.js": 1_000_000,
  "cli.js": 5_000,
  "command-line.js": 2_000_000,
  "engine.js": 350_000,
};

/** The formatter is a third of the YAML service's size; nobody here asks for it. */
const formatter = "export class YAMLFormatter { configure() {} format() { return Promise.resolve([]); } }";

/**
 * The YAML service checks the schemas that it is given, in five drafts and as many languages. Ours were checked when
 * they were made, so that every one is valid.
 */
const drafts = {
  ajv: "http://json-schema.org/draft-07/schema",
  "ajv-draft-04": "http://json-schema.org/draft-04/schema",
  "ajv/dist/2019": "https://json-schema.org/draft/2019-09/schema",
  "ajv/dist/2020": "https://json-schema.org/draft/2020-12/schema",
};

function checkerOf(name) {
  if (name === "ajv-i18n") return "export default { en() {} };";
  return `export default class { defaultMeta() { return "${drafts[name]}"; } getSchema() { return () => true; } };`;
}

/** The YAML service without what it does not do here, on the packages that the server is made from too. */
export const slimYamlService = {
  name: "slim-yaml-service",
  setup({ onLoad, onResolve, resolve }) {
    onLoad({ filter: /[/\\]services[/\\]yamlFormatter\.js$/ }, () => ({ contents: formatter }));
    onResolve({ filter: /^ajv(-draft-04|-i18n|\/dist\/20(19|20))?$/ }, ({ path }) => ({ path, namespace: "checker" }));
    onLoad({ filter: /./, namespace: "checker" }, ({ path }) => ({ contents: checkerOf(path) }));
    onResolve({ filter: /^(yaml|vscode-languageserver(-types|-protocol)?)$/ }, ({ path, importer, kind }) =>
      /[/\\]yaml-language-server[/\\]/.test(importer) ? resolve(path, { kind, resolveDir: process.cwd() }) : undefined,
    );
  },
};

/**
 * The server's first answer needs the protocol alone. What answers everything else stands beside it, and both share one
 * copy of the protocol, as they do with the YAML service.
 */
export const mindBeside = {
  name: "mind-beside",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/mind\.ts$/ }, () => ({ path: "./mind.js", external: true }));
    onResolve({ filter: /^vscode-languageserver(-types|-protocol)?(\/node)?$/ }, () => ({
      path: "./protocol.js",
      external: true,
    }));
  },
};

/** Validators stand beside the bundles, which share them and load no more than they ask for. */
export const validatorsBeside = {
  name: "validators-beside",
  setup({ onResolve }) {
    const path = "./validators/index.cjs";
    onResolve({ filter: /[/\\]\.generated[/\\]validators[/\\]index\.cjs$/ }, () => ({ path, external: true }));
  },
};

const fromBeside = `
const index = require("./schemas/index.cjs");
export async function loadSchema(name) { return Object.hasOwn(index, name) ? index[name]() : undefined; }
`;

/** Schemas too: each is read with the first question about such a document. */
export const schemasBeside = {
  name: "schemas-beside",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[/\\]editor[/\\]schema[/\\]load-schema\.ts$/ }, () => ({ contents: fromBeside }));
    onResolve({ filter: /^\.\/schemas\/index\.cjs$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** Writes the schemas where `schemasBeside` looks for them. */
export function writeSchemas(outdir) {
  mkdirSync(`${outdir}/schemas`, { recursive: true });
  const lines = [];
  for (const file of ["schemas", ".generated/schemas"].flatMap((directory) => glob(directory, ".schema.json"))) {
    const name = basename(file, ".schema.json");
    writeFileSync(`${outdir}/schemas/${name}.json`, JSON.stringify(JSON.parse(readFileSync(file, "utf8"))));
    lines.push(`exports["${name}"] = () => require("./${name}.json");\n`);
  }
  writeFileSync(`${outdir}/schemas/index.cjs`, lines.join(""));
}
