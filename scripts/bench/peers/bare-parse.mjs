// A bare parse by the yaml package: what any linter on top of it pays before its first rule. One argument, a directory.
import { readFileSync } from "node:fs";
import { Composer, Parser } from "yaml";
import { glob } from "../../glob.mjs";

for (const file of glob(process.argv[2] ?? ".", ".yaml")) {
  const text = readFileSync(file, "utf8");
  for (const _ of new Composer({ uniqueKeys: false }).compose(new Parser().parse(text), true, text.length));
}
