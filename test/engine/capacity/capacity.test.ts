import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Capacity,
  type CapacityRequest,
  capacity,
  isRefusal,
  oneRank,
  readLog,
  whatToTry,
} from "../../../server/engine/capacity/public.ts";
import { findGpu, findModel } from "../../../server/engine/catalogue/public.ts";
import { gib, inGib, share, tokens } from "../../../server/engine/index.ts";

type Asked = Partial<Omit<CapacityRequest, "model" | "gpu">>;

function request(id: string, gpuName: string, asked: Asked = {}): CapacityRequest {
  const found = findModel(id);
  const gpu = findGpu(gpuName);
  assert.ok(found !== undefined && gpu !== undefined);
  const quantization = found.quantization === undefined ? {} : { quantization: found.quantization };
  return { model: found.model, gpu, ...quantization, version: [0, 19], ...asked };
}

function answer(id: string, gpu: string, asked: Asked = {}): Capacity {
  const found = capacity(request(id, gpu, asked));
  assert.ok(!isRefusal(found), JSON.stringify(found));
  return found;
}

const near = (value: number, wanted: number, by: number) =>
  assert.ok(Math.abs(value - wanted) <= by, `${value} is not within ${by} of ${wanted}`);

describe("what vLLM leaves for the KV cache", () => {
  // llm-d-planner PR 205: vLLM on H100 with 0.95, 1024 requests
  test("Qwen3-14B on one H100: 41.94 GiB in 0.15, 45.23 GiB in 0.18", () => {
    const at = (minor: number) => answer("Qwen/Qwen3-14B", "H100", { version: [0, minor], utilization: share(0.95) });
    for (const [minor, measured] of [
      [15, 41.94],
      [18, 45.23],
    ] as const) {
      const { kvCache } = at(minor).budget;
      near(inGib(kvCache.bytes), measured, inGib(kvCache.error));
      near(inGib(kvCache.bytes), measured, 0.5);
    }
  });

  // inference-sim/sim-to-real-accuracy-validation: vLLM 0.15.1, 0.9, 128 requests: 30,251 blocks
  test("Llama-3.1-70B on four H100: 36.93 GiB each", () => {
    const found = answer("meta-llama/Llama-3.1-70B-Instruct", "H100", {
      version: [0, 15, 1],
      utilization: share(0.9),
      maxNumSeqs: 128,
      parallel: { ...oneRank, tensor: 4 },
    });
    near(inGib(found.budget.kvCache.bytes), 36.93, 0.2);
    near(found.blocks, 30_251, 200);
    assert.ok(found.tokens.least <= 30_251 * 16 && 30_251 * 16 <= found.tokens.most);
  });

  test("AWQ weights as vLLM logged them for Qwen2.5-7B: 5.29 GiB", () => {
    near(inGib(answer("Qwen/Qwen2.5-7B-Instruct-AWQ", "L40S").budget.weights.bytes), 5.29, 0.27);
  });

  test("a stage holds its layers and one end of the model: 5.48 GiB of Qwen3-8B on three", () => {
    const found = answer("Qwen/Qwen3-8B", "H100", { parallel: { ...oneRank, pipeline: 3 } });
    near(inGib(found.budget.weights.bytes), 5.48, 0.05);
  });

  test("the version decides: share, sampler, NCCL, graphs", () => {
    const at = (minor: number) =>
      answer("Qwen/Qwen3-32B", "H200", { version: [0, minor], parallel: { ...oneRank, tensor: 2 } }).budget;
    assert.deepEqual(
      [at(15), at(18), at(25)].map(({ utilization }) => utilization.share),
      [0.9, 0.9, 0.92],
    );
    assert.ok(at(15).activation.bytes > 2 * at(18).activation.bytes);
    assert.deepEqual(
      [at(17), at(18)].map(({ nonTorch }) => Number(inGib(nonTorch.bytes).toFixed(2))),
      [0.55, 2.1],
    );
    assert.deepEqual(
      [at(20), at(21)].map(({ graphs }) => graphs.exact),
      [true, false],
    );
  });

  test("what is exact is told apart from what is estimated", () => {
    const { budget } = answer("Qwen/Qwen3-8B", "H100", { utilization: share(0.9) });
    assert.deepEqual(
      [budget.physical, budget.requested, budget.weights, budget.activation, budget.kvCache].map(({ exact }) => exact),
      [true, true, false, false, false],
    );
    assert.equal(inGib(budget.requested.bytes).toFixed(3), (0.9 * 79.19).toFixed(3));
  });
});

describe("the verdict", () => {
  test("weights that do not fit", () => {
    const found = answer("meta-llama/Llama-3.1-70B-Instruct", "H100");
    assert.equal(found.verdict, "weights-do-not-fit");
    assert.equal(found.verdictIsSure, true);
    assert.equal(found.tokens.value, 0);
  });

  test("less than one request of the maximum length, with what vLLM would say", () => {
    const found = answer("Qwen/Qwen3-8B", "L4", { maxModelLen: tokens(40_960) });
    assert.equal(found.verdict, "below-one-request");
    assert.equal(inGib(found.startup.needed), 5.625);
    assert.equal(found.startup.longest, found.blocks * 16);
  });

  test("the maximum length is the model's own unless it is said", () => {
    assert.equal(answer("Qwen/Qwen3-8B", "H100").settled.maxModelLen, 40_960);
    assert.equal(answer("Qwen/Qwen3-8B", "H100").settled.maxNumSeqs, 1024);
    assert.equal(answer("Qwen/Qwen3-8B", "L4").settled.maxNumSeqs, 256);
  });

  test("a refusal names what is wrong or missing", () => {
    const { model, gpu } = request("microsoft/phi-4", "H100");
    assert.deepEqual(capacity({ model, gpu, parallel: { ...oneRank, tensor: 4 } }), {
      mistake: "10 KV heads neither divide among 4 ranks nor repeat evenly",
    });
    const { maxPositions: _, ...endless } = model;
    assert.deepEqual(capacity({ model: endless, gpu }), { missing: "maxModelLen" });
    const { parameters: __, ...weightless } = model;
    assert.deepEqual(capacity({ model: weightless, gpu }), { missing: "weights" });
  });
});

