// Measures speed, as ratios where it can: `npm run bench` for all, `npm run bench -- NAME…` for some. Each file of
// scripts/bench is one subject, which says what it is called there by its name.
import { cpus } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { glob } from "./glob.mjs";

const subjects = glob("scripts/bench", ".mjs")
  .filter((file) => !file.includes("/peers/"))
  .map((file) => ({
    file,
    name: file.slice("scripts/bench/".length, -".mjs".length),
  }));
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !subjects.some((one) => one.name === name));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}". It may be ${subjects.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

console.log(`Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model.trim()}`);
for (const { file, name } of subjects) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n## ${name}\n`);
  const { bench } = await import(pathToFileURL(resolve(file)).href);
  await bench();
}
