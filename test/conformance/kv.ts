import {
  bytesPerToken,
  globalBytesPerToken,
  memoryBudget,
  oneRank,
  parallelMistake,
  pinnedPerPod,
  tier,
  transfer,
} from "../../server/engine/capacity/public.ts";
import { findModel } from "../../server/engine/catalogue/public.ts";
import {
  bytes,
  bytesPerRank,
  gib,
  gibPerRank,
  gigabitsPerSecond,
  inGib,
  perPod,
  share,
  tokens,
} from "../../server/engine/index.ts";
import type { Adapter } from "./adapter.ts";
import { agrees, compared, type Fields, numberIn, textIn } from "./fields.ts";
import { hybrids, maxLengthErrors, reported } from "./kv-pools.ts";
import { dtypeIn, modelIn, parallelIn, shapeIn } from "./kv-shape.ts";

/** Bytes per token and rank of the model in the vector, and of the catalogue's model of that name. */
const models: Adapter = (vector) => {
  const known = findModel(textIn(vector, "id"))?.model;
  const shapes = [shapeIn(vector), ...(known === undefined ? [] : [known])];
  const ranks = Object.entries(vector["tp"] as Record<string, Fields>);
  const whole = { dtype: "auto", parallel: oneRank } as const;
  const of = (name: string) => numberIn(vector, `kv_bytes_per_token_${name}bf16`);
  const expected = shapes.map(() => ({
    all: of(""),
    global: of("global_layers_only_"),
    tp: ranks.map(([, rank]) => rank),
  }));
  const actual = shapes.map((model) => ({
    all: bytesPerToken({ model, ...whole }),
    global: globalBytesPerToken({ model, ...whole }),
    tp: ranks.map(([tp]) => rankOf(model, Number(tp))),
  }));
  return { expected, actual, passed: JSON.stringify(expected) === JSON.stringify(actual) };
};

function rankOf(model: Parameters<typeof bytesPerToken>[0]["model"], tensor: number): Fields {
  const parallel = { ...oneRank, tensor };
  const valid = parallelMistake(model, parallel) === undefined;
  return {
    valid,
    kv_bytes_per_token_per_rank_bf16: valid ? bytesPerToken({ model, dtype: "auto", parallel }) : null,
    kv_bytes_per_token_per_rank_fp8: valid ? bytesPerToken({ model, dtype: "fp8", parallel }) : null,
  };
}

const breakdowns: Adapter = (vector) => {
  const physical = gib(numberIn(vector, "total_gib"));
  const model = {
    id: "",
    layers: 1,
    attentionHeads: 1,
    keyValueHeads: 1,
    hiddenSize: 1,
    elementBytes: 2,
    layerGroups: [],
    sources: [],
  };
  const budget = memoryBudget({
    model,
    gpu: { id: "", physical, sold: physical, peak: {}, prices: [], source: "" },
    parallel: parallelIn(vector),
    version: [0, 20],
    versionIsKnown: true,
    utilization: share(numberIn(vector, "gpu_memory_utilization")),
    maxNumSeqs: 1,
    enforceEager: false,
    graphsAreEstimated: true,
    measured: {
      weights: gibPerRank(numberIn(vector, "weights_gib_per_rank")),
      activation: gibPerRank(numberIn(vector, "activation_peak_gib")),
      nonTorch: gibPerRank(numberIn(vector, "non_torch_gib")),
    },
  });
  const actual = budget === undefined ? Number.NaN : inGib(budget.kvCache.bytes);
  const expected = numberIn(vector, "predicted_available_kv_gib");
  const logged = Math.abs(actual - numberIn(vector, "available_kv_gib")) <= numberIn(vector, "abs_error_gib") + 0.0101;
  return { expected, actual, passed: agrees(actual, expected, 2) && logged };
};

const sizings: Adapter = (vector) => {
  const model = modelIn(vector);
  const dtype = dtypeIn(vector);
  const size = numberIn(vector, "max_local_cpu_size_gb_per_rank");
  if (model === undefined || dtype === undefined)
    return { expected: "a known model", actual: vector["model"], passed: false };
  const parallel = parallelIn(vector);
  const perToken = bytesPerToken({ model, dtype, parallel });
  const held = tier({ sizePerRank: gibPerRank(size), bytesPerToken: perToken, chunk: numberIn(vector, "chunk_size") });
  const isLatent = model.layerGroups.some(({ kind }) => kind === "mla");
  return compared(
    {
      chunk: vector["bytes_per_chunk_per_rank"],
      chunks: vector["chunks_that_fit"],
      tokens: vector["tokens_that_fit"],
      pinned: vector["pinned_gib_pod_total"],
    },
    {
      chunk: held.bytesPerChunk,
      chunks: held.chunks,
      tokens: held.tokens,
      pinned: inGib(pinnedPerPod(gibPerRank(size), parallel.tensor * parallel.pipeline, isLatent)),
    },
  );
};

/** Llama-3.1-70B, as the right formula has it: its bytes, their way over a network, and what 256 long requests take. */
const slips: Adapter = (vector) => {
  const model = findModel("meta-llama/Llama-3.1-70B-Instruct")?.model;
  if (model === undefined) return { expected: "a known model", actual: undefined, passed: false };
  const perToken = bytesPerToken({ model, dtype: "auto", parallel: oneRank });
  const moved = transfer({ length: tokens(10_000), bytesPerToken: bytes(perToken), link: gigabitsPerSecond(100) });
  const asMany = perPod(bytesPerRank(perToken * 256 * 8192), 1);
  switch (vector["id"]) {
    case "s1":
      return compared({ bytes: vector["correct_bytes_per_token"] }, { bytes: perToken });
    case "s2":
      return compared({ seconds: vector["correct_seconds"] }, { seconds: Number(moved.time.toFixed(4)) });
    case "s3":
      return compared({ gib: vector["correct_gib"] }, { gib: inGib(asMany) });
    default:
      return compared({ grows: true }, { grows: kvAt(model, 0.9) > kvAt(model, 0.85) });
  }
};

/** What a higher utilization leaves for the cache. */
function kvAt(model: Parameters<typeof bytesPerToken>[0]["model"], utilization: number): number {
  const physical = gib(79.19);
  const gpu = { id: "", physical, sold: physical, peak: {}, prices: [], source: "" };
  const asked = {
    model,
    gpu,
    parallel: { ...oneRank, tensor: 4 },
    version: [0, 19],
    versionIsKnown: true,
    maxNumSeqs: 256,
  };
  return (
    memoryBudget({ ...asked, enforceEager: true, graphsAreEstimated: true, utilization: share(utilization) })?.kvCache
      .bytes ?? 0
  );
}

/** Nobody's name, or another name of the model in the vector's reason. */
const notFound: Adapter = (vector) => {
  const alias = /alias of ([\w./-]+\w)/.exec(textIn(vector, "reason"))?.[1];
  const found = textIn(vector, "id")
    .split(" / ")
    .map((id) => findModel(id)?.model);
  const actual = found.map((model) => model?.id ?? null);
  const same = findModel(alias ?? "")?.model.layerGroups;
  return {
    expected: alias === undefined ? null : `null or ${alias}`,
    actual,
    passed: found.every((model) => model === undefined || (same !== undefined && model.layerGroups === same)),
  };
};

export const kvAdapters: ReadonlyMap<string, Adapter> = new Map([
  ["models", models],
  ["reported", reported],
  ["max_len_errors", maxLengthErrors],
  ["hybrid_vectors", hybrids],
  ["memory_breakdowns", breakdowns],
  ["lmcache_sizing", sizings],
  ["seed_slips", slips],
  ["not_found", notFound],
]);
