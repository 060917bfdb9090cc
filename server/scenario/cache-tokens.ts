import type { Settings } from "../config/settings.ts";
import { findCacheDtype } from "../engine/capacity/cache-dtype.ts";
import { parallelMistake } from "../engine/capacity/parallel.ts";
import { tier, usualChunk } from "../engine/capacity/tiers.ts";
import { bytesPerToken } from "../engine/capacity/token-bytes.ts";
import type { ModelShape } from "../engine/catalogue/model-shape.ts";
import type { BytesPerRank } from "../engine/units.ts";
import type { Cache } from "../graph/cache-of.ts";
import { numberAt } from "../text/read.ts";
import { isReckonable, modelOfServer } from "./model-fit.ts";
import type { ModelServer } from "./model-server.ts";

export interface CacheTokens {
  readonly tokens: number;
  readonly model: ModelShape;
  /** On each rank. */
  readonly bytesPerToken: BytesPerRank;
}

/** What a tier of LMCache keeps of a server's model. Absent where anything that counts is not known. */
export function tokensInCache(
  server: ModelServer,
  cache: Cache,
  settings: Settings,
  sizePerRank: BytesPerRank,
): CacheTokens | undefined {
  const found = modelOfServer(server, settings);
  const { flags } = server;
  const dtype = findCacheDtype(flags.cacheDtype ?? "auto");
  if (found === undefined || dtype === undefined || !isReckonable(server, found)) return undefined;
  const parallel = { tensor: flags.tensor ?? 1, pipeline: flags.pipeline ?? 1, decodeContext: 1 };
  const chunk = chunkOf(cache);
  if (chunk === undefined || parallelMistake(found.model, parallel) !== undefined) return undefined;
  const each = bytesPerToken({ model: found.model, dtype, parallel });
  return { tokens: tier({ sizePerRank, bytesPerToken: each, chunk }).tokens, model: found.model, bytesPerToken: each };
}

function chunkOf(cache: Cache): number | undefined {
  const setting = cache.setting("chunk_size");
  if (typeof setting === "string") return setting === "default" ? usualChunk : undefined;
  const chunk = numberAt(setting.node)?.value;
  return chunk !== undefined && chunk > 0 ? chunk : undefined;
}
