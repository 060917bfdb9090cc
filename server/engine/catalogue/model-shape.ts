/** What of a model decides over its memory: the facts of its `config.json`. */
export interface ModelShape {
  /** As on Hugging Face: `meta-llama/Llama-3.1-8B-Instruct`. */
  readonly id: string;
  /** All parameters, also those that a token does not pass. Absent: not known. */
  readonly parameters?: number;
  readonly layers: number;
  readonly attentionHeads: number;
  readonly keyValueHeads: number;
  readonly hiddenSize: number;
  /** Bytes of one element of activations and, when it says so by `auto`, of the KV cache. */
  readonly elementBytes: number;
  /** How the published weights are stored when not in `elementBytes`: `fp8`, `mxfp4`, `awq`, … */
  readonly quantization?: string;
  readonly maxPositions?: number;
  readonly vocabulary?: number;
  /** The output layer is the embedding: one matrix, not two. */
  readonly tiedEmbeddings?: boolean;
  /** A mixture of experts. */
  readonly mixture?: boolean;
  /** Absent in a mixture: not known. */
  readonly experts?: Experts;
  /** It takes images or sound besides text. */
  readonly multimodal?: boolean;
  /** Layers by what they keep of the past. Each layer stands in one group, or in two where it has both kinds of memory. */
  readonly layerGroups: readonly LayerGroup[];
  /** How sure the layer groups are, when not sure. */
  readonly doubt?: string;
  /** Where the facts are from. */
  readonly sources: readonly string[];
}

/** The experts that a router chooses among; those that every token passes count with the rest of the model. */
export interface Experts {
  /** In a layer that has them. */
  readonly count: number;
  /** That a token passes in each of these layers. */
  readonly perToken: number;
  /** Of all experts in all layers. */
  readonly parameters: number;
}

export type LayerGroup = AttentionLayers | WindowedLayers | LatentLayers | StateLayers | StatelessLayers;

/** Keys and values of every token (MHA, GQA, MQA). */
export interface AttentionLayers {
  readonly kind: "full";
  readonly layers: number;
  readonly keyValueHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
}

/** Keys and values of the last tokens only. */
export interface WindowedLayers {
  readonly kind: "sliding" | "chunked-local";
  readonly layers: number;
  readonly keyValueHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
  /** Tokens. */
  readonly window: number;
}

/** One compressed vector of every token (MLA). Not divided among tensor-parallel ranks. */
export interface LatentLayers {
  readonly kind: "mla";
  readonly layers: number;
  readonly latentRank: number;
  readonly ropeDim: number;
  /** Sparse attention (DSA): the size of the key that its indexer keeps of every token besides. */
  readonly indexDim?: number;
}

/** A state of fixed size for every request (Mamba, gated DeltaNet, KDA). `state` absent: its size is not known. */
export interface StateLayers {
  readonly kind: "gated-deltanet" | "mamba1" | "mamba2" | "kda";
  readonly layers: number;
  readonly state?: {
    readonly keyHeads: number;
    readonly valueHeads: number;
    readonly keyDim: number;
    readonly valueDim: number;
    readonly convKernel: number;
  };
}

/** Layers that keep nothing. */
export interface StatelessLayers {
  readonly kind: "mlp-only" | "moe-only";
  readonly layers: number;
}

/** Layers whose memory grows with every token. */
export type TokenLayers = AttentionLayers | WindowedLayers | LatentLayers;

export function keepsTokens(group: LayerGroup): group is TokenLayers {
  return group.kind === "full" || group.kind === "sliding" || group.kind === "chunked-local" || group.kind === "mla";
}

export function keepsState(group: LayerGroup): group is StateLayers {
  return !keepsTokens(group) && group.kind !== "mlp-only" && group.kind !== "moe-only";
}
