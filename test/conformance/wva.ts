import type { Adapter } from "./adapter.ts";
import { configAdapters } from "./wva/config.ts";
import { gpuAdapters } from "./wva/gpus.ts";
import { queueingAdapters } from "./wva/queueing.ts";
import { saturationAdapters } from "./wva/saturation.ts";
import { tokenAdapters } from "./wva/tokens.ts";

export const wvaAdapters: ReadonlyMap<string, Adapter> = new Map([
  ...saturationAdapters,
  ...configAdapters,
  ...gpuAdapters,
  ...tokenAdapters,
  ...queueingAdapters,
]);
