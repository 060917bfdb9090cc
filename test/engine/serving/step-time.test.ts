import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { findGpu, findModel, models } from "../../../server/engine/catalogue/public.ts";
import { gigabytesPerSecond } from "../../../server/engine/index.ts";
import { type StepLaw, stepLaw } from "../../../server/engine/serving/step-time.ts";
import { lawOf } from "./laws.ts";

const qwen = lawOf("Qwen/Qwen3-32B", "H100", { tensor: 2 });
const llama8 = lawOf("meta-llama/Llama-3.1-8B-Instruct", "H100", { tensor: 1 });
const llama70 = "meta-llama/Llama-3.1-70B-Instruct";
const onH200 = lawOf(llama70, "H200", { tensor: 4, quantization: "fp8" });
const onH100 = lawOf(llama70, "H100", { tensor: 8, quantization: "fp8" });
const onB200 = lawOf(llama70, "B200", { tensor: 1, quantization: "nvfp4" });

describe("one step of the engine", () => {
  // Worked out beside this code, from the same law and constants: they show that the law was carried over, not that it is right.
  const golden: readonly (readonly [string, StepLaw, number, number, number, number, number])[] = [
    ["Qwen3-32B on 2 x H100, one sequence", qwen, 1, 0, 1536, 0, 15.308],
    ["Qwen3-32B on 2 x H100, 32 sequences", qwen, 32, 0, 49_152, 0, 18.628],
    ["Qwen3-32B on 2 x H100, 32 sequences beside a chunk of 1024", qwen, 32, 1024, 49_152, 512, 63.126],
    ["Qwen3-32B on 2 x H100, a prompt of 8192", qwen, 0, 8192, 0, 4096, 497.331],
    ["Llama-3.1-70B in fp8 on 4 x H200", onH200, 16, 0, 24_576, 0, 10.834],
    ["Llama-3.1-70B in fp8 on 8 x H100", onH100, 64, 0, 65_536, 0, 12.708],
    ["Llama-3.1-70B in fp4 on B200 beside a chunk of 2048", onB200, 32, 2048, 40_000, 1024, 58.593],
    ["Llama-3.1-8B on H100, one sequence", llama8, 1, 0, 192, 0, 7.055],
    ["Llama-3.1-8B on H100, 64 sequences", llama8, 64, 0, 12_288, 0, 9.793],
  ];
  for (const [title, made, decodes, promptTokens, contextTokens, promptContext, wanted] of golden) {
    test(`${title}: ${wanted} ms`, () => {
      const time = 1000 * made.stepTime({ decodes, promptTokens, contextTokens, promptContext });
      assert.ok(Math.abs(time - wanted) <= 0.001, `${time} ms`);
    });
  }

  test("nothing to do takes no time", () => {
    assert.equal(qwen.stepTime({ decodes: 0, promptTokens: 0, contextTokens: 0, promptContext: 0 }), 0);
    assert.equal(qwen.stretchTime(0, 0, 10), 0);
  });

  test("a stretch of decodes takes as long as its steps one after another, whatever windows the layers have", () => {
    const laws = [
      qwen,
      lawOf("openai/gpt-oss-120b", "H100", { tensor: 2 }),
      lawOf("google/gemma-3-27b-it", "H100", { tensor: 1 }),
    ];
    const counts = [
      fc.integer({ min: 1, max: 256 }),
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 0, max: 300 }),
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...laws), ...counts, (law, decodes, context, steps) => {
        let sum = 0;
        for (let step = 0; step < steps; step++) {
          const contextTokens = decodes * (context + step);
          sum += law.stepTime({ decodes, promptTokens: 0, contextTokens, promptContext: 0 });
        }
        const stretch = law.stretchTime(decodes, decodes * context, steps);
        assert.ok(Math.abs(stretch - sum) <= 1e-9 * Math.max(sum, 1), `${stretch} and ${sum}`);
      }),
    );
  });

  test("more of anything takes longer", () => {
    const laws = [qwen, onB200, lawOf("Qwen/Qwen3-235B-A22B", "H200", { tensor: 8, quantization: "fp8" })];
    const amount = fc.integer({ min: 0, max: 8192 });
    const load = fc.record({ decodes: amount, promptTokens: amount, contextTokens: amount, promptContext: amount });
    fc.assert(
      fc.property(
        fc.constantFrom(...laws),
        load,
        fc.constantFrom("decodes", "promptTokens", "contextTokens"),
        (law, some, what) => {
          const less = { ...some, decodes: some.decodes + 1 };
          assert.ok(law.stepTime({ ...less, [what]: less[what] + 1 }) > law.stepTime(less));
        },
      ),
    );
  });

  test("twice the ranks take less than the whole time and more than half of it", () => {
    const load = { decodes: 32, promptTokens: 0, contextTokens: 65_536, promptContext: 0 };
    const on = (tensor: number) => lawOf(llama70, "H100", { tensor, quantization: "fp8" }).stepTime(load);
    for (const tensor of [1, 2, 4]) assert.ok(on(2 * tensor) < on(tensor) && on(2 * tensor) > on(tensor) / 2);
  });

  test("an fp8 cache halves what a step reads of it", () => {
    const reads = (cacheDtype: "auto" | "fp8") => {
      const law = lawOf(llama70, "H100", { tensor: 4, cacheDtype });
      const at = (contextTokens: number) =>
        law.stepTime({ decodes: 64, promptTokens: 0, contextTokens, promptContext: 0 });
      return at(1_000_000) - at(0);
    };
    assert.equal((reads("auto") / reads("fp8")).toFixed(6), "2.000000");
  });

  test("four bits save reading on every GPU and multiplying where the GPU has units for them", () => {
    const prefill = { decodes: 0, promptTokens: 8192, contextTokens: 0, promptContext: 0 };
    const time = (gpu: string, quantization?: string) =>
      lawOf(llama70, gpu, { tensor: 4, ...(quantization === undefined ? {} : { quantization }) }).stepTime(prefill);
    assert.ok(time("B200", "nvfp4") < 0.6 * time("B200"));
    assert.ok(time("H100", "nvfp4") > 0.99 * time("H100"));
    assert.ok(time("H100", "awq") > 0.99 * time("H100"));
  });
});

