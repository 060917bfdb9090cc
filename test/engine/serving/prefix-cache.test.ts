import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { devices } from "../../../server/engine/capacity/public.ts";
import {
  cachedPrompt,
  constantHit,
  hitCurves,
  hitShare,
  routedHitShare,
  wholeBlocks,
} from "../../../server/engine/serving/public.ts";

const { conversation, synthetic } = hitCurves;
const anySize = fc.double({ min: 0, max: 1e9, noNaN: true });

describe("what a prefix cache has of a prompt", () => {
  test("is what Mooncake's traces give, at their sizes and between them", () => {
    assert.deepEqual(
      [0.5e6, 2.6e6, 5.1e6, 15.4e6].map((size) => hitShare(conversation, size)),
      [0.045, 0.112, 0.212, 0.326],
    );
    assert.equal(hitShare(conversation, 0), 0);
    assert.equal(hitShare(conversation, 0.25e6), 0.0225);
    assert.equal(hitShare(synthetic, 1e12).toFixed(3), "0.640");
  });

  test("grows with its size and stays below what an endless one has", () => {
    fc.assert(
      fc.property(fc.constantFrom(conversation, synthetic), anySize, anySize, (curve, a, b) => {
        const [less, more] = [hitShare(curve, Math.min(a, b)), hitShare(curve, Math.max(a, b))];
        assert.ok(less <= more && more <= curve.limit);
      }),
    );
  });

  test("of eight replicas is one large cache with a router that knows it, and an eighth of a small one without", () => {
    assert.equal(routedHitShare(conversation, 0.5e6, 8, "prefix-aware"), hitShare(conversation, 4e6));
    assert.equal(routedHitShare(conversation, 0.5e6, 8, "scattered"), 0.045 / 8);
    for (const routing of ["prefix-aware", "scattered"] as const) {
      assert.equal(routedHitShare(conversation, 0.5e6, 1, routing), 0.045);
    }
    assert.equal(routedHitShare(constantHit(0.9), 1, 3, "prefix-aware"), 0.9);
  });

  test("is whole blocks", () => {
    assert.deepEqual([wholeBlocks(255, 256), wholeBlocks(1000, 256), wholeBlocks(1000, 16)], [0, 768, 992]);
  });
});

describe("levels of a prefix cache", () => {
  // Llama-3.1-70B in bf16: 320 KiB a token of all ranks
  const request = { curve: conversation, inputTokens: 12_000, bytesPerToken: 327_680, prefillTokensPerSecond: 9000 };

  test("have together what one cache of their size has", () => {
    const { hitShare: share, levels } = cachedPrompt({
      ...request,
      levels: [{ tokens: 0.5e6 }, { tokens: 2.1e6, device: devices.cpu }, { tokens: 12.8e6, device: devices.nvmeGen4 }],
    });
    assert.equal(share.toFixed(9), "0.326000000");
    assert.deepEqual(
      levels.map((level) => level.share.toFixed(3)),
      ["0.045", "0.067", "0.214"],
    );
    assert.deepEqual(
      levels.map(({ better }) => better),
      ["keep", "load", "load"],
    );
  });

  test("take as long as their bytes over the device, after its latency", () => {
    const { loadTime } = cachedPrompt({
      ...request,
      levels: [{ tokens: 0.5e6 }, { tokens: 4.6e6, device: devices.nvmeGen4 }],
    });
    const length = (0.212 - 0.045) * 12_000;
    assert.equal(loadTime.toFixed(9), (80e-6 + (length * 327_680) / 7e9).toFixed(9));
  });

  test("that are slower than the GPU are not used", () => {
    const slow = cachedPrompt({ ...request, levels: [{ tokens: 0.5e6 }, { tokens: 15e6, device: devices.sata }] });
    assert.equal(slow.levels[1]?.better, "recompute");
    assert.equal(slow.hitShare, 0.045);
    assert.equal(slow.loadTime, 0);
  });
});
