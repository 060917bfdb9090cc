import assert from "node:assert/strict";
import { findGpu, findModel } from "../../../server/engine/catalogue/public.ts";
import { isUnknownStep, type StepLaw, type StepOptions, stepLaw } from "../../../server/engine/serving/step-time.ts";

/** The law of a model and a GPU that the catalogue has. */
export function lawOf(modelName: string, gpuName: string, options: StepOptions): StepLaw {
  const found = findModel(modelName);
  const gpu = findGpu(gpuName);
  assert.ok(found !== undefined && gpu !== undefined, `${modelName} on ${gpuName}`);
  const law = stepLaw(found.model, gpu, options);
  assert.ok(!isUnknownStep(law), JSON.stringify(law));
  return law;
}
