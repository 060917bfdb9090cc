import { readFileSync, writeFileSync } from "node:fs";
import { twoTiersTable } from "../../simulation/two-tiers-table.ts";
import { fidelityTables } from "./page.ts";
import { withTables } from "./tables.ts";

/** Prints the tables of the page, with `--tiers` the one of the two tiers, which takes a minute; `--write` puts them in it. */
const page = "docs/fidelity.md";
const tiers = process.argv.includes("--tiers");
const tables = tiers ? twoTiersTable() : fidelityTables();
const script = tiers ? "npm run fidelity -- --tiers" : "npm run fidelity";
if (process.argv.includes("--write")) writeFileSync(page, withTables(readFileSync(page, "utf8"), tables, script));
else console.log(tables);
