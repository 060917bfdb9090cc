import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runsKeepPromises } from "./run-promises.ts";

const [groups, size] = [8, 10];

describe("whatever a scenario says, its runs in both tiers are sound", () => {
  for (let group = 0; group < groups; group++)
    it(`seeds ${group * size} to ${group * size + size - 1}`, () => {
      for (let seed = group * size; seed < (group + 1) * size; seed++)
        try {
          runsKeepPromises(seed);
        } catch (error) {
          assert.fail(`seed ${seed}:\n${(error as Error).stack}`);
        }
    });
});
