import {
  type BlockPool,
  blockPool,
  blocksIn,
  blocksOfRequest,
  bytesPerToken,
  type CacheLayers,
  concurrencyAt,
  loggedTokens,
  type PoolOptions,
  startupNeeds,
  usualPool,
} from "../../server/engine/capacity/public.ts";
import { gib, inGib } from "../../server/engine/index.ts";
import type { Adapter } from "./adapter.ts";
import { agrees, compared, type Fields, maybeNumber, numberIn } from "./fields.ts";
import { dtypeIn, modelIn, parallelIn } from "./kv-shape.ts";

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

export const reported: Adapter = (vector) => {
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

export const maxLengthErrors: Adapter = (vector) => {
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

export const hybrids: Adapter = (vector) => {
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
