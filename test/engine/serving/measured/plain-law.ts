import type { LayerGroup } from "../../../../server/engine/catalogue/model-shape.ts";
import type { Gpu, ModelShape } from "../../../../server/engine/catalogue/public.ts";
import type { Asked } from "./predict.ts";

/**
 * The law of a step once more, in one formula for models with full attention and nothing but it: steps are never partly filled with prompts,
 * and no cache is ever full. Where the engine is worse than this, the engine is at fault; where both are wrong, the law is.
 */
export function plainOutputToken(asked: Asked, model: ModelShape, gpu: Gpu, batched: number, hit: number): number {
  const { ranks: tp, inputTokens, outputTokens, load } = asked;
  const { layers: L, hiddenSize: d, attentionHeads: heads, vocabulary = 0, parameters = 0, experts } = model;
  if (gpu.bandwidth === undefined || gpu.peak.bf16 === undefined) throw new Error("no numbers");
  const bytes = bytesOf[asked.weights];
  const peak = { bf16: gpu.peak.bf16, fp8: gpu.peak.fp8, nvfp4: gpu.peak.fp4 }[asked.weights] ?? gpu.peak.bf16;
  if (bytes === undefined) throw new Error(`no bytes for ${asked.weights}`);
  const matrix = parameters - (model.tiedEmbeddings ? 0 : vocabulary * d);
  const routed = experts?.parameters ?? 0;
  const share = experts === undefined ? 1 : experts.perToken / experts.count;
  const kv = model.layerGroups.reduce((sum, group) => sum + keysAndValues(group, tp), 0);
  const attended = model.layerGroups.reduce((sum, group) => sum + group.layers * heads * headOf(group), 0);
  const context = inputTokens + outputTokens / 2;

  const step = (b: number, p: number) => {
    const tokens = b + p;
    const read = (matrix - routed + routed * (1 - (1 - share) ** tokens)) * bytes;
    const multiplied = matrix - routed + routed * share;
    const memory = read / (tp * (gpu.bandwidth as number)) / 0.88;
    const compute = (2 * multiplied * tokens) / (tp * peak) / 0.7;
    const looks = (kv * b * context) / (gpu.bandwidth as number) / 0.9;
    const attention = (4 * attended * p * inputTokens * (1 + hit)) / 2 / (tp * (gpu.peak.bf16 as number)) / 0.5;
    const link = tp > 1 ? (2 * L * tokens * d * 2 * 2 * (tp - 1)) / tp / ((gpu.linkPerDirection ?? 32e9) * 0.55) : 0;
    return (
      (memory ** 4 + compute ** 4) ** 0.25 + looks + attention + link + L * (60e-6 + (tp > 1 ? 8e-6 : 0)) + 35e-6 * b
    );
  };
  const prompt = (b: number) => ((inputTokens * (1 - hit)) / (batched - b)) * (step(b, batched - b) - step(b, 0));
  if ("requests" in load) return step(load.requests, 0) + (load.requests / outputTokens) * prompt(load.requests);
  let b = 1;
  const time = () => step(b, 0) / Math.max(0.02, 1 - load.rate * prompt(b));
  for (let round = 0; round < 500; round++) b = (b + Math.min(batched / 2, load.rate * outputTokens * time())) / 2;
  return time();
}

const bytesOf: Readonly<Record<string, number>> = { bf16: 2, fp8: 1, nvfp4: 0.5625, int4: 0.5, mxfp4: 0.53125 };

/** Bytes of one token in all layers, on one rank. A latent is not divided among ranks. */
function keysAndValues(group: LayerGroup, ranks: number): number {
  if (group.kind === "mla") return group.layers * (group.latentRank + group.ropeDim) * 2;
  if (!("keyValueHeads" in group)) return 0;
  const { layers, keyValueHeads, keyDim, valueDim } = group;
  return (layers * keyValueHeads * (keyDim + valueDim) * 2) / Math.min(ranks, keyValueHeads);
}

function headOf(group: LayerGroup): number {
  return "keyDim" in group ? group.keyDim : 128;
}
