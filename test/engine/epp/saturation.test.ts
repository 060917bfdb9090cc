import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { detectorDefaults } from "../../../server/engine/epp/detector.ts";
import { concurrencyDetectorFilter, utilizationDetectorFilter } from "../../../server/engine/epp/detector-filter.ts";
import type { Endpoint } from "../../../server/engine/epp/endpoint.ts";
import {
  concurrencySaturation,
  noneGoodSaturation,
  saturationSentence,
  utilizationSaturation,
} from "../../../server/engine/epp/saturation.ts";
import { milliseconds, share, tokens } from "../../../server/engine/units.ts";
import { endpoint, neverScraped, request } from "./endpoint.ts";

const busy = (waitingRequests: number, kv: number, age = 50): Partial<Endpoint> => ({
  waitingRequests,
  kvUsage: share(kv),
  metricsAge: milliseconds(age),
});
const pool = (...all: Partial<Endpoint>[]) => all.map((one, index) => endpoint(`chat-${index}`, one));
const flight = (requests: number, inTokens = 0) => ({ inFlight: { requests, tokens: tokens(inTokens) } });

describe("the utilization detector", () => {
  // llm-d-router saturationdetector/utilization/detector_test.go: thresholds 5 and 0.8, mean of the fuller of the two.
  const table: readonly (readonly [what: string, endpoints: readonly Endpoint[], value: number])[] = [
    ["an empty pool", [], 1],
    ["an idle pool", pool(busy(0, 0)), 0],
    ["a queue at its threshold", pool(busy(5, 0.1)), 1],
    ["a KV cache at its threshold", pool(busy(1, 0.8)), 1],
    ["a queue twice its threshold", pool(busy(10, 0)), 2],
    ["one full and one half full", pool(busy(5, 0), busy(0, 0.4)), 0.75],
    ["metrics of 200 ms", pool(busy(0, 0, 200)), 0],
    ["metrics of 201 ms", pool(busy(0, 0, 201)), 1],
    ["one that was never scraped", [neverScraped("chat-0"), ...pool(busy(0, 0))], 0.5],
  ];
  for (const [what, endpoints, value] of table) {
    test(`${what}: ${value}`, () => {
      const { value: found, saturated } = utilizationSaturation(endpoints);
      assert.deepEqual([found, saturated], [value, value >= 1]);
    });
  }

  test("says whose queue or cache it was", () => {
    assert.equal(
      saturationSentence(utilizationSaturation(pool(busy(8, 0.4), busy(1, 0.72), busy(0, 0, 900)))),
      "The pool is saturated, by utilization-detector (saturation 1.167 >= full 1). chat-0 1.6: its queue. chat-1 0.9: its KV cache. chat-2 1: its metrics are stale.",
    );
  });

  test("as a filter stops at its thresholds, stretched by the headroom, unless all are there", () => {
    const kept = (headroom: number) => {
      const filter = utilizationDetectorFilter({ ...detectorDefaults.utilization, headroom });
      assert.equal(filter.whenNoneLeft, "all");
      return pool(busy(4, 0.79), busy(5, 0.1), busy(6, 0.1), busy(0, 0.8), busy(0, 0.96), busy(0, 0, 201))
        .filter((one) => filter.refusal(one, request) === undefined)
        .map(({ name }) => name);
    };
    assert.deepEqual(kept(0), ["chat-0"]);
    assert.deepEqual(kept(0.2), ["chat-0", "chat-1", "chat-3"]);
  });
});

describe("the detector of Gateway API Inference Extension 1.3", () => {
  test("calls an endpoint good up to both thresholds, and a pool saturated when none is good", () => {
    const saturated = (...all: Partial<Endpoint>[]) => noneGoodSaturation(pool(...all)).saturated;
    assert.equal(saturated(busy(5, 0.8)), false);
    assert.equal(saturated(busy(6, 0.8)), true);
    assert.equal(saturated(busy(5, 0.81)), true);
    assert.equal(saturated(busy(0, 0, 201)), true);
    assert.equal(saturated(busy(9, 0.9), busy(0, 0)), false);
    assert.equal(noneGoodSaturation([]).saturated, true);
  });

  test("lets traffic in where the mean of the newer one does not", () => {
    const half = pool(busy(50, 0.9), busy(0, 0));
    assert.deepEqual([noneGoodSaturation(half).saturated, utilizationSaturation(half).saturated], [false, true]);
  });
});

describe("the concurrency detector", () => {
  const limits = { concurrencyMode: "requests", maxConcurrency: 100, maxTokenConcurrency: 1000, headroom: 0 } as const;

  // llm-d-router saturationdetector/concurrency/detector_test.go: what is in flight over what may be.
  test("adds up what is in flight", () => {
    const half = pool(flight(100, 200), flight(0, 300));
    assert.equal(concurrencySaturation(half, limits).value, 0.5);
    assert.equal(concurrencySaturation(half, { ...limits, concurrencyMode: "tokens" }).value, 0.25);
    assert.equal(concurrencySaturation(half, { ...limits, concurrencyMode: "hybrid" }).value, 0.65);
    assert.equal(concurrencySaturation([], limits).value, 1);
    assert.deepEqual(concurrencySaturation(pool(flight(90), flight(110), flight(100)), limits).saturated, true);
  });

  test("as a filter stops at its limit and may leave none", () => {
    const kept = (headroom: number, concurrencyMode: "requests" | "tokens" | "hybrid") => {
      const filter = concurrencyDetectorFilter({ ...limits, headroom, concurrencyMode });
      assert.equal(filter.whenNoneLeft, "none");
      return pool(flight(99, 1000), flight(100, 0), flight(110, 999))
        .filter((one) => filter.refusal(one, request) === undefined)
        .map(({ name }) => name);
    };
    assert.deepEqual(kept(0, "requests"), ["chat-0"]);
    assert.deepEqual(kept(0.1, "requests"), ["chat-0", "chat-1"]);
    assert.deepEqual(kept(0, "tokens"), ["chat-1", "chat-2"]);
    assert.deepEqual(kept(0, "hybrid"), []);
  });
});

test("more load never makes a pool less saturated", () => {
  const loads = fc.array(fc.record({ queue: fc.nat(20), kv: fc.double({ min: 0, max: 1, noNaN: true }) }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(loads, fc.nat(5), fc.nat(10), (all, at, more) => {
      const before = pool(...all.map(({ queue, kv }) => busy(queue, kv)));
      const after = pool(...all.map(({ queue, kv }, index) => busy(index === at ? queue + more : queue, kv)));
      assert.ok(utilizationSaturation(after).value >= utilizationSaturation(before).value);
      if (noneGoodSaturation(before).saturated) assert.ok(noneGoodSaturation(after).saturated);
    }),
  );
});
