import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { devices } from "../../../server/engine/capacity/tiers.ts";
import { defaultProfile } from "../../../server/engine/epp/profile.ts";
import { PrefixEntries } from "../../../server/engine/replica/prefix-entries.ts";
import { PrefixLru } from "../../../server/engine/replica/prefix-lru.ts";
import { gigabytesPerSecond, seconds } from "../../../server/engine/units.ts";
import { conversations, type Request, tierOf, usual } from "./tier.ts";

const cachedBy = (requests: readonly Request[], more: Partial<typeof usual> = {}) => {
  const tier = tierOf(1, requests, { servers: new Map([["chat", { ...usual, ...more }]]) });
  tier.advance(1000);
  return { cached: tier.gauges("chat-0").counters.cachedTokens, tier };
};
const turn = (at: number, isl: number, more: Partial<Request> = {}): Request => ({
  at,
  isl,
  osl: 11,
  session: 1,
  ...more,
});

describe("a prefix cache", () => {
  test("finds an earlier turn in whole blocks", () => {
    // 1000 + 11 tokens, the last of which was never computed on: 63 whole blocks of 16.
    assert.equal(cachedBy([turn(0, 1000), turn(5, 1100, { history: 1011 })]).cached, 1008);
    assert.equal(cachedBy([turn(0, 1000), turn(5, 1100, { history: 1011 })], { prefixCaching: false }).cached, 0);
    assert.equal(cachedBy([turn(0, 1000), turn(5, 1100, { history: 500 })]).cached, 496);
  });

  test("always computes the last token", () => {
    assert.equal(cachedBy([turn(0, 1000), turn(5, 992, { history: 992 })]).cached, 976);
  });

  test("finds a system prompt that others brought, while they run and after", () => {
    const one = (at: number): Request => ({ at, isl: 600, osl: 50, system: 0 });
    assert.equal(cachedBy([one(0), one(0.01), one(100)]).cached, 1024);
  });

  test("forgets what was used longest ago, from its end", () => {
    const filler: Request = { at: 5, isl: 1500, osl: 1 };
    const { cached } = cachedBy([turn(0, 1000), filler, turn(9, 1100, { history: 1011 })], { capacity: 2000 });
    // 125 blocks, of which the other takes 94: 31 are left of the conversation.
    assert.equal(cached, 31 * 16);
  });

  test("is where the usual profile sends the next turn, and round robin does not", () => {
    const requests = conversations(40, 8, 5, 3);
    const share = (policy: "round-robin" | typeof defaultProfile) => {
      const tier = tierOf(4, requests, { policy });
      tier.advance(1000);
      const counters = [0, 1, 2, 3].map((n) => tier.gauges(`chat-${n}`).counters);
      const sum = (of: "cachedTokens" | "promptTokens") => counters.reduce((all, one) => all + one[of], 0);
      return sum("cachedTokens") / sum("promptTokens");
    };
    const [aware, turns] = [share(defaultProfile), share("round-robin")];
    assert.ok(aware > 0.85 && turns < 0.8, `${aware} and ${turns}`);
  });
});

describe("LMCache beside the GPU", () => {
  const filler: Request = { at: 5, isl: 1900, osl: 1 };
  const requests = [turn(0, 1000), filler, turn(9, 1100, { history: 1011 })];
  const tier = (device: (typeof devices)[keyof typeof devices] | typeof tape) => ({
    capacity: 2000,
    tiers: [{ capacity: 50_000, chunk: 256, device, bytesPerToken: 131_072 }],
  });
  const tape = { name: "tape", latency: seconds(10), bandwidth: gigabytesPerSecond(0.001) };
  const ttft = (more: Partial<typeof usual>) => cachedBy(requests, more).tier.window(8, 10).ttft?.mean ?? 0;

  test("gives back whole chunks that the GPU has lost, at the time that it takes to read them", () => {
    assert.equal(cachedBy(requests, { capacity: 2000 }).cached, 96);
    assert.equal(cachedBy(requests, tier(devices.cpu)).cached, 768);
    const load = ((768 - 96) * 131_072) / 20e9;
    const computing = usual.law.stepTime({ decodes: 0, promptTokens: 332, contextTokens: 0, promptContext: 768 + 166 });
    assert.ok(Math.abs(ttft(tier(devices.cpu)) - (load + computing + usual.law.apiOverhead)) < 1e-6);
  });

  test("is not read when computing is quicker", () => {
    assert.equal(cachedBy(requests, tier(tape)).cached, 96);
    assert.equal(ttft(tier(tape)), ttft({ capacity: 2000 }));
    assert.ok(ttft(tier(devices.cpu)) < ttft(tier(tape)));
  });
});

describe("the list of prefixes", () => {
  test("holds what a plain list of pairs would hold", () => {
    const steps = fc.array(
      fc.record({
        key: fc.integer({ min: 0, max: 3000 }),
        size: fc.integer({ min: 0, max: 9 }),
        room: fc.integer({ min: 50, max: 400 }),
      }),
      { minLength: 300, maxLength: 2000, size: "max" },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const lru = new PrefixLru(new PrefixEntries(), 0, 0);
        let plain: [number, number][] = [];
        for (const { key, size, room } of all) {
          lru.keepConversation(key, size);
          plain = plain.filter(([other]) => other !== key);
          if (size > 0) plain.push([key, size]);
          lru.shrinkTo(room);
          for (let excess = plain.reduce((sum, [, one]) => sum + one, 0) - room; excess > 0; ) {
            const [first] = plain;
            if (first === undefined) break;
            const taken = Math.min(excess, first[1]);
            first[1] -= taken;
            excess -= taken;
            if (first[1] === 0) plain.shift();
          }
        }
        assert.equal(
          lru.total,
          plain.reduce((sum, [, one]) => sum + one, 0),
        );
        for (const { key } of all) assert.equal(lru.conversation(key), plain.find(([one]) => one === key)?.[1] ?? 0);
      }),
      { numRuns: 20, seed: 7 },
    );
  });
});
