import { readFileSync, writeFileSync } from "node:fs";
import { fidelityTables } from "./page.ts";
import { withTables } from "./tables.ts";

/** Prints the tables of the page; `--write` puts them in it. */
const page = "docs/fidelity.md";
const tables = fidelityTables();
if (process.argv.includes("--write")) writeFileSync(page, withTables(readFileSync(page, "utf8"), tables));
else console.log(tables);
