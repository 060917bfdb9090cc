import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { ReplicaServer } from "../../../server/engine/replica/server.ts";
import { Alone } from "./alone.ts";
import { bentLaw, exactLaw, smoothLaw } from "./laws.ts";
import { type PlainRequest, plainRun } from "./plain.ts";

const systemPrompts = [100, 37, 256];
/** Whole multiples of 2^-20 s. */
const time = fc.integer({ min: 0, max: 2 * 2 ** 20 }).map((ticks) => ticks * 2 ** -20);
const requests = (identity: boolean): fc.Arbitrary<PlainRequest[]> =>
  fc
    .array(
      fc.record({
        at: time,
        isl: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 200, max: 700 })),
        osl: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 200 })),
        session: identity ? fc.integer({ min: -1, max: 5 }) : fc.constant(-1),
        systemPrompt: identity ? fc.integer({ min: -1, max: 2 }) : fc.constant(-1),
        history: fc.integer({ min: 0, max: 200 }),
      }),
      { minLength: 1, maxLength: 60, size: "max" },
    )
    .map((all) => all.sort((a, b) => a.at - b.at))
    .map((all) => (identity ? all.map((one) => ({ ...one, isl: one.isl + 256 })) : all));
const server = (law: ReplicaServer["law"]): fc.Arbitrary<ReplicaServer> =>
  fc.record({
    law: fc.constant(law),
    capacity: fc.oneof(fc.integer({ min: 1400, max: 2600 }), fc.constant(100_000)),
    blockSize: fc.constantFrom(1, 7, 16, 32),
    maxRunning: fc.constantFrom(1, 2, 8, 64),
    maxBatchedTokens: fc.constantFrom(64, 200, 2048),
    prefixCaching: fc.boolean(),
  });

function jumpRun(server: ReplicaServer, all: readonly PlainRequest[], stops: readonly number[]) {
  const alone = new Alone(server, systemPrompts);
  const until = [...stops].sort((a, b) => a - b);
  for (const request of all) {
    for (let stop = until[0]; stop !== undefined && stop < request.at; stop = until[0]) {
      alone.replica.run(stop);
      until.shift();
    }
    alone.arrive(request);
  }
  alone.replica.run(1e6);
  return alone;
}

describe("jumping from event to event", () => {
  for (const [law, identity, which] of [
    [exactLaw, false, ""],
    [exactLaw, true, ", with prefixes that are found again"],
    [bentLaw, true, ", when layers look through a window"],
  ] as const)
    test(`gives exactly what step after step gives${which}`, () => {
      let preemptions = 0;
      let cached = 0;
      const same = fc.property(
        server(law),
        requests(identity),
        fc.array(time, { maxLength: 10 }),
        (one, all, stops) => {
          const plain = plainRun(one, systemPrompts, all);
          const { outcomes, replica } = jumpRun(one, all, stops);
          assert.deepEqual(outcomes, plain.outcomes);
          assert.equal(replica.counters.preempted, plain.preemptions);
          assert.equal(replica.counters.cachedTokens, plain.cachedTokens);
          assert.equal(
            replica.counters.outputTokens,
            all.reduce((sum, { osl }) => sum + osl, 0),
          );
          assert.ok(plain.mostUsed <= replica.kv.total);
          assert.equal(replica.kv.used, 0);
          preemptions += plain.preemptions;
          cached += plain.cachedTokens;
        },
      );
      fc.assert(same, { numRuns: 400, seed: 7 });
      assert.ok(preemptions > 100);
      assert.equal(cached > 1000, identity);
    });

  test("differs in the last digits alone under a law that is not exact", () => {
    fc.assert(
      fc.property(server(smoothLaw), requests(true), (one, all) => {
        const plain = plainRun(one, systemPrompts, all);
        const { outcomes } = jumpRun(one, all, []);
        for (const [at, { firstToken, finished }] of outcomes.entries()) {
          assert.ok(Math.abs(firstToken - (plain.outcomes[at]?.firstToken ?? 0)) < 1e-9);
          assert.ok(Math.abs(finished - (plain.outcomes[at]?.finished ?? 0)) < 1e-9);
        }
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
