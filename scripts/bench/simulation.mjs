// The engine: decisions, arrivals, replicas, and the agreement of its two tiers.
import { runBundled } from "../run-bundled.mjs";

export const bench = () => runBundled("test/bench/simulations.ts");
