// The command line over corpora on disk: wall, processor, memory, against a bare parse and against peers.
import { runBundled } from "../run-bundled.mjs";

export const bench = () => runBundled("test/bench/corpora.ts");
