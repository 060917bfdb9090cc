import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findGpu, findModel, gpus, models } from "../../../server/engine/catalogue/public.ts";
import { inGib } from "../../../server/engine/index.ts";

describe("a model by its name", () => {
  const found: readonly (readonly [name: string, id: string, quantization?: string])[] = [
    ["meta-llama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B-Instruct"],
    ["META-LLAMA/llama-3.1-8b-instruct", "meta-llama/Llama-3.1-8B-Instruct"],
    ["meta-llama/Meta-Llama-3.1-8B", "meta-llama/Llama-3.1-8B"],
    ["Llama-3.1-8B", "meta-llama/Llama-3.1-8B"],
    ["meta/llama-3.1-70b-instruct", "meta-llama/Llama-3.1-70B-Instruct"],
    ["/mnt/models/Llama-3.1-70B/", "meta-llama/Llama-3.1-70B"],
    ["Qwen/Qwen2.5-7B-Instruct-AWQ", "Qwen/Qwen2.5-7B-Instruct", "awq"],
    ["RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8-dynamic", "meta-llama/Llama-3.1-8B-Instruct", "fp8"],
    ["RedHatAI/Meta-Llama-3.1-70B-Instruct-quantized.w8a8", ""],
    ["nvidia/Llama-3.3-70B-Instruct-NVFP4", "meta-llama/Llama-3.3-70B-Instruct", "nvfp4"],
    ["Qwen/Qwen3-30B-A3B-Instruct-2507", "Qwen/Qwen3-30B-A3B-Instruct-2507"],
  ];
  for (const [name, id, quantization] of found) {
    test(name, () => {
      assert.equal(findModel(name)?.model.id ?? "", id);
      assert.equal(findModel(name)?.quantization, quantization);
    });
  }

  for (const name of [
    "llama-70b",
    "ibm/granite-13b",
    "acme/Llama-3.1-8B",
    "",
    "__proto__",
    "constructor",
    "/",
    "Llama",
  ]) {
    test(`${JSON.stringify(name)} is nobody's`, () => assert.equal(findModel(name), undefined));
  }

  test("one's own model comes first", () => {
    const [own] = models.filter(({ id }) => id === "Qwen/Qwen3-8B").map((model) => ({ ...model, maxPositions: 7 }));
    assert.ok(own);
    assert.equal(findModel("Qwen/Qwen3-8B", [own])?.model.maxPositions, 7);
  });

  test("a variant has its own length", () => {
    assert.equal(findModel("Qwen/Qwen3-30B-A3B")?.model.maxPositions, 40_960);
    assert.equal(findModel("Qwen/Qwen3-30B-A3B-Instruct-2507")?.model.maxPositions, 262_144);
  });
});

describe("the catalogue", () => {
  test("names every model once, with its sources, and with layers that add up", () => {
    assert.equal(new Set(models.map(({ id }) => id.toLowerCase())).size, models.length);
    for (const { id, layers, layerGroups, sources } of models) {
      assert.ok(sources.length > 0, id);
      const attention = layerGroups
        .filter(({ kind }) => kind !== "mamba2")
        .reduce((sum, group) => sum + group.layers, 0);
      const all = layerGroups.reduce((sum, group) => sum + group.layers, 0);
      // Zamba's attention stands beside its Mamba layers.
      assert.ok(all === layers || (id.startsWith("Zyphra/") && attention === 13), id);
    }
  });

  test("knows what PyTorch sees of a GPU, not what is sold", () => {
    assert.equal(inGib(findGpu("H100")?.physical ?? (0 as never)).toFixed(2), "79.19");
    for (const { id, physical, sold } of gpus) {
      if (physical !== undefined) assert.ok(Math.abs(physical / sold - 1.0) < 0.08, id);
    }
  });
});

describe("a GPU by its name", () => {
  const found: readonly (readonly [name: string, id: string])[] = [
    ["NVIDIA-H100-80GB-HBM3", "H100-SXM"],
    ["h100", "H100-SXM"],
    ["p5.48xlarge", "H100-SXM"],
    ["p5en.48xlarge", "H200-SXM"],
    ["p4d.24xlarge", "A100-40GB-SXM"],
    ["NVIDIA-A100-SXM4-80GB", "A100-80GB-SXM"],
    ["nvidia-l4", "L4"],
    ["NVIDIA-L40S", "L40S"],
    ["a10g", "A10G"],
    ["g6e.12xlarge", "L40S"],
    ["a3-ultragpu-8g", "H200-SXM"],
    ["Standard_ND96isr_H100_v5", "H100-SXM"],
    ["nvidia-h100-mega-80gb", "H100-SXM"],
    ["NVIDIA-GeForce-RTX-4090", "RTX-4090"],
  ];
  for (const [name, id] of found) test(`${name} is ${id}`, () => assert.equal(findGpu(name)?.id, id));

  for (const name of ["A100", "NVIDIA-A100-SXM4-80GB-MIG-1g.10gb", "T4", "m5.large", "", "__proto__", "nvidia"]) {
    test(`${JSON.stringify(name)} is not guessed`, () => assert.equal(findGpu(name), undefined));
  }
});
