// Measures speed as ratios: `npm run bench`
import { runBundled } from "./run-bundled.mjs";

await runBundled("test/bench/main.ts");
