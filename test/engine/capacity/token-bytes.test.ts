import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type CacheDtype, cacheDtypeMistake } from "../../../server/engine/capacity/cache-dtype.ts";
import { parallelMistake } from "../../../server/engine/capacity/parallel.ts";
import { oneRank } from "../../../server/engine/capacity/public.ts";
import { bytesPerToken, globalBytesPerToken } from "../../../server/engine/capacity/token-bytes.ts";
import { findModel } from "../../../server/engine/catalogue/find-model.ts";
import type { ModelShape } from "../../../server/engine/catalogue/model-shape.ts";

function model(id: string): ModelShape {
  const found = findModel(id);
  assert.ok(found, id);
  return found.model;
}

const bytesOf = (id: string, tensor = 1, dtype: CacheDtype = "auto", pipeline = 1) =>
  bytesPerToken({ model: model(id), dtype, parallel: { ...oneRank, tensor, pipeline } });

/** From LMCache's calculator and the logs of vLLM; bf16 on one rank: [all layers, those that keep every token]. */
const known: readonly (readonly [id: string, all: number, global: number])[] = [
  ["meta-llama/Llama-3.1-8B-Instruct", 131_072, 131_072],
  ["meta-llama/Llama-3.1-70B-Instruct", 327_680, 327_680],
  ["meta-llama/Llama-3.1-405B-Instruct", 516_096, 516_096],
  ["Qwen/Qwen2.5-7B-Instruct", 57_344, 57_344],
  ["Qwen/Qwen3-8B", 147_456, 147_456],
  ["Qwen/Qwen3-30B-A3B", 98_304, 98_304],
  ["Qwen/Qwen3-235B-A22B", 192_512, 192_512],
  ["deepseek-ai/DeepSeek-V2-Lite", 31_104, 31_104],
  ["deepseek-ai/DeepSeek-V3", 70_272, 70_272],
  ["moonshotai/Kimi-K2-Instruct", 70_272, 70_272],
  ["openai/gpt-oss-20b", 49_152, 24_576],
  ["openai/gpt-oss-120b", 73_728, 36_864],
  ["google/gemma-2-9b-it", 344_064, 172_032],
  ["google/gemma-3-27b-it", 507_904, 81_920],
  ["microsoft/phi-4", 204_800, 204_800],
  ["zai-org/GLM-4.5-Air", 188_416, 188_416],
  ["Qwen/Qwen3.5-27B", 65_536, 65_536],
  ["Qwen/Qwen3.5-35B-A3B", 20_480, 20_480],
  ["XiaomiMiMo/MiMo-V2-Flash", 222_720, 23_040],
];

describe("bytes of one token", () => {
  for (const [id, all, global] of known) {
    test(`${id}: ${all}`, () => {
      assert.equal(bytesOf(id), all);
      assert.equal(globalBytesPerToken({ model: model(id), dtype: "auto", parallel: oneRank }), global);
    });
  }

  test("Llama-3.1-70B takes 320 KiB, an eighth of what layers x 2 x hidden x 2 says", () => {
    const { layers, hiddenSize } = model("Llama-3.1-70B");
    assert.equal(bytesOf("Llama-3.1-70B"), 320 * 1024);
    assert.equal(layers * 2 * hiddenSize * 2, 8 * bytesOf("Llama-3.1-70B"));
  });

  test("tensor ranks share the KV heads, and repeat them when there are too few", () => {
    assert.deepEqual(
      [1, 2, 4, 8, 16].map((tensor) => bytesOf("Qwen/Qwen3-235B-A22B", tensor)),
      [192_512, 96_256, 48_128, 48_128, 48_128],
    );
  });

  test("a latent is on each tensor rank whole; stages share its layers", () => {
    assert.equal(bytesOf("deepseek-ai/DeepSeek-V3", 8), 70_272);
    assert.equal(bytesOf("deepseek-ai/DeepSeek-V2-Lite", 2, "auto", 2), 14 * 1152);
  });

  test("formats of the cache", () => {
    const dtypes: readonly (readonly [CacheDtype, number])[] = [
      ["auto", 32 * 8 * 256 * 2],
      ["bfloat16", 32 * 8 * 256 * 2],
      ["fp8", 32 * 8 * 256],
      ["fp8_e5m2", 32 * 8 * 256],
      ["int8_per_token_head", 32 * 8 * (256 + 8)],
      ["fp8_per_token_head", 32 * 8 * (256 + 8)],
      ["nvfp4", 32 * 8 * 2 * (64 + 8)],
    ];
    for (const [dtype, bytes] of dtypes) assert.equal(bytesOf("Llama-3.1-8B", 1, dtype), bytes, dtype);
    assert.equal(bytesOf("deepseek-ai/DeepSeek-V3.2", 1, "fp8_ds_mla"), 61 * 656);
    assert.equal(bytesOf("deepseek-ai/DeepSeek-V3.2", 1, "fp8"), 61 * 576);
  });

  test("a draft adds its attention layers: EAGLE on Llama-3.1-8B, MTP on Qwen3.6-27B", () => {
    const withDraft = (id: string) =>
      bytesPerToken({ model: model(id), dtype: "auto", parallel: oneRank, draftLayers: 1 });
    assert.equal(withDraft("meta-llama/Llama-3.1-8B-Instruct"), 33 * 4096);
    assert.equal(withDraft("Qwen/Qwen3.6-27B"), 17 * 4096);
  });
});

describe("what vLLM refuses", () => {
  const refused: readonly (readonly [id: string, tensor: number, why: RegExp])[] = [
    ["Qwen/Qwen2.5-7B-Instruct", 8, /28 attention heads/],
    ["microsoft/phi-4", 4, /10 KV heads/],
    ["tiiuae/falcon-7b", 2, /71 attention heads/],
    ["Qwen/Qwen3-8B", 0, /whole number/],
    ["Qwen/Qwen3-8B", 1.5, /whole number/],
  ];
  for (const [id, tensor, why] of refused) {
    test(`${id} on ${tensor} ranks`, () => {
      assert.match(parallelMistake(model(id), { ...oneRank, tensor }) ?? "", why);
    });
  }

  test("what divides, or repeats, is served", () => {
    for (const tensor of [1, 2, 5, 10])
      assert.equal(parallelMistake(model("microsoft/phi-4"), { ...oneRank, tensor }), undefined);
    assert.equal(parallelMistake(model("Qwen/Qwen3-235B-A22B"), { ...oneRank, tensor: 16 }), undefined);
  });

  test("formats that need keys and values, or a latent", () => {
    assert.match(cacheDtypeMistake(model("deepseek-ai/DeepSeek-V3"), "nvfp4") ?? "", /latent/);
    assert.match(cacheDtypeMistake(model("Llama-3.1-8B"), "fp8_ds_mla") ?? "", /MLA/);
    assert.equal(cacheDtypeMistake(model("Llama-3.1-8B"), "fp8"), undefined);
  });
});
