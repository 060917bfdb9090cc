import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { onlyReady } from "../../../server/engine/epp/filter.ts";
import { pickEndpoint } from "../../../server/engine/epp/pick.ts";
import { randomPicker } from "../../../server/engine/epp/picker.ts";
import { defaultProfile, guideProfile, type SchedulingProfile } from "../../../server/engine/epp/profile.ts";
import { utilizationSaturation } from "../../../server/engine/epp/saturation.ts";
import { kvScorer, prefixScorer, queueScorer, runningScorer } from "../../../server/engine/epp/scorer.ts";
import { InFlight } from "../../../server/engine/replica/in-flight.ts";
import { Pool } from "../../../server/engine/replica/pool.ts";
import { PrefixEntries } from "../../../server/engine/replica/prefix-entries.ts";
import { Replica } from "../../../server/engine/replica/replica.ts";
import { quickParts, ScoredPick } from "../../../server/engine/replica/scored-pick.ts";
import { milliseconds, share, tokens } from "../../../server/engine/units.ts";
import { dice, usual } from "./tier.ts";

const scorers = [
  { scorer: queueScorer, weight: 2 },
  { scorer: kvScorer, weight: 1.7 },
  { scorer: prefixScorer(), weight: 3 },
  { scorer: runningScorer, weight: 0.3 },
];
const profiles = fc
  .shuffledSubarray(scorers, { minLength: 1 })
  .map((some): SchedulingProfile => ({ ...defaultProfile, scorers: some, filters: [onlyReady] }));
const states = fc.array(
  fc.record({
    waiting: fc.integer({ min: 0, max: 4 }),
    running: fc.integer({ min: 0, max: 4 }),
    kvUsage: fc.constantFrom(0, 0.25, 0.5, 0.9, 1),
    scraped: fc.boolean(),
    conversation: fc.integer({ min: 0, max: 60 }),
    system: fc.integer({ min: 0, max: 40 }),
  }),
  { minLength: 1, maxLength: 6 },
);

function poolOf(all: typeof states extends fc.Arbitrary<infer S> ? S : never) {
  const [rows, entries] = [new InFlight(), new PrefixEntries()];
  const pool = new Pool(0.05, entries);
  const listener = { firstToken() {}, finished() {} };
  for (const [n, { conversation, system }] of all.entries()) {
    const replica = new Replica(usual, n, { rows, entries, systemPrompts: [512], listener });
    replica.kv.left.keepConversation(5, conversation);
    replica.kv.left.keepSystemPrompt(0, system);
    pool.add({ id: `chat-${n}`, replica });
  }
  pool.look(10);
  for (const [n, one] of all.entries()) {
    pool.waiting[n] = one.waiting;
    pool.running[n] = one.running;
    pool.kvUsage[n] = one.kvUsage;
    pool.scraped[n] = one.scraped ? 1 : 0;
  }
  const row = rows.take();
  return { pool, rows, row };
}

describe("the quick way to an endpoint", () => {
  test("picks what the endpoint picker picks, with the same draws", () => {
    let [hits, ties] = [0, 0];
    const identity = fc.record({ session: fc.constantFrom(-1, 5, 6), system: fc.constantFrom(-1, 0) });
    fc.assert(
      fc.property(profiles, states, identity, fc.integer(), (profile, all, { session, system }, seed) => {
        const { pool, rows, row } = poolOf(all);
        rows.isl[row] = rows.target[row] = 1500;
        rows.session[row] = session;
        rows.systemPrompt[row] = system;
        rows.history[row] = 400;
        const [one, other] = [dice(seed), dice(seed)];
        const quick = new ScoredPick(quickParts(profile) ?? [], pool, rows, one);
        const endpoints = pool.endpoints(10, row, rows);
        for (const [n, { prefixHit = 0 }] of endpoints.entries()) {
          assert.equal(prefixHit, pool.members[n]?.replica.kv.cachedTokens(row));
          hits += prefixHit > 0 ? 1 : 0;
        }
        const request = { model: "", promptTokens: tokens(1500) };
        const { endpoint, reason } = pickEndpoint(profile, endpoints, request, other);
        assert.equal(`chat-${quick.pick(row)}`, endpoint);
        assert.equal(one(), other());
        ties += reason.id === "epp/tied" ? 1 : 0;
      }),
      { numRuns: 1000, seed: 7 },
    );
    assert.ok(hits > 300 && ties > 100);
  });

  test("is not taken for what it cannot answer", () => {
    assert.notEqual(quickParts(defaultProfile), undefined);
    assert.equal(quickParts(guideProfile(5)), undefined);
    assert.equal(quickParts({ ...defaultProfile, picker: randomPicker }), undefined);
    const weighed = { scorer: prefixScorer({ matchLengthWeight: 0.5 }), weight: 1 };
    assert.equal(quickParts({ ...defaultProfile, scorers: [weighed] }), undefined);
  });

  test("sees the saturation that the detector sees", () => {
    const ages = fc.constantFrom(0.05, 0.19, 0.21);
    fc.assert(
      fc.property(states, ages, (all, age) => {
        const { pool, rows } = poolOf(all);
        const thresholds = {
          queueDepthThreshold: 3,
          kvCacheUtilThreshold: share(0.8),
          metricsStalenessThreshold: milliseconds(200),
          headroom: 0,
        };
        const { value } = utilizationSaturation(pool.endpoints(10 + age, -1, rows), thresholds);
        assert.equal(pool.saturation(10 + age, { queueDepth: 3, kvUsage: 0.8, staleness: 200 }), value);
      }),
      { seed: 7 },
    );
  });
});
