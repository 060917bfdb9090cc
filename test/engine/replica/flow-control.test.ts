import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defaultProfile } from "../../../server/engine/epp/profile.ts";
import type { ReplicaTier } from "../../../server/engine/replica/replica-tier.ts";
import { fixedLaw } from "./laws.ts";
import { type Request, tierOf, usual } from "./tier.ts";

const at = (time: number, more: Partial<Request> = {}): Request => ({ at: time, isl: 10, osl: 1, ...more });
const burst = (count: number, time: number, more: Partial<Request> = {}) =>
  Array.from({ length: count }, () => at(time, more));
const held = (tier: ReplicaTier, time: number) => {
  tier.advance(time);
  return tier.routerGauges().held;
};
/** A second a step, one request at a time. */
const slow = new Map([["chat", { ...usual, law: fixedLaw(1), maxRunning: 1 }]]);

describe("flow control", () => {
  test("holds requests back while there is no replica, and sends one a millisecond when there is one", () => {
    const tier = tierOf(0, burst(20, 1), { flowControl: { timeout: 60 } });
    assert.equal(held(tier, 5), 20);
    assert.equal(tier.routerGauges().saturation, 1);
    tier.start("chat-0", "chat");
    assert.equal(held(tier, 5.0495), 20);
    assert.equal(held(tier, 5.0595), 10);
    assert.equal(held(tier, 5.0695), 0);
    tier.advance(6);
    assert.equal(tier.window(0, 6).finished, 20);
    assert.ok((tier.window(0, 6).ttft?.p50 ?? 0) > 4);
  });

  test("lets through by metrics as old as the last look, then holds back", () => {
    const tier = tierOf(1, [...burst(9, 0.02), at(0.06), at(0.07)], {
      flowControl: { timeout: 60 },
      servers: slow,
      policy: defaultProfile,
    });
    assert.equal(held(tier, 0.049), 0);
    assert.equal(tier.routerGauges().saturation, 0);
    assert.equal(tier.gauges("chat-0").waiting, 8);
    assert.equal(held(tier, 0.09), 2);
    assert.equal(tier.routerGauges().saturation, 8 / 5);
    // The fifth of the nine runs then, and four wait.
    assert.equal(held(tier, 4.04), 2);
    assert.equal(held(tier, 4.06), 0);
    assert.equal(tier.gauges("chat-0").waiting, 6);
  });

  test("gives up what waits too long or finds the queue full", () => {
    const tier = tierOf(0, [...burst(5, 1), ...burst(3, 2)], { flowControl: { timeout: 10, maxHeld: 6 } });
    assert.equal(held(tier, 3), 6);
    assert.equal(tier.window(0, 3).dropped, 2);
    assert.equal(held(tier, 11.5), 1);
    assert.equal(held(tier, 20), 0);
    assert.equal(tier.window(0, 20).dropped, 8);
  });

  test("off, a request without a replica is refused", () => {
    const tier = tierOf(0, burst(3, 1));
    tier.advance(2);
    assert.deepEqual(tier.window(0, 2), {
      arrived: 3,
      finished: 0,
      dropped: 3,
      withinTtft: 0,
      withinItl: 0,
      withinBoth: 0,
      ttft: undefined,
      itl: undefined,
      outputTokens: 0,
    });
    assert.equal(tier.routerGauges().held, 0);
  });
});
