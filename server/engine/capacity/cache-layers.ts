import { keepsState, keepsTokens, type ModelShape } from "../catalogue/model-shape.ts";
import type { CacheDtype } from "./cache-dtype.ts";
import { layersOfStage, type Parallel } from "./parallel.ts";
import { indexerBytes, layerBytes, stateBytes } from "./token-bytes.ts";

/** Layers of one kind of memory on one rank, as vLLM's block pool sees them. */
export type CacheLayers =
  | { readonly kind: "full" | "mla"; readonly layers: number; readonly bytesPerToken: number }
  | {
      readonly kind: "sliding" | "chunked-local";
      readonly layers: number;
      readonly bytesPerToken: number;
      readonly window: number;
    }
  | { readonly kind: "state"; readonly layers: number; readonly stateBytes: number };

/** Layers of a draft model or of multi-token prediction that share the cache, and how many tokens they guess. */
export interface Draft {
  readonly layers: number;
  readonly tokens: number;
}

export interface CacheLayersRequest {
  readonly model: ModelShape;
  readonly dtype: CacheDtype;
  readonly parallel: Parallel;
  readonly draft?: Draft;
}

/** What the fullest stage keeps. States of unknown size are left out: what follows is then an upper bound. */
export function cacheLayers({ model, dtype, parallel, draft }: CacheLayersRequest): CacheLayers[] {
  const { tensor, pipeline } = parallel;
  const [first] = model.layerGroups.filter(keepsTokens);
  return model.layerGroups.flatMap((group): CacheLayers[] => {
    const layers = layersOfStage(group.layers, pipeline) + (group === first ? (draft?.layers ?? 0) : 0);
    if (keepsTokens(group)) {
      const bytesPerToken = layerBytes(group, dtype, model.elementBytes, tensor);
      if (group.kind === "sliding" || group.kind === "chunked-local") {
        return [{ kind: group.kind, layers, bytesPerToken, window: group.window }];
      }
      const indexer = indexerBytes(group);
      const own: CacheLayers = { kind: group.kind, layers, bytesPerToken };
      return indexer === 0 ? [own] : [own, { kind: "mla", layers, bytesPerToken: indexer }];
    }
    if (!keepsState(group)) return [];
    const size = stateBytes(group, tensor, model.elementBytes, draft?.tokens ?? 0);
    return size === undefined ? [] : [{ kind: "state", layers, stateBytes: size }];
  });
}

/** Whether it keeps states whose size is not known. */
export function hasUnknownState(model: ModelShape): boolean {
  return model.layerGroups.some((group) => keepsState(group) && group.state === undefined);
}
