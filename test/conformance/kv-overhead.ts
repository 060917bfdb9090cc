import {
  activation,
  blockPool,
  blocksIn,
  bytesPerToken,
  concurrencyAt,
  cudaGraphs,
  loggedTokens,
  nonTorch,
  parseVllmVersion,
  usualPool,
  usualUtilization,
  type VllmVersion,
  weightsOf,
} from "../../server/engine/capacity/public.ts";
import { findModel, type ModelShape } from "../../server/engine/catalogue/public.ts";
import { gib, inGib } from "../../server/engine/index.ts";
import type { Adapter } from "./adapter.ts";
import { agrees, type Fields, maybeNumber, numberIn, textIn } from "./fields.ts";
import { parallelIn } from "./kv-shape.ts";
import type { Gate, Vector } from "./vectors.ts";

/** The law's stated error over all its rows, in GiB. */
const stated = { mean: 0.155, most: 0.465 } as const;

/** Rows of vLLM 0.19 on an H100 with vLLM's own defaults, unless they say otherwise. */
const measuredWith: VllmVersion = [0, 19];

function versionIn(vector: Fields): VllmVersion {
  return parseVllmVersion(textIn(vector, "vllm")) ?? measuredWith;
}

function modelOf(vector: Fields): ModelShape | undefined {
  return findModel(textIn(vector, "model"))?.model;
}

/** GiB of activations by the law. */
function activationOf(vector: Fields, version = versionIn(vector)): number | undefined {
  const model = modelOf(vector);
  const vocabulary = maybeNumber(vector, "vocab_size") ?? model?.vocabulary;
  if (vocabulary === undefined) return undefined;
  return activation({
    version,
    vocabulary,
    maxNumSeqs: maybeNumber(vector, "max_num_seqs") ?? 1024,
    pipeline: maybeNumber(vector, "pp") ?? 1,
    multimodal: vector["kind"] === "vl" || model?.multimodal === true,
    mixture: false,
  }).gib;
}

function nonTorchOf(vector: Fields, version = versionIn(vector)): number {
  return nonTorch(version, maybeNumber(vector, "tp") ?? 1, maybeNumber(vector, "pp") ?? 1).gib;
}

/** What is said of a part, next to what the law says: within a tolerance in GiB. Parts that the row lacks are left out. */
function within(
  parts: readonly (readonly [string, number | undefined, number | undefined, number])[],
): ReturnType<Adapter> {
  const both = parts.filter(([, said, law]) => said !== undefined && law !== undefined);
  return {
    expected: Object.fromEntries(both.map(([name, said]) => [name, said])),
    actual: Object.fromEntries(both.map(([name, , law]) => [name, law])),
    passed: both.every(([, said = 0, law = 0, tolerance]) => Math.abs(said - law) <= tolerance),
  };
}

function weightsIn(vector: Fields): number | undefined {
  const model = modelOf(vector);
  const weights = model === undefined ? undefined : weightsOf(model, model.quantization, parallelIn(vector));
  return weights === undefined ? undefined : inGib(weights.perRank);
}

const measured: Adapter = (vector) => {
  const weights = maybeNumber(vector, "weight_gib");
  const answer = within([
    ["weights", weights, weightsIn(vector), (weights ?? 0) * 0.03 + 0.05],
    ["activation", maybeNumber(vector, "activation_gib"), activationOf(vector), stated.most],
    ["nonTorch", maybeNumber(vector, "non_torch_gib"), nonTorchOf(vector), 0.15],
  ]);
  return {
    ...answer,
    passed: answer.passed && tokensAgree(vector) && concurrencyAgrees(vector) && identityHolds(vector),
  };
};

/** The memory of a row in tokens, where it has both. */
function tokensAgree(vector: Fields): boolean {
  const logged = maybeNumber(vector, "kv_tokens");
  const model = modelOf(vector);
  if (logged === undefined || model === undefined) return true;
  const dtype = vector["kv_cache_dtype"] === "fp8" ? "fp8" : "auto";
  const perToken = bytesPerToken({ model, dtype, parallel: parallelIn(vector) });
  const pool = blockPool([{ kind: "full", layers: 1, bytesPerToken: perToken }], usualPool);
  const counted = loggedTokens(pool, blocksIn(pool, gib(numberIn(vector, "kv_gib"))), 1, usualPool, "shared");
  return Math.abs(counted - logged) <= (0.005 * 2 ** 30) / perToken + 16;
}

