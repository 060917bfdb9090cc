import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { forecastsKeepPromises } from "./forecast-promises.ts";
import { runsKeepPromises } from "./run-promises.ts";

for (const [title, keepPromises, groups, size] of [
  ["whatever a scenario says, its runs in both tiers are sound", runsKeepPromises, 4, 10],
  ["whatever a stack's files say and is asked, there is a sound run or a reason", forecastsKeepPromises, 4, 10],
] as const)
  describe(title, () => {
    for (let group = 0; group < groups; group++)
      it(`seeds ${group * size} to ${group * size + size - 1}`, () => {
        for (let seed = group * size; seed < (group + 1) * size; seed++)
          try {
            keepPromises(seed);
          } catch (error) {
            assert.fail(`seed ${seed}:\n${(error as Error).stack}`);
          }
      });
  });
