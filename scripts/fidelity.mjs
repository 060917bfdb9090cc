// Holds the engine against published measurements: `npm run fidelity` prints the tables of docs/fidelity.md, `-- --write` puts
// them in the page.
import { runBundled } from "./run-bundled.mjs";

await runBundled("test/engine/serving/measured/main.ts");
