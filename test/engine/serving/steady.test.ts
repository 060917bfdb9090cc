import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type ReplicaLimits,
  type RequestShape,
  steadyReplica,
  tabulated,
} from "../../../server/engine/serving/public.ts";
import { lawOf } from "./laws.ts";

const qwen = lawOf("Qwen/Qwen3-32B", "H100", { tensor: 2 });
const limits: ReplicaLimits = { cacheTokens: 260_000, maxNumSeqs: 256, maxBatchedTokens: 8192 };
const chat: RequestShape = { inputTokens: 1024, outputTokens: 257, hitShare: 0 };
const anyShape = fc.record({
  inputTokens: fc.integer({ min: 1, max: 16_384 }),
  outputTokens: fc.integer({ min: 1, max: 2048 }),
  hitShare: fc.constantFrom(0, 0.35, 0.9),
});
const anyShare = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const near = (actual: number, wanted: number, share: number) =>
  assert.ok(Math.abs(actual - wanted) <= share * Math.abs(wanted) + 1e-12, `${actual} is not ${wanted}`);

describe("a replica under a steady rate", () => {
  test("serves what comes while it can, and Little's law holds", () => {
    fc.assert(
      fc.property(anyShape, anyShare, (shape, part) => {
        const replica = steadyReplica(qwen, shape, limits);
        const rate = part * replica.mostRate;
        const state = replica.at(rate);
        assert.equal(state.isSaturated, false);
        near(state.served, rate, 1e-9);
        near(state.utilization, part, 1e-9);
        near(state.decodes, rate * (shape.outputTokens - 1) * state.outputTokenTime, 1e-9);
        assert.ok(state.running <= limits.maxNumSeqs && state.cacheUsage <= 1);
      }),
    );
  });

  test("gets slower with the rate", () => {
    fc.assert(
      fc.property(anyShape, anyShare, anyShare, (shape, a, b) => {
        const replica = steadyReplica(qwen, shape, limits);
        const less = replica.at(Math.min(a, b) * replica.mostRate);
        const more = replica.at(Math.max(a, b) * replica.mostRate);
        for (const figure of ["running", "cacheUsage", "outputTokenTime", "firstTokenTime"] as const) {
          assert.ok(less[figure] <= more[figure] * (1 + 1e-9), figure);
        }
      }),
    );
  });

  test("is bound by the cache where contexts are long, by its places where they are short", () => {
    assert.equal(steadyReplica(qwen, { ...chat, inputTokens: 8192 }, limits).bound, "cache");
    assert.equal(steadyReplica(qwen, { ...chat, inputTokens: 64 }, limits).bound, "sequences");
    assert.equal(steadyReplica(qwen, { ...chat, outputTokens: 1 }, limits).bound, "compute");
  });

  test("past the most it can, serves that and no more, its cache full", () => {
    const replica = steadyReplica(qwen, { ...chat, inputTokens: 8192 }, limits);
    const state = replica.at(3 * replica.mostRate);
    assert.equal(state.isSaturated, true);
    assert.equal(state.served, replica.mostRate);
    near(state.utilization, 3, 1e-12);
    near(state.cacheUsage, 1, 1e-9);
  });

  test("serves nothing where one request does not fit", () => {
    const replica = steadyReplica(qwen, { ...chat, inputTokens: 260_000 }, limits);
    assert.equal(replica.mostRate, 0);
    assert.deepEqual(
      [replica.at(1).served, replica.at(1).isSaturated, replica.at(1).utilization],
      [0, true, Number.POSITIVE_INFINITY],
    );
    assert.equal(replica.at(0).isSaturated, false);
  });

  test("at rest is idle", () => {
    const { served, decodes, running, cacheUsage, utilization } = steadyReplica(qwen, chat, limits).at(0);
    assert.deepEqual(
      { served, decodes, running, cacheUsage, utilization },
      {
        served: 0,
        decodes: 0,
        running: 0,
        cacheUsage: 0,
        utilization: 0,
      },
    );
  });

  test("of prefills alone serves as many prompts as their tokens fill steps", () => {
    const shape = { inputTokens: 4096, outputTokens: 1, hitShare: 0 };
    const { mostRate } = steadyReplica(qwen, shape, limits);
    const two = qwen.stepTime({ decodes: 0, promptTokens: 8192, contextTokens: 0, promptContext: 2048 });
    near(mostRate, 2 / two, 1e-12);
  });

  test("that only decodes serves more than one that prefills too", () => {
    const whole = steadyReplica(qwen, chat, limits).mostRate;
    assert.ok(steadyReplica(qwen, { ...chat, hitShare: 1 }, limits).mostRate > 1.2 * whole);
  });

  test("read from a table is the same within half a percent", () => {
    fc.assert(
      fc.property(anyShape, fc.double({ min: 0.02, max: 1.2, noNaN: true }), (shape, part) => {
        const replica = steadyReplica(qwen, shape, limits);
        const exact = replica.at(part * replica.mostRate);
        const read = tabulated(replica).at(part * replica.mostRate);
        assert.equal(read.isSaturated, exact.isSaturated);
        for (const figure of ["served", "running", "cacheUsage", "outputTokenTime"] as const) {
          near(read[figure], exact[figure], 0.005);
        }
      }),
      { numRuns: 25 },
    );
  });
});
