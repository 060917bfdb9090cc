// The engine: decisions, arrivals and replicas.
import { runBundled } from "../run-bundled.mjs";

export const bench = () => runBundled("test/bench/simulations.ts");
