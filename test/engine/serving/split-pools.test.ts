import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { bytes, gigabitsPerSecond, share } from "../../../server/engine/index.ts";
import { splitPools, steadyReplica, usualTransfers } from "../../../server/engine/serving/public.ts";
import { lawOf } from "./laws.ts";

const law = lawOf("meta-llama/Llama-3.1-70B-Instruct", "H100", { tensor: 4 });
const replica = { law, limits: { cacheTokens: 480_000, maxNumSeqs: 256, maxBatchedTokens: 8192 } };
const shape = { inputTokens: 10_000, outputTokens: 501, hitShare: 0 };
const split = { shape, prefill: replica, decode: replica, bytesPerToken: bytes(327_680), link: gigabitsPerSecond(100) };

describe("prefill and decode on pods of their own", () => {
  test("10,000 tokens of Llama-3.1-70B take 0.26 s over 100 Gb/s, and longer on a real network", () => {
    assert.equal(splitPools(split).transfer.time.toFixed(3), "0.262");
    assert.equal(splitPools({ ...split, efficiency: share(0.7) }).transfer.time.toFixed(3), "0.374");
    assert.equal(splitPools({ ...split, ...usualTransfers.blis }).transfer.time.toFixed(5), "0.13112");
  });

  test("neither pool waits for the other at the ratio of their rates", () => {
    const anyShape = fc.record({
      inputTokens: fc.integer({ min: 16, max: 32_768 }),
      outputTokens: fc.integer({ min: 2, max: 2048 }),
      hitShare: fc.constantFrom(0, 0.35, 0.9),
    });
    fc.assert(
      fc.property(anyShape, (some) => {
        const { prefill, decode, prefillPerDecode } = splitPools({ ...split, shape: some });
        const ratio = decode.mostRate / prefill.mostRate;
        assert.ok(Math.abs(prefillPerDecode / ratio - 1) < 1e-9, `${prefillPerDecode} and ${ratio}`);
      }),
    );
  });

  test("long answers ask for fewer prefill pods, long prompts for more", () => {
    const ratio = (some: Partial<typeof shape>) =>
      splitPools({ ...split, shape: { ...shape, ...some } }).prefillPerDecode;
    assert.ok(ratio({ outputTokens: 1001 }) < ratio({}));
    assert.ok(ratio({ inputTokens: 1000 }) < ratio({}));
  });

  test("at one rate, decode pods write faster than pods that also read", () => {
    const whole = steadyReplica(law, shape, replica.limits);
    const rate = whole.mostRate / 2;
    assert.ok(splitPools(split).decode.at(rate).outputTokenTime < 0.8 * whole.at(rate).outputTokenTime);
  });
});
