// Compares the engine with behaviour vectors: `npm run --silent conformance -- FILE...` prints one JSON object a file.
import { runBundled } from "./run-bundled.mjs";

await runBundled("test/conformance/main.ts");
