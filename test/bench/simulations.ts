import { benchArrivals } from "./arrivals.ts";
import { benchEngine } from "./engine.ts";
import { benchReplica } from "./replica.ts";
import { benchSimulation } from "./simulation.ts";

benchEngine();
benchArrivals();
// A whole day, 8.6 million requests, with `HOURS=24`.
benchReplica(Number(process.env["HOURS"] ?? 1));
benchSimulation();
