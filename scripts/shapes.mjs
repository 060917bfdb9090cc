// Lints each hostile shape with the command line that was built, and prints what it took.
import { runBundled } from "./run-bundled.mjs";

await runBundled("test/hostile/main.ts");
