import {
  type BlockPool,
  blockPool,
  blocksIn,
  blocksOfRequest,
  bytesPerToken,
  type CacheLayers,
  concurrencyAt,
  globalBytesPerToken,
  loggedTokens,
  memoryBudget,
  oneRank,
  type PoolOptions,
  parallelMistake,
  pinnedPerPod,
  startupNeeds,
  tier,
  transfer,
  usualPool,
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
import { agrees, compared, type Fields, maybeNumber, numberIn, textIn } from "./fields.ts";
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

/** A pool of one kind of layers, of which one token takes so many bytes. */
function uniform(vector: Fields): { pool: BlockPool; options: PoolOptions } {
  const options = { ...usualPool, blockSize: maybeNumber(vector, "block_size") ?? 16 };
  const layer: CacheLayers = {
    kind: "full",
    layers: 1,
    bytesPerToken: numberIn(vector, "kv_bytes_per_token_per_rank"),
  };
  return { pool: blockPool([layer], options), options };
}

/** What the catalogue says of the model, next to what the vector says; silent where a draft adds layers of its own. */
function bytesAgree(vector: Fields): boolean {
  const model = modelIn(vector);
  const dtype = dtypeIn(vector);
  if (model === undefined || dtype === undefined || hasDraft(vector)) return true;
  return (
    bytesPerToken({ model, dtype, parallel: parallelIn(vector) }) === numberIn(vector, "kv_bytes_per_token_per_rank")
  );
}

function hasDraft(vector: Fields): boolean {
  return /eagle|mtp|draft|speculat|dflash/i.test(JSON.stringify(vector));
}

const reported: Adapter = (vector) => {
  const { pool, options } = uniform(vector);
  const available = maybeNumber(vector, "available_kv_gib");
  const logged = numberIn(vector, "kv_tokens");
  const length = maybeNumber(vector, "max_model_len");
  const contextRanks = maybeNumber(vector, "dcp") ?? maybeNumber(vector, "decode_context_parallel_size") ?? 1;
  const predicted =
    available === undefined
      ? undefined
      : loggedTokens(pool, blocksIn(pool, gib(available)), 1, { ...options, contextRanks }, "shared");
  const blocks = maybeNumber(vector, "num_gpu_blocks") ?? Math.floor(logged / options.blockSize);
  const concurrency = length === undefined ? undefined : concurrencyAt(pool, blocks, length, options);
  const bytes = numberIn(vector, "kv_bytes_per_token_per_rank");
  const rounding = ((0.005 * 2 ** 30) / bytes) * contextRanks + options.blockSize;
  const told = maybeNumber(vector, "predicted_concurrency");
  const checks = [
    predicted === undefined || predicted === numberIn(vector, "predicted_tokens"),
    predicted === undefined || vector["within_print_rounding"] !== true || Math.abs(predicted - logged) <= rounding,
    told === undefined || concurrency === undefined || agrees(concurrency, told, 2),
    vector["concurrency_matches"] !== true ||
      concurrency === undefined ||
      agrees(concurrency, numberIn(vector, "max_concurrency"), 2),
    bytesAgree(vector),
  ];
  const expected = { tokens: vector["predicted_tokens"], logged, concurrency: told };
  return { expected, actual: { tokens: predicted, concurrency }, passed: checks.every(Boolean) };
};

const maxLengthErrors: Adapter = (vector) => {
  const { pool, options } = uniform(vector);
  const available = maybeNumber(vector, "available_kv_gib");
  const { needed, longest } = startupNeeds(pool, gib(available ?? 0), numberIn(vector, "max_model_len"), options);
  const estimate = maybeNumber(vector, "predicted_estimated_max_model_len");
  const actual = {
    needed: inGib(needed),
    longest: available === undefined || estimate === undefined ? undefined : longest,
  };
  const expected = { needed: numberIn(vector, "predicted_needed_gib"), longest: estimate };
  const logged = vector["needed_matches"] !== true || agrees(actual.needed, numberIn(vector, "needed_gib"), 2);
  const isRight = agrees(actual.needed, expected.needed, 2) && actual.longest === expected.longest;
  return { expected, actual, passed: isRight && logged && bytesAgree(vector) };
};

const hybrids: Adapter = (vector) => {
  const attention = numberIn(vector, "attn_bytes_per_token_per_layer");
  const layers: CacheLayers[] = [
    { kind: "full", layers: numberIn(vector, "attention_layers"), bytesPerToken: attention },
    { kind: "state", layers: numberIn(vector, "linear_layers"), stateBytes: numberIn(vector, "mamba_page_bytes") },
  ];
  const length = numberIn(vector, "max_model_len");
  const style = vector["log_style"] === "old" ? "shared" : "concurrency";
  const available = gib(numberIn(vector, "available_kv_gib"));
  const results = stateSettings(vector).map((settings) => {
    const options = { ...usualPool, ...settings };
    const pool = blockPool(layers, options);
    const blocks = blocksIn(pool, available);
    const { needed, longest } = startupNeeds(pool, available, length, options);
    const concurrency = concurrencyAt(pool, blocks, length, options);
    return {
      predicted_attention_block_size: pool.groups.find(({ kind }) => kind === "full")?.blockSize,
      group_size: pool.groups[0]?.layers,
      num_groups: pool.groups.length,
      bytes_per_block: pool.bytesPerBlock,
      predicted_num_blocks: blocks,
      blocks_per_request: blocksOfRequest(pool, length, options),
      predicted_concurrency: Number(concurrency.toFixed(2)),
      predicted_kv_tokens: loggedTokens(pool, blocks, length, options, style),
      predicted_needed_gib: Number(inGib(needed).toFixed(2)),
      predicted_estimated_max_model_len: longest,
    };
  });
  const names = Object.keys(results[0] ?? {}).filter((name) => vector[name] !== undefined && vector[name] !== null);
  const picked = (from: Fields) => Object.fromEntries(names.map((name) => [name, from[name]]));
  const expected = picked(vector);
  const answers = results.map((result) => compared(expected, picked(result)));
  return answers.find(({ passed }) => passed) ?? (answers[0] as ReturnType<Adapter>);
};

/** A vector does not always say how states are kept, nor how many tokens a draft guesses: it must be one of the ways. */
function stateSettings(vector: Fields): Pick<PoolOptions, "stateMode" | "draftTokens">[] {
  const said = maybeNumber(vector, "num_speculative_tokens") ?? maybeNumber(vector, "num_spec");
  const drafts = said === undefined ? (hasDraft(vector) ? [0, 1, 2, 3, 4, 5, 6, 7, 8] : [0]) : [said];
  const modes = ["align", "none", "all"] as const;
  return modes.flatMap((stateMode) => drafts.map((draftTokens) => ({ stateMode, draftTokens })));
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
