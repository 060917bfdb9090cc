import { findModel } from "../../server/engine/catalogue/public.ts";
import { type Gate, gatesOf, isNotFull } from "../engine/serving/measured/gates.ts";
import type { Group, MeasuredPoint } from "../engine/serving/measured/point.ts";
import { type Asked, predict, prefillRate } from "../engine/serving/measured/predict.ts";
import { assumedHit, type Held } from "../engine/serving/measured/scores.ts";
import type { Adapter } from "./adapter.ts";
import { type Fields, maybeNumber, numberIn, textIn } from "./fields.ts";
import type { Vector } from "./vectors.ts";

const groupOf: ReadonlyMap<string, Group> = new Map([
  ["A_dense_vllm", "held out"],
  ["B_kv_saturated", "saturated"],
  ["C_moe_vllm", "mixtures"],
  ["D_other_engines", "other engines"],
  ["E_nvidia_nim", "NIM"],
  ["F_open_loop_measured", "open loop"],
]);

/** The GPU as the catalogue has it: `H100-SXM-80GB` is one of its names without the size, `A100-80GB` with it. */
function gpuIn(vector: Fields): string {
  const name = textIn(vector, "gpu");
  return name.startsWith("A100") ? name : name.replace(/-\d+GB$/, "").replace(/ /g, "-");
}

/** A model that is published in 4 bits is meant as it is published. */
function weightsIn(vector: Fields): string {
  const precision = textIn(vector, "precision");
  if (/_int4_/.test(textIn(vector, "source"))) return "int4";
  if (precision !== "fp4") return precision === "" ? "bf16" : precision;
  return findModel(textIn(vector, "model"))?.model.quantization === "mxfp4" ? "mxfp4" : "nvfp4";
}

function askedIn(vector: Fields): Asked {
  const rate = maybeNumber(vector, "rate_rps");
  const batched = /max_num_batched_tokens (\d+)/.exec(textIn(vector, "note"))?.[1];
  return {
    model: textIn(vector, "model"),
    gpu: gpuIn(vector),
    ranks: numberIn(vector, "tp"),
    weights: weightsIn(vector),
    inputTokens: numberIn(vector, "isl"),
    outputTokens: numberIn(vector, "osl"),
    load: rate === undefined ? { requests: numberIn(vector, "concurrency") } : { rate },
    ...(batched === undefined ? {} : { maxBatchedTokens: Number(batched) }),
  };
}

function predictionOf(vector: Fields) {
  const asked = askedIn(vector);
  return predict(asked, "rate" in asked.load ? assumedHit : 0);
}

/** How far one row may be off is not told, but for what is full: the gates below are over all of them. */
const measured: Adapter = (vector) => {
  const prediction = predictionOf(vector);
  const expected = { ttft_ms: vector["ttft_ms"], tpot_ms: vector["tpot_ms"] };
  if (prediction === undefined) return { expected, actual: "a model or a GPU that the engine knows", passed: false };
  const one = heldIn(vector);
  const isFull = one?.point.group !== "saturated" || !isNotFull(one);
  const isTold = Number.isFinite(prediction.outputToken) && Number.isFinite(prediction.firstToken);
  return { expected, actual: prediction, passed: isFull && isTold };
};

/** No gate: of the same GPUs, one engine publishes twice what another does. */
const prefill: Adapter = (vector) => {
  const asked = { model: textIn(vector, "model"), gpu: gpuIn(vector), ranks: numberIn(vector, "tp"), weights: "bf16" };
  const actual = prefillRate(asked, numberIn(vector, "chunk_tokens"));
  return { expected: vector["prompt_tokens_per_s"], actual, passed: actual !== undefined && actual > 0 };
};

export const perfAdapters: ReadonlyMap<string, Adapter> = new Map([
  ["closed_loop", measured],
  ["open_loop_poisson", measured],
  ["prefill_throughput", prefill],
]);

function heldIn(vector: Fields): Held | undefined {
  const group = groupOf.get(textIn(vector, "group"));
  const prediction = predictionOf(vector);
  const firstToken = maybeNumber(vector, "ttft_ms");
  const outputToken = maybeNumber(vector, "tpot_ms");
  if (group === undefined || prediction === undefined || firstToken === undefined || outputToken === undefined)
    return undefined;
  const isMixture = group === "open loop" && textIn(vector, "tpot_check") === "loose";
  const point: MeasuredPoint = {
    ...askedIn(vector),
    group: isMixture ? "open loop mixtures" : group,
    firstToken,
    outputToken,
    engine: textIn(vector, "engine"),
    source: "aiconfigurator",
    row: textIn(vector, "id"),
  };
  return { point, prediction };
}

export function perfGates(vectors: readonly Vector[]): Gate[] {
  const rows = vectors.filter(({ kind }) => kind === "closed_loop" || kind === "open_loop_poisson");
  return gatesOf(rows.flatMap(({ vector }) => heldIn(vector) ?? []));
}
