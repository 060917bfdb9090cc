import type { CacheDtype } from "../capacity/cache-dtype.ts";
import { layerBytes } from "../capacity/token-bytes.ts";
import {
  keepsState,
  keepsTokens,
  type LayerGroup,
  type ModelShape,
  type TokenLayers,
} from "../catalogue/model-shape.ts";
import type { Uncounted } from "./step-time.ts";

/** What a step has to do with the tokens that stand in the cache. */
export interface ContextCost {
  /** Bytes that one rank reads for its decodes, which have so many tokens behind them together. */
  bytesRead(decodes: number, contextTokens: number): number;
  /** The same of so many steps, in each of which every decode gains a token. */
  bytesReadOver(decodes: number, contextTokens: number, steps: number): number;
  /** Operations of all ranks for one prompt token with so many tokens behind it. */
  operations(context: number): number;
  readonly uncounted: readonly Uncounted[];
}

interface Part {
  readonly window: number;
  readonly bytes: number;
  readonly operations: number;
}

export function contextCost(model: ModelShape, dtype: CacheDtype, tensor: number): ContextCost {
  const parts = model.layerGroups.filter(keepsTokens).map((group): Part => {
    const bytes = group.layers * layerBytes(group, dtype, model.elementBytes, tensor);
    return { window: windowOf(group), bytes, operations: group.layers * operationsOf(group, model) };
  });
  return {
    bytesRead: (decodes, context) =>
      parts.reduce((sum, { window, bytes }) => sum + bytes * seen(decodes * window, context), 0),
    bytesReadOver: (decodes, context, steps) =>
      parts.reduce((sum, { window, bytes }) => sum + bytes * seenOver(decodes * window, context, decodes, steps), 0),
    operations: (context) =>
      parts.reduce((sum, { window, operations }) => sum + operations * Math.min(window, context), 0),
    uncounted: model.layerGroups.flatMap(uncountedIn),
  };
}

function windowOf(group: TokenLayers): number {
  return "window" in group ? group.window : Number.MAX_SAFE_INTEGER;
}

/** A multiplication and an addition for each element of a key and of a value. A latent is counted as the heads it stands for. */
function operationsOf(group: TokenLayers, { attentionHeads, hiddenSize }: ModelShape): number {
  return group.kind === "mla" ? 4 * hiddenSize : 2 * attentionHeads * (group.keyDim + group.valueDim);
}

function seen(most: number, context: number): number {
  return Math.min(most, context);
}

/** The sum of `min(most, context + n x growth)` over n from 0 to steps - 1. */
function seenOver(most: number, context: number, growth: number, steps: number): number {
  const within = Math.max(0, Math.min(steps, Math.ceil((most - context) / growth)));
  const growing = within * context + (growth * within * (within - 1)) / 2;
  return within === steps ? growing : growing + (steps - within) * most;
}

function uncountedIn(group: LayerGroup): Uncounted[] {
  if (group.kind === "mla") return ["latent attention"];
  return keepsState(group) ? ["state layers"] : [];
}
