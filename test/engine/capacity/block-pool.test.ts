import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  blockPool,
  blocksIn,
  blocksOfRequest,
  concurrencyAt,
  loggedTokens,
  startupNeeds,
  usualPool,
} from "../../../server/engine/capacity/block-pool.ts";
import type { CacheDtype } from "../../../server/engine/capacity/cache-dtype.ts";
import { cacheLayers } from "../../../server/engine/capacity/cache-layers.ts";
import { oneRank } from "../../../server/engine/capacity/public.ts";
import { findModel } from "../../../server/engine/catalogue/find-model.ts";
import { gib, inGib } from "../../../server/engine/index.ts";

function layersOf(id: string, dtype: CacheDtype = "auto", tensor = 1, draftTokens = 0) {
  const found = findModel(id);
  assert.ok(found, id);
  const draft = draftTokens === 0 ? {} : { draft: { layers: 1, tokens: draftTokens } };
  return cacheLayers({ model: found.model, dtype, parallel: { ...oneRank, tensor }, ...draft });
}

/** Logs of vLLM: https://github.com/LMCache/LMCache/pull/1769 (FAQ), vllm issues 21348 and others. */
const logs: readonly (readonly [
  id: string,
  tensor: number,
  gib: number,
  tokens: number,
  length: number,
  times: number,
])[] = [
  ["meta-llama/Llama-3.1-70B-Instruct", 4, 32.06, 420_208, 131_072, 3.21],
  ["Qwen/Qwen3-8B", 1, 50.32, 366_400, 40_960, 8.95],
  ["ibm-granite/granite-4.0-micro", 1, 35.34, 463_136, 131_072, 3.53],
  ["Qwen/Qwen3-Coder-30B-A3B-Instruct", 4, 23.74, 1_037_152, 32_768, 31.65],
];

describe("a pool of one kind of layers", () => {
  for (const [id, tensor, memory, logged, length, times] of logs) {
    test(`${id} in ${memory} GiB: ${logged} tokens, ${times}x`, () => {
      const pool = blockPool(layersOf(id, "auto", tensor), usualPool);
      const blocks = blocksIn(pool, gib(memory));
      const tokens = loggedTokens(pool, blocks, length, usualPool, "shared");
      // The GiB are printed with two digits.
      const rounding = (0.005 * 2 ** 30) / (pool.bytesPerBlock / 16) + 16;
      assert.ok(Math.abs(tokens - logged) <= rounding, `${tokens}`);
      assert.equal(concurrencyAt(pool, logged / 16, length, usualPool).toFixed(2), times.toFixed(2));
    });
  }

  test("a refusal says what one request needs and what would fit (vllm recipes PR 12)", () => {
    const pool = blockPool(layersOf("Qwen/Qwen3-Coder-480B-A35B-Instruct"), usualPool);
    const { needed, longest } = startupNeeds(pool, gib(48.66), 262_144, usualPool);
    assert.equal(inGib(needed), 62);
    assert.equal(longest, 205_728);
  });

  test("whole blocks only: 17 tokens take two", () => {
    const pool = blockPool(layersOf("Qwen/Qwen3-8B"), usualPool);
    assert.deepEqual(
      [1, 16, 17].map((length) => blocksOfRequest(pool, length, usualPool)),
      [1, 1, 2],
    );
  });

  test("context ranks share the tokens of a request", () => {
    const options = { ...usualPool, contextRanks: 4 };
    const pool = blockPool(layersOf("deepseek-ai/DeepSeek-V3"), options);
    assert.equal(blocksOfRequest(pool, 6400, options), 100);
    assert.equal(loggedTokens(pool, 100, 6400, options, "shared"), 6400);
  });
});

describe("pages of one size", () => {
  test("attention blocks grow until they hold a state (vLLM 0.24, RTX 5090, fp8 cache)", () => {
    const pool = blockPool(layersOf("Qwen/Qwen3.6-35B-A3B", "fp8"), usualPool);
    assert.deepEqual(
      pool.groups.map(({ kind, layers, blockSize }) => [kind, layers, blockSize]),
      [
        ["full", 10, 2096],
        ["state", 10, 2096],
        ["state", 10, 2096],
        ["state", 10, 2096],
      ],
    );
    const blocks = blocksIn(pool, gib(5.98));
    assert.equal(blocks, 299);
    assert.equal(blocksOfRequest(pool, 131_072, usualPool), 69);
    assert.equal(loggedTokens(pool, blocks, 131_072, usualPool, "concurrency"), 567_978);
    assert.equal(concurrencyAt(pool, blocks, 131_072, usualPool).toFixed(2), "4.33");
  });

  test("1568 tokens a block for Qwen3.8-27B with fp8, and what it needs for 204,800 tokens", () => {
    const pool = blockPool(layersOf("Qwen/Qwen3.8-27B", "fp8"), usualPool);
    assert.equal(pool.groups[0]?.blockSize, 1568);
    const { needed, longest } = startupNeeds(pool, gib(5.42), 204_800, usualPool);
    assert.equal(inGib(needed).toFixed(2), "6.56");
    assert.equal(longest, 167_776);
  });

  test("a draft of three tokens makes the state larger: 800 tokens a block, in bf16", () => {
    const options = { ...usualPool, draftTokens: 3 };
    const pool = blockPool(layersOf("Qwen/Qwen3.6-27B", "auto", 1, 3), options);
    assert.equal(pool.groups[0]?.blockSize, 800);
    assert.equal(pool.groups[0]?.layers, 17);
    // One block of 800 tokens, and five states in each of three groups.
    assert.equal(blocksOfRequest(pool, 800, options), 1 + 3 * 5);
  });

  test("windows keep themselves and one step; blocks are shared by kinds", () => {
    const pool = blockPool(layersOf("openai/gpt-oss-120b"), usualPool);
    assert.deepEqual(
      pool.groups.map(({ kind, layers }) => [kind, layers]),
      [
        ["full", 18],
        ["sliding", 18],
      ],
    );
    // 131,072 / 16, and (127 + 8192) / 16 rounded up, and one.
    assert.equal(blocksOfRequest(pool, 131_072, usualPool), 8192 + 520 + 1);
    // 5.38 GiB hold 78,384 tokens as vLLM logged it, every layer counted (hf-mem issue 60): the GiB are rounded.
    const tokens = loggedTokens(pool, blocksIn(pool, gib(5.38)), 131_072, usualPool, "shared");
    assert.ok(Math.abs(tokens - 78_384) <= 90, `${tokens}`);
  });

  test("without the hybrid manager every layer keeps everything: Llama 4 Scout on 8 ranks needs 24 GiB for 1M tokens", () => {
    const options = { ...usualPool, hybridManager: false };
    const pool = blockPool(layersOf("meta-llama/Llama-4-Scout-17B-16E-Instruct", "auto", 8), options);
    assert.equal(inGib(startupNeeds(pool, gib(1), 1_048_576, options).needed), 24);
  });

  test("kinds with other heads: the smaller page gets more tokens", () => {
    const pool = blockPool(layersOf("XiaomiMiMo/MiMo-V2-Flash"), usualPool);
    assert.deepEqual(
      pool.groups.slice(0, 2).map(({ kind, blockSize }) => [kind, blockSize]),
      [
        ["full", 32],
        ["sliding", 16],
      ],
    );
    assert.equal(pool.groups.length, 1 + Math.ceil(39 / 9));
  });
});
