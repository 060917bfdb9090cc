// Every file of .generated/, by its name in there.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { glob } from "../glob.mjs";
import { validatorModule } from "./compile.mjs";
import { generatedSchemas } from "./generate.mjs";
import { kinds } from "./kinds.mjs";

/** The configuration of Headroom itself has its own reader. */
const notValidated = new Set(["headroom-config"]);

/** @returns {Promise<Map<string, string>>} */
export async function outputs() {
  const generated = generatedSchemas();
  const schemas = new Map([...handMade(), ...generated]);
  const modules = modulesOf([...schemas.keys()]);
  const files = new Map();
  for (const [name, schema] of generated) files.set(`schemas/${name}.schema.json`, `${JSON.stringify(schema)}\n`);
  for (const [module, names] of modules) {
    const members = names.map((name) => /** @type {[string, object]} */ ([name, schemas.get(name)]));
    files.set(`validators/${module}.cjs`, await validatorModule(members));
  }
  return files.set("validators/index.cjs", indexOf(modules));
}

function handMade() {
  const files = glob("schemas", ".schema.json").filter((file) => !file.slice("schemas/".length).includes("/"));
  return files.flatMap((file) => {
    const name = basename(file, ".schema.json");
    return notValidated.has(name)
      ? []
      : [/** @type {[string, object]} */ ([name, JSON.parse(readFileSync(file, "utf8"))])];
  });
}

/** The schemas of each module: kinds that have much in common share one. */
function modulesOf(names) {
  const groups = new Map(kinds.map(({ name, group = name }) => [name, group]));
  const modules = new Map();
  for (const name of names) {
    const module = groups.get(name) ?? name;
    modules.set(module, [...(modules.get(module) ?? []), name]);
  }
  return modules;
}

/** Each module is loaded when one of its validators is asked for the first time, also inside a bundle. */
function indexOf(modules) {
  const lines = [...modules].flatMap(([module, names]) =>
    names.map((name) => `  ${JSON.stringify(name)}: () => require("./${module}.cjs"),`),
  );
  return `module.exports = {\n${lines.sort().join("\n")}\n};\n`;
}
