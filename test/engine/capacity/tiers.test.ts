import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  bytesPerToken,
  costPerHour,
  costPerMillionTokens,
  costPerThousandTokens,
  devices,
  loadTime,
  oneRank,
  pinnedPerPod,
  poolTier,
  prefillPerDecode,
  returnOn,
  reuse,
  tier,
  transfer,
} from "../../../server/engine/capacity/public.ts";
import { findModel } from "../../../server/engine/catalogue/public.ts";
import {
  bytes,
  dollarsPerHour,
  gib,
  gibPerRank,
  gigabitsPerSecond,
  inGib,
  seconds,
  share,
  tokens,
} from "../../../server/engine/index.ts";

const bytesOf = (id: string, tensor = 1) => {
  const found = findModel(id);
  assert.ok(found);
  return bytesPerToken({ model: found.model, dtype: "auto", parallel: { ...oneRank, tensor } });
};

describe("LMCache's tiers", () => {
  test("5 GB hold 40,960 tokens of Llama-3.1-8B: 160 chunks of 32 MiB", () => {
    assert.deepEqual(tier({ sizePerRank: gibPerRank(5), bytesPerToken: bytesOf("Llama-3.1-8B") }), {
      bytesPerChunk: 32 * 2 ** 20,
      chunks: 160,
      tokens: 40_960,
    });
  });

  test("40 GB on each of four ranks: no more tokens than one rank holds, four times the memory", () => {
    const held = tier({ sizePerRank: gibPerRank(40), bytesPerToken: bytesOf("Llama-3.1-70B", 4) });
    assert.equal(held.tokens, 524_288);
    assert.equal(inGib(pinnedPerPod(gibPerRank(40), 4, false)), 160);
  });

  test("a latent is kept by the first rank alone", () => {
    assert.equal(inGib(pinnedPerPod(gibPerRank(40), 8, true)), 40);
  });

  test("one pool for a node holds all ranks' shares, up to its watermark", () => {
    const perToken = bytesOf("Llama-3.1-70B", 4);
    const pool = poolTier({ size: gib(160), bytesPerToken: perToken, ranks: 4, isLatent: false });
    assert.equal(pool.bytesPerChunk, 4 * perToken * 256);
    assert.equal(pool.tokens, Math.floor((160 * 0.8 * 2 ** 30) / pool.bytesPerChunk) * 256);
  });

  test("a prefix is read when that is faster than computing it", () => {
    const perToken = bytes(bytesOf("Llama-3.1-70B"));
    const from = (device: (typeof devices)[keyof typeof devices]) => reuse(tokens(10_000), perToken, device, 16_000);
    assert.equal(loadTime(tokens(10_000), perToken, devices.cpu).toFixed(3), "0.164");
    assert.equal(from(devices.cpu).better, "load");
    assert.equal(from(devices.sata).better, "recompute");
    assert.equal(from(devices.sata).recompute, 0.625);
  });
});

describe("prefill and decode apart", () => {
  test("10,000 tokens of Llama-3.1-70B over 100 Gb/s: 3.28 GB in 0.26 s, not 2.05 s", () => {
    const moved = transfer({
      length: tokens(10_000),
      bytesPerToken: bytes(bytesOf("Llama-3.1-70B")),
      link: gigabitsPerSecond(100),
    });
    assert.equal(moved.bytes, 3_276_800_000);
    assert.equal(moved.time.toFixed(3), "0.262");
    assert.equal(
      transfer({ length: tokens(10_000), bytesPerToken: bytes(2_621_440), link: gigabitsPerSecond(100) }).time.toFixed(
        2,
      ),
      "2.10",
    );
  });

  test("256 requests of 8192 tokens take 640 GiB, not 5.4 GB", () => {
    assert.equal((256 * 8192 * bytesOf("Llama-3.1-70B")) / 2 ** 30, 640);
  });

  test("as many prefill replicas as keep a decode replica busy", () => {
    const ratio = prefillPerDecode({
      uncachedInput: tokens(10_000),
      output: tokens(1000),
      prefillTokensPerSecond: 16_000,
      timePerOutputToken: seconds(0.025),
      decodeBatch: 64,
    });
    assert.equal(ratio, 1.6);
  });
});

describe("cost", () => {
  test("2000 dollars that bring 10 an hour down to 3: 5110 a month, 0.39 months, 2966 %", () => {
    const back = returnOn({ cost: 2000, before: dollarsPerHour(10), after: dollarsPerHour(3) });
    assert.equal(back.savingsPerMonth, 5110);
    assert.equal(back.monthsToPayBack.toFixed(2), "0.39");
    assert.equal(back.annualPercent, 2966);
  });

  test("nothing saved is never paid back", () => {
    const back = returnOn({ cost: 2000, before: dollarsPerHour(3), after: dollarsPerHour(3) });
    assert.deepEqual(back, { savingsPerMonth: 0, monthsToPayBack: Number.POSITIVE_INFINITY, annualPercent: -100 });
  });

  test("of an hour, of a million and of a thousand tokens", () => {
    assert.equal(costPerHour(8, 6.88).toFixed(2), "55.04");
    assert.equal(costPerMillionTokens(dollarsPerHour(36), 1000), 10);
    const run = { gpus: 2, utilization: share(0.5), dollarsPerGpuHour: 3.6, time: seconds(100), tokens: 1000 };
    assert.equal(costPerThousandTokens(run).toFixed(6), "0.100000");
  });
});
