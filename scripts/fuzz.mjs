// Changes manifests at random and looks whether findings stay true to them: `npm run fuzz [-- --seconds 600 --seed 1]`; with `--runs`
// scenarios and stacks, and whether their simulations are sound.
import { runBundled } from "./run-bundled.mjs";

await runBundled("test/fuzz/main.ts");
