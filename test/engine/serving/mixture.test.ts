import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { findModel, models, shapeFromConfig } from "../../../server/engine/catalogue/public.ts";
import { mixtureBand } from "../../../server/engine/serving/band.ts";
import { coverage } from "../../../server/engine/serving/weight-cost.ts";
import { lawOf } from "./laws.ts";

const eightOf128 = { count: 128, perToken: 8, parameters: 1 };

describe("the experts that a step reads", () => {
  test("are a token's own for one token, and nearly all for a hundred", () => {
    assert.equal(coverage(eightOf128, 1), 1 / 16);
    assert.equal(coverage(eightOf128, 2), 1 - (15 / 16) ** 2);
    assert.equal(coverage(eightOf128, 100).toFixed(4), "0.9984");
    assert.equal(coverage({ count: 8, perToken: 8, parameters: 1 }, 1), 1);
  });

  test("grow with the tokens, half a token between two whole ones", () => {
    const some = fc.double({ min: 0, max: 4096, noNaN: true });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        assert.ok(coverage(eightOf128, less) <= coverage(eightOf128, more) + 1e-15);
        assert.ok(coverage(eightOf128, more) <= 1);
      }),
    );
    const middle = (coverage(eightOf128, 3) + coverage(eightOf128, 4)) / 2;
    assert.ok(Math.abs(coverage(eightOf128, 3.5) - middle) < 1e-15);
  });

  test("make the first sequences of a batch dear: 32 of them take twice as long as one, and 64 little more", () => {
    const step = (decodes: number) =>
      lawOf("Qwen/Qwen3-235B-A22B", "H200", { tensor: 8, quantization: "fp8" }).stepTime({
        decodes,
        promptTokens: 0,
        contextTokens: 0,
        promptContext: 0,
      });
    assert.equal((1000 * step(1)).toFixed(1), "7.1");
    assert.equal((1000 * step(32)).toFixed(1), "13.9");
    assert.equal((1000 * step(64)).toFixed(1), "16.2");
  });

  test("have a band of their own", () => {
    assert.equal(lawOf("openai/gpt-oss-20b", "H100", { tensor: 1 }).band, mixtureBand);
  });
});

describe("the experts of the catalogue", () => {
  // The number behind A in a model's name, or what its maker says a token passes, in 10^9.
  const active: ReadonlyMap<string, number> = new Map([
    ["Qwen/Qwen3-30B-A3B", 3.3],
    ["Qwen/Qwen3-235B-A22B", 22],
    ["Qwen/Qwen3-Coder-480B-A35B-Instruct", 35],
    // 3, and the layer of 1.6 that drafts, which its published 81.3 contain
    ["Qwen/Qwen3-Next-80B-A3B-Instruct", 4.6],
    ["Qwen/Qwen3.5-35B-A3B", 3],
    ["Qwen/Qwen3.5-122B-A10B", 10],
    ["deepseek-ai/DeepSeek-V2-Lite", 2.4],
    ["deepseek-ai/DeepSeek-V3", 37],
    ["deepseek-ai/DeepSeek-R1", 37],
    ["deepseek-ai/DeepSeek-V3.2", 37],
    ["moonshotai/Kimi-K2-Instruct", 32],
    ["moonshotai/Kimi-Linear-48B-A3B-Instruct", 3],
    ["zai-org/GLM-5", 40],
    ["zai-org/GLM-4.5", 32],
    ["zai-org/GLM-4.5-Air", 12],
    ["google/gemma-4-26B-A4B", 4],
    ["meta-llama/Llama-4-Scout-17B-16E-Instruct", 17],
    ["meta-llama/Llama-4-Maverick-17B-128E-Instruct", 17],
    ["mistralai/Mixtral-8x7B-Instruct-v0.1", 12.9],
    ["mistralai/Mixtral-8x22B-Instruct-v0.1", 39],
    ["openai/gpt-oss-20b", 3.6],
    ["openai/gpt-oss-120b", 5.1],
    ["ibm-granite/granite-4.0-h-small", 9],
    ["nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16", 3.5],
    ["MiniMaxAI/MiniMax-M2.7", 10],
    ["XiaomiMiMo/MiMo-V2-Flash", 15],
    ["ai21labs/AI21-Jamba-1.5-Mini", 12],
  ]);

  for (const [id, said] of active) {
    test(`${id}: a token passes ${said} billion weights, as its maker says`, () => {
      const model = findModel(id)?.model;
      assert.ok(model?.parameters !== undefined && model.experts !== undefined);
      const { parameters, experts, vocabulary = 0, hiddenSize } = model;
      assert.ok(experts.parameters < parameters);
      const passed = (parameters - experts.parameters * (1 - experts.perToken / experts.count)) / 1e9;
      // Some makers count the embeddings and some do not.
      const embedding = (vocabulary * hiddenSize) / 1e9;
      assert.ok(passed >= 0.9 * said - embedding && passed <= 1.15 * said + 2 * embedding, `${passed}`);
    });
  }

  test("are known of every mixture", () => {
    const unknown = models.filter(({ mixture, experts }) => mixture && experts === undefined);
    assert.deepEqual(
      unknown.map(({ id }) => id),
      [],
    );
  });
});

describe("the experts in a config.json", () => {
  const config = {
    model_type: "qwen3_moe",
    hidden_size: 2048,
    intermediate_size: 6144,
    moe_intermediate_size: 768,
    num_attention_heads: 32,
    num_hidden_layers: 48,
    num_key_value_heads: 4,
    head_dim: 128,
    num_experts: 128,
    num_experts_per_tok: 8,
    decoder_sparse_step: 1,
    mlp_only_layers: [],
    vocab_size: 151_936,
    torch_dtype: "bfloat16",
  };
  const expertsIn = (fields: object) => {
    const read = shapeFromConfig({ ...config, ...fields }, "own/model");
    return "shape" in read ? read.shape.experts : undefined;
  };

  test("are the catalogue's", () => {
    assert.deepEqual(expertsIn({}), models.find(({ id }) => id === "Qwen/Qwen3-30B-A3B")?.experts);
    const v3 = { model_type: "deepseek_v3", hidden_size: 7168, num_hidden_layers: 61, kv_lora_rank: 512 };
    const deep = { ...v3, qk_rope_head_dim: 64, moe_intermediate_size: 2048, first_k_dense_replace: 3 };
    const counts = { num_experts: undefined, n_routed_experts: 256, num_experts_per_tok: 8 };
    assert.deepEqual(
      expertsIn({ ...deep, ...counts }),
      models.find(({ id }) => id === "deepseek-ai/DeepSeek-V3")?.experts,
    );
  });

  test("are not guessed where a layer pattern or a number is not told", () => {
    assert.equal(expertsIn({ mlp_only_layers: [0, 1] }), undefined);
    assert.equal(expertsIn({ decoder_sparse_step: 2 }), undefined);
    assert.equal(expertsIn({ num_experts_per_tok: undefined }), undefined);
    assert.equal(expertsIn({ num_experts_per_tok: 200 }), undefined);
    assert.equal(expertsIn({ moe_intermediate_size: undefined }), undefined);
    assert.equal(expertsIn({ first_k_dense_replace: 48 }), undefined);
    assert.equal(expertsIn({ model_type: "jamba" }), undefined);
  });
});
