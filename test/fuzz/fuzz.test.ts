import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stream } from "../../server/engine/random/stream.ts";
import { mutated } from "./mutate.ts";
import { Fuzzed } from "./promises.ts";
import { seedFiles } from "./seeds.ts";

const seeds = seedFiles();
const [runs, inputs] = [8, 40];

describe("whatever a manifest becomes, findings stay true to it", () => {
  for (let run = 0; run < runs; run++) {
    it(`${inputs} files that are changed at random, seed ${run}`, () => {
      const random = stream(run, "fuzz");
      const fuzzed = new Fuzzed();
      for (let n = 0; n < inputs; n++) {
        const [path, text] = seeds[random.below(seeds.length)] as (typeof seeds)[number];
        const [, other] = seeds[random.below(seeds.length)] as (typeof seeds)[number];
        const input = mutated(text, random, other);
        try {
          fuzzed.keepsPromises(input);
        } catch (error) {
          assert.fail(`${path}, input ${n} of seed ${run}:\n${(error as Error).stack}\n${JSON.stringify(input)}`);
        }
      }
    });
  }
});
