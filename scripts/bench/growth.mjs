// How work grows when the input doubles, and against a bare parse of the same bytes.
import { runBundled } from "../run-bundled.mjs";

export const bench = () => runBundled("test/bench/growth.ts");
