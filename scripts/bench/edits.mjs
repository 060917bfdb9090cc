// An edit against the first reading.
import { runBundled } from "../run-bundled.mjs";

export const bench = () => runBundled("test/bench/edits.ts");
