import { keepsTokens, type ModelShape } from "../catalogue/model-shape.ts";

/** Formats of the KV cache whose size is known (vLLM's `--kv-cache-dtype`). */
export const cacheDtypes = [
  "auto",
  "float16",
  "bfloat16",
  "fp8",
  "fp8_e4m3",
  "fp8_e5m2",
  "fp8_inc",
  "fp8_ds_mla",
  "int8_per_token_head",
  "fp8_per_token_head",
  "nvfp4",
] as const;
export type CacheDtype = (typeof cacheDtypes)[number];

const aliases: ReadonlyMap<string, CacheDtype> = new Map([
  ["half", "float16"],
  ["fp16", "float16"],
  ["bf16", "bfloat16"],
]);

export function findCacheDtype(word: string): CacheDtype | undefined {
  const plain = word.trim().toLowerCase();
  return cacheDtypes.find((dtype) => dtype === plain) ?? aliases.get(plain);
}

/** One byte an element, with or without scales of its own. */
export function isEightBit(dtype: CacheDtype): boolean {
  return dtype.startsWith("fp8") || dtype === "int8_per_token_head";
}

/** What vLLM makes of a format: models with sparse latent attention get their own when fp8 is asked for. */
export function dtypeInUse(model: ModelShape, dtype: CacheDtype): CacheDtype {
  const sparse = model.layerGroups.some((group) => group.kind === "mla" && group.indexDim !== undefined);
  return sparse && (dtype === "fp8" || dtype === "fp8_e4m3") ? "fp8_ds_mla" : dtype;
}

/** Why a model cannot have its cache in a format, as a clause. */
export function cacheDtypeMistake(model: ModelShape, dtype: CacheDtype): string | undefined {
  const latent = model.layerGroups.some(({ kind }) => kind === "mla");
  if (latent && (dtype === "nvfp4" || dtype.endsWith("_per_token_head"))) {
    return `${dtype} is for keys and values of heads; this model keeps a latent`;
  }
  if (!latent && dtype === "fp8_ds_mla") return "fp8_ds_mla is for models with latent attention (MLA)";
  return model.layerGroups.some(keepsTokens) ? undefined : "it keeps no KV cache";
}

/** Bytes of the keys and values of one token in one head and layer (vllm/v1/kv_cache_interface.py). */
export function bytesOfHead(keyDim: number, valueDim: number, dtype: CacheDtype, elementBytes: number): number {
  switch (dtype) {
    case "auto":
      return (keyDim + valueDim) * elementBytes;
    case "float16":
    case "bfloat16":
      return (keyDim + valueDim) * 2;
    case "int8_per_token_head":
    case "fp8_per_token_head":
      return keyDim + valueDim + 2 * scaleBytes;
    case "nvfp4":
      return fourBitBytes(keyDim) + fourBitBytes(valueDim);
    case "fp8":
    case "fp8_e4m3":
    case "fp8_e5m2":
    case "fp8_inc":
    case "fp8_ds_mla":
      return keyDim + valueDim;
  }
}

/** A scale of a token and head is a float32, one for the key and one for the value. */
const scaleBytes = 4;

/** Two elements a byte, and a scale of one byte for every 16. */
function fourBitBytes(dim: number): number {
  return dim / 2 + dim / 16;
}

/** Bytes of the latent of one token in one layer. It is one vector: no keys and values apart. */
export function bytesOfLatent(latentRank: number, ropeDim: number, dtype: CacheDtype, elementBytes: number): number {
  if (dtype === "fp8_ds_mla") return sparseLatentBytes;
  return bytesOfHead(latentRank + ropeDim, 0, dtype, elementBytes);
}

/** 512 fp8 elements, 4 float32 scales, 64 rotary elements in bf16 (vllm/v1/kv_cache_interface.py, `MLAAttentionSpec`). */
const sparseLatentBytes = 656;

/** The indexer's key of one token and layer: fp8 elements with a float32 scale for every 128. Not seen in a log. */
export function bytesOfIndexer(indexDim: number): number {
  return indexDim + (indexDim / 128) * 4;
}