describe("what a law needs to know", () => {
  const model = findModel(llama70)?.model;
  const h100 = findGpu("H100");
  assert.ok(model !== undefined && h100 !== undefined);
  const { parameters: _, ...unweighed } = model;

  test("without it, it says which fact is missing", () => {
    const { bandwidth: __, ...slow } = h100;
    assert.deepEqual(stepLaw(unweighed, h100, { tensor: 1 }), { missing: "weights" });
    assert.deepEqual(stepLaw(model, h100, { tensor: 1, quantization: "unheard-of" }), { missing: "weights" });
    assert.deepEqual(stepLaw({ ...model, mixture: true }, h100, { tensor: 1 }), { missing: "experts" });
    assert.deepEqual(stepLaw(model, slow, { tensor: 1 }), { missing: "bandwidth" });
    assert.deepEqual(stepLaw(model, { ...h100, peak: {} }, { tensor: 1 }), { missing: "peak" });
    assert.deepEqual(stepLaw(model, { ...slow, bandwidth: gigabytesPerSecond(3350) }, { tensor: 0 }), {
      missing: "ranks",
    });
  });

  test("every model of the catalogue whose weights are known has one", () => {
    const without = models.filter((one) => "missing" in stepLaw(one, h100, { tensor: 1 }));
    assert.deepEqual(
      without.map(({ id }) => id),
      [],
    );
  });

  test("what it does not count, it says", () => {
    const uncounted = (name: string, gpu: string, tensor: number) => lawOf(name, gpu, { tensor }).uncounted;
    assert.deepEqual(uncounted(llama70, "H100", 8), []);
    assert.deepEqual(uncounted(llama70, "L40S", 8), ["sharing of PCIe"]);
    assert.deepEqual(uncounted("deepseek-ai/DeepSeek-V3", "H200", 8), ["latent attention", "expert imbalance"]);
    assert.deepEqual(uncounted("Qwen/Qwen3-Next-80B-A3B-Instruct", "H100", 4), ["state layers", "expert imbalance"]);
  });
});
