// Prints everything that is said once in a rule or a kind and shown elsewhere. `--check` fails on a stale file instead.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { glob } from "./glob.mjs";
import { runBundled } from "./run-bundled.mjs";
import { ensureSchemas } from "./schemas/ensure.mjs";

const checking = process.argv.includes("--check");
const stale = [];

/** The lists of rules and kinds, from the files that define them: adding one touches nothing else. */
function registry(folder, definer, name, type) {
  const found = glob(folder, ".ts").flatMap((file) => {
    const names = [...readFileSync(file, "utf8").matchAll(definer)].map((match) => match[1]);
    return names.length === 0 ? [] : [{ file: `./${relative(folder, file)}`, names }];
  });
  const every = found.flatMap(({ names }) => names);
  // Two subjects may call a rule the same; in the list the folder then stands before its name.
  const listed = (file, one) => (every.filter((other) => other === one).length < 2 ? one : inFolder(file, one));
  const imports = found.map(({ file, names }) => {
    const words = names.map((one) => (listed(file, one) === one ? one : `${one} as ${listed(file, one)}`));
    return `import { ${words.join(", ")} } from "${file}";`;
  });
  const all = found.flatMap(({ file, names }) => names.map((one) => listed(file, one)));
  const source = `// Printed by \`npm run generate\`.\n${type}\n${imports.join("\n")}\n\nexport const ${name} = [\n${all.map((one) => `  ${one},\n`).join("")}];\n`;
  print(
    `${folder}/registry.ts`,
    source.replace(`const ${name} =`, `const ${name}: readonly ${name === "rules" ? "Rule" : "Kind"}[] =`),
  );
}

function inFolder(file, name) {
  return `${file.split("/").at(-2)}${name[0].toUpperCase()}${name.slice(1)}`;
}

function print(file, text) {
  let present;
  try {
    present = readFileSync(file, "utf8");
  } catch {}
  if (present === text) return;
  if (checking) return void stale.push(file);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`printed ${file}`);
}

registry(
  "server/rules",
  /^export const (\w+) = define(?:Document|Suppression)?Rule\(/gm,
  "rules",
  'import type { Rule } from "./rule.ts";',
);
registry("server/kinds", /^export const (\w+) = defineKind[<(]/gm, "kinds", 'import type { Kind } from "./kind.ts";');

await ensureSchemas();
const { printedFiles } = await runBundled("scripts/printed/index.ts");
const files = printedFiles((file) => readFileSync(file, "utf8"));
for (const [file, text] of files) print(file, text);
for (const file of glob("docs/rules", ".md")) {
  if (files.has(file)) continue;
  if (checking) stale.push(file);
  else rmSync(file);
}

if (stale.length > 0) {
  console.error(`These files are stale; run npm run generate:\n${stale.map((file) => `  ${file}`).join("\n")}`);
  process.exitCode = 1;
}
