// The command line from nothing to its first finding.
import { runBundled } from "../run-bundled.mjs";

export const bench = () => runBundled("test/bench/start.ts");
