import { parseArgs } from "node:util";
import { stream } from "../../server/engine/random/stream.ts";
import { mutated } from "./mutate.ts";
import { Fuzzed } from "./promises.ts";
import { fuzzRuns } from "./runs.ts";
import { seedFiles } from "./seeds.ts";

/** Seconds that one file may take before it is told as a hang. */
const patience = 5;

const { values } = parseArgs({
  options: { seconds: { type: "string" }, seed: { type: "string" }, runs: { type: "boolean" } },
});
const seconds = Number(values.seconds ?? 60);
const first = Number(values.seed ?? Date.now() % 1_000_000);
if (values.runs) fuzzRuns(seconds, first);
else fuzzManifests();

function fuzzManifests(): void {
  const seeds = seedFiles();
  const until = performance.now() + seconds * 1000;
  let [inputs, failures, slowest] = [0, 0, 0];

  for (let seed = first; performance.now() < until; seed++) {
    const random = stream(seed, "fuzz");
    const fuzzed = new Fuzzed();
    for (let n = 0; n < 100 && performance.now() < until; n++) {
      const [path, text] = seeds[random.below(seeds.length)] as (typeof seeds)[number];
      const [, other] = seeds[random.below(seeds.length)] as (typeof seeds)[number];
      const input = mutated(text, random, other);
      const before = performance.now();
      inputs++;
      try {
        fuzzed.keepsPromises(input);
      } catch (error) {
        failures++;
        console.log(`--seed ${seed}, input ${n}, from ${path}: ${(error as Error).stack}\n${JSON.stringify(input)}\n`);
      }
      const took = (performance.now() - before) / 1000;
      slowest = Math.max(slowest, took);
      if (took > patience) {
        failures++;
        console.log(`--seed ${seed}, input ${n}, from ${path}: ${took.toFixed(1)} s\n${JSON.stringify(input)}\n`);
      }
    }
  }
  console.log(`| inputs | first seed | failures | slowest |
| --- | --- | --- | --- |
| ${inputs} | ${first} | ${failures} | ${slowest.toFixed(2)} s |`);
  if (failures > 0) process.exitCode = 1;
}
