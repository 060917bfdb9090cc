import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findGpu, findModel } from "../../../server/engine/catalogue/public.ts";
import { isUnknownStep, type StepLaw, type StepOptions, stepLaw } from "../../../server/engine/serving/step-time.ts";

function law(modelName: string, gpuName: string, options: StepOptions): StepLaw {
  const found = findModel(modelName);
  const gpu = findGpu(gpuName);
  assert.ok(found !== undefined && gpu !== undefined, `${modelName} on ${gpuName}`);
  const made = stepLaw(found.model, gpu, options);
  assert.ok(!isUnknownStep(made), JSON.stringify(made));
  return made;
}

const qwen = law("Qwen/Qwen3-32B", "H100", { tensor: 2 });
const llama8 = law("meta-llama/Llama-3.1-8B-Instruct", "H100", { tensor: 1 });
const llama70 = "meta-llama/Llama-3.1-70B-Instruct";
const onH200 = law(llama70, "H200", { tensor: 4, quantization: "fp8" });
const onH100 = law(llama70, "H100", { tensor: 8, quantization: "fp8" });
const onB200 = law(llama70, "B200", { tensor: 1, quantization: "nvfp4" });

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
});