function concurrencyAgrees(vector: Fields): boolean {
  const said = maybeNumber(vector, "max_concurrency_at_8192");
  const model = modelOf(vector);
  if (said === undefined || model === undefined) return true;
  const perToken = bytesPerToken({ model, dtype: "auto", parallel: parallelIn(vector) });
  const pool = blockPool([{ kind: "full", layers: 1, bytesPerToken: perToken }], usualPool);
  return (
    Math.abs(concurrencyAt(pool, blocksIn(pool, gib(numberIn(vector, "kv_gib"))), 8192, usualPool) - said) <= 0.015
  );
}

/** What is left is what the measured parts leave, to the printed digits: 0.95 of 79.19 GiB. */
function identityHolds(vector: Fields): boolean {
  const parts = ["weight_gib", "activation_gib", "non_torch_gib", "kv_gib"].map((name) => maybeNumber(vector, name));
  if (parts.includes(undefined)) return true;
  const total = parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
  const share = maybeNumber(vector, "gpu_memory_utilization") ?? 0.95;
  return Math.abs(total - share * (maybeNumber(vector, "physical_gib") ?? 79.19)) <= 0.021;
}

const activations: Adapter = (vector) => {
  const law = activationOf(vector) ?? Number.NaN;
  const answer = within([["activation", numberIn(vector, "activation_gib"), law, stated.most]]);
  const told = maybeNumber(vector, "law_gib");
  return { ...answer, passed: answer.passed && (told === undefined || agrees(law, told, 2)) };
};

const overheads: Adapter = (vector) => {
  const law = overheadOf(vector) ?? Number.NaN;
  const answer = within([
    ["overhead", numberIn(vector, "overhead_gib"), law, stated.most],
    ["weights", maybeNumber(vector, "weight_gib_per_gpu_from_params"), weightsIn(vector), 0.05],
  ]);
  const told = maybeNumber(vector, "law_overhead_gib");
  return { ...answer, passed: answer.passed && (told === undefined || agrees(law, told, 2)) };
};

function overheadOf(vector: Fields): number | undefined {
  const version: VllmVersion = [0, 15, 1];
  const law = activationOf(vector, version);
  return law === undefined ? undefined : law + nonTorchOf(vector, version);
}

/** Something of the laws changes at the version; where the first version is not known, before and after it. */
const breaks: Adapter = (vector) => {
  const versions = [...textIn(vector, "from").matchAll(/0\.(\d+)/g)].map(([, minor]) => Number(minor));
  const [first] = versions;
  if (first === undefined) return { expected: "an error band", actual: lawsAt(19).error, passed: lawsAt(19).error > 0 };
  const before = lawsAt(textIn(vector, "from").includes("unknown") ? 18 : first - 1);
  const after = lawsAt(versions.at(-1) ?? first);
  const passed = JSON.stringify(before) !== JSON.stringify(after);
  return { expected: vector["effect"], actual: { before, after }, passed };
};

function lawsAt(minor: number) {
  const version = [0, minor];
  const asked = { version, vocabulary: 151_936, maxNumSeqs: 1024, pipeline: 1, multimodal: false, mixture: false };
  const { gib: peak, error } = activation(asked);
  return {
    activation: peak,
    error,
    nonTorch: [nonTorch(version, 1, 1).gib, nonTorch(version, 2, 1).gib],
    graphs: cudaGraphs(version).gib,
    utilization: usualUtilization(version).share,
  };
}

export const kvOverheadAdapters: ReadonlyMap<string, Adapter> = new Map([
  ["direct_rows", measured],
  ["activation_rows", activations],
  ["version_rows", measured],
  ["sim_to_real_rows", overheads],
  ["version_breaks", breaks],
]);

/** The law's error over the rows of a file. */
export function kvOverheadGates(vectors: readonly Vector[]): Gate[] {
  const errorsOf = (list: string, name: string, law: (vector: Fields) => number | undefined) =>
    vectors
      .filter(({ kind }) => kind === list)
      .map(({ vector }) => Math.abs(numberIn(vector, name) - (law(vector) ?? Number.NaN)));
  return [
    ...gatesOf("activation", errorsOf("activation_rows", "activation_gib", activationOf)),
    ...gatesOf("overhead", errorsOf("sim_to_real_rows", "overhead_gib", overheadOf)),
  ];
}

function gatesOf(name: string, errors: readonly number[]): Gate[] {
  if (errors.length === 0) return [];
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const most = Math.max(...errors);
  return [
    { name: `${name}: mean absolute error, GiB`, value: mean, limit: stated.mean, ok: mean <= stated.mean },
    { name: `${name}: largest error, GiB`, value: most, limit: stated.most, ok: most <= stated.most },
  ];
}