describe("a log outranks the estimate", () => {
  const lines = `INFO 11-12 10:00:01 [gpu_model_runner.py:1] Model loading took 15.2683 GiB and 3.2 seconds
INFO [gpu_worker.py:298] Available KV cache memory: 50.32 GiB
INFO [kv_cache_utils.py:1087] GPU KV cache size: 366,400 tokens
INFO [kv_cache_utils.py:1091] Maximum concurrency for 40,960 tokens per request: 8.95x\n`;

  test("four lines", () => {
    assert.deepEqual(readLog(lines), {
      tokens: 366_400,
      concurrency: { length: 40_960, times: 8.95 },
      memory: { weights: 15.2683 * 2 ** 30, kvCache: 50.32 * 2 ** 30 },
    });
  });

  test("one line, as since 0.30; and the last of several starts", () => {
    const merged = (size: string) =>
      `GPU KV cache size: ${size} tokens, Maximum concurrency for 8,192 tokens per request: 2.00x\n`;
    assert.deepEqual(readLog(merged("1,000") + merged("16,384")), {
      tokens: 16_384,
      concurrency: { length: 8192, times: 2 },
    });
    assert.deepEqual(readLog("# GPU blocks: 27896, # CPU blocks: 2048"), { blocks: 27_896 });
    assert.deepEqual(readLog("GPU KV cache size: many tokens"), {});
  });

  test("its tokens are the answer, without a band", () => {
    const found = answer("Qwen/Qwen3-8B", "H100", { logged: readLog(lines) });
    assert.deepEqual(found.tokens, { value: 366_400, least: 366_400, most: 366_400 });
    assert.equal(found.tokensAreLogged, true);
    assert.equal(found.blocks, 22_900);
    assert.equal(found.concurrency.toFixed(2), "8.95");
  });
});

describe("what to try", () => {
  const trials = (id: string, gpu: string, asked: Asked = {}) => whatToTry(request(id, gpu, asked));

  test("in the order of what it costs, with the gain of each worked out anew", () => {
    const asked = { utilization: share(0.9) };
    const found = trials("Qwen/Qwen3-14B", "H100", asked);
    assert.deepEqual(
      found.map(({ flag }) => flag),
      [
        "--max-num-seqs 256",
        "--gpu-memory-utilization 0.95",
        "--kv-cache-dtype fp8",
        "--quantization fp8",
        "--tensor-parallel-size 2",
      ],
    );
    const now = answer("Qwen/Qwen3-14B", "H100", asked).tokens.value;
    const changes: Asked[] = [
      { maxNumSeqs: 256 },
      { utilization: share(0.95) },
      { cacheDtype: "fp8" },
      { quantization: "fp8" },
      { parallel: { ...oneRank, tensor: 2 } },
    ];
    for (const [index, change] of changes.entries()) {
      assert.equal(found[index]?.gain, answer("Qwen/Qwen3-14B", "H100", { ...asked, ...change }).tokens.value - now);
    }
  });

  test("256 requests instead of 1024 give back three quarters of the sampler", () => {
    const [first] = trials("Qwen/Qwen3-14B", "H100");
    const sampler = (3.5 * 151_936 * 768 * 4) / (40 * 8 * 256 * 2);
    near(first?.gain ?? 0, sampler, 16);
  });

  test("a shorter length where one request does not fit; it starts then", () => {
    const found = trials("Qwen/Qwen3-8B", "L4").find(({ change }) => change.kind === "max-model-len");
    assert.equal(found?.after.verdict, "fits");
    assert.equal((found?.after.settled.maxModelLen ?? 0) % 1024, 0);
  });

  test("no fp8 where the GPU has none, no rank that the heads refuse, nothing that brings nothing", () => {
    assert.deepEqual(
      trials("Qwen/Qwen2.5-7B-Instruct", "A100-80GB", {
        parallel: { ...oneRank, tensor: 4 },
        utilization: share(0.95),
      }).map(({ flag }) => flag),
      ["--max-num-seqs 128"],
    );
  });
});

test("GPUs of which only the sold size is known have a wider band", () => {
  const sure = answer("Qwen/Qwen3-8B", "H100", { utilization: share(0.9) }).budget;
  const unsure = answer("Qwen/Qwen3-8B", "H100-PCIe", { utilization: share(0.9) }).budget;
  assert.equal(unsure.physical.exact, false);
  assert.ok(unsure.kvCache.error > sure.kvCache.error);
  assert.ok(Math.abs(unsure.physical.bytes - gib(79.19)) <= unsure.physical.error);
});
