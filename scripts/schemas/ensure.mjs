// Makes .generated/: schemas of Kubernetes and KEDA kinds, and validators of all kinds. Nothing is done while what it is
// made from has not changed.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { glob } from "../glob.mjs";

const home = ".generated";
const packages = [
  "@kubernetes-models/gateway-api",
  "@kubernetes-models/karpenter",
  "@kubernetes-models/keda",
  "@kubernetes-models/prometheus-operator",
  "ajv",
  "esbuild",
  "kubernetes-models",
  "ts-json-schema-generator",
  "typescript",
];

/** @returns {Promise<boolean>} whether there was anything to do */
export async function ensureSchemas() {
  const stamp = stampOfInputs();
  if (stamp === textOf(`${home}/stamp`)) return false;
  const { outputs } = await import("./outputs.mjs");
  const files = await outputs();
  for (const [file, text] of files) write(`${home}/${file}`, text);
  for (const file of glob(home, "")) {
    const name = file.slice(home.length + 1);
    if (name !== "stamp" && !files.has(name)) rmSync(file, { force: true });
  }
  write(`${home}/stamp`, stamp);
  return true;
}

function stampOfInputs() {
  const hash = createHash("sha256");
  for (const file of [...glob("scripts/schemas", ""), ...glob("schemas", ".json")])
    hash.update(`${file}\n${textOf(file)}`);
  for (const name of packages)
    hash.update(`${name} ${JSON.parse(textOf(`node_modules/${name}/package.json`)).version}\n`);
  return hash.digest("hex");
}

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Whole or not at all: another run may be reading. */
function write(file, text) {
  if (text === textOf(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}
