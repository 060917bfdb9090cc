// Prints the tables of docs/reliability.md into it: `npm run reliability`
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

const page = "docs/reliability.md";
const here = `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model.trim()}`;

const print = (script, words = []) => execFileSync(process.execPath, [script, ...words], { encoding: "utf8" }).trim();
const tables = {
  shapes: `${here}:\n\n${print("scripts/shapes.mjs")}`,
  fuzz: `${here}:\n\n${print("scripts/fuzz.mjs", ["--seconds", "120", "--seed", "1"])}`,
};

let text = readFileSync(page, "utf8");
for (const [name, table] of Object.entries(tables))
  text = text.replace(
    new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- end -->)`),
    (_, head, tail) => `${head}\n${table}\n\n${tail}`,
  );
writeFileSync(page, text);
