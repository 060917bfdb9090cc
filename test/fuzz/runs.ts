import { forecastsKeepPromises } from "./forecast-promises.ts";
import { runsKeepPromises } from "./run-promises.ts";

/** Seconds of the processor that one seed may take before it is told as a hang. */
const patience = 20;

/** Runs of scenarios and forecasts of stacks for so many seconds, from a seed on. */
export function fuzzRuns(seconds: number, first: number): void {
  const until = performance.now() + seconds * 1000;
  let [runs, failures, slowest] = [0, 0, 0];
  for (let seed = first; performance.now() < until; seed++)
    for (const [name, keepPromises] of [
      ["scenario", runsKeepPromises],
      ["forecast", forecastsKeepPromises],
    ] as const) {
      const before = process.cpuUsage();
      runs++;
      try {
        keepPromises(seed);
      } catch (error) {
        failures++;
        console.log(`${name} of --seed ${seed}: ${(error as Error).stack}\n`);
      }
      const took = process.cpuUsage(before).user / 1e6;
      slowest = Math.max(slowest, took);
      if (took > patience) {
        failures++;
        console.log(`${name} of --seed ${seed}: ${took.toFixed(1)} s\n`);
      }
    }
  console.log(`| runs | first seed | failures | slowest |
| --- | --- | --- | --- |
| ${runs} | ${first} | ${failures} | ${slowest.toFixed(2)} s |`);
  if (failures > 0) process.exitCode = 1;
}
