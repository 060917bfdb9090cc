// Prints the table of docs/reliability.md: `npm run reliability`
import { runBundled } from "./run-bundled.mjs";

await runBundled("test/hostile/main.ts");
