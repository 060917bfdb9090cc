import { defaultLocalCpuGiB } from "../kinds/lmcache/flat.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Container } from "../kinds/workload/container.ts";
import { localRanks, modelOf, usesLatentAttention } from "../kinds/workload/engine-arguments.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { numberAt, type Placed } from "../text/read.ts";
import { bytesOf } from "../text/values/quantity.ts";
import { type Cache, type CacheSetting, isCacheServer, isNested } from "./cache-of.ts";

export const GiB = 1024n ** 3n;

/** The host memory that LMCache takes in its container, in bytes. */
export interface CacheMemory {
  /** Nested: a buffer that fills. Pinned: memory that every counted rank takes at start. */
  readonly form: "nested" | "pinned";
  /** What sets the size: `buffer_size`, `max_local_cpu_size` or its variable. */
  readonly key: string;
  /** Where the size is written; absent when LMCache's default counts. */
  readonly written: Placed<unknown> | undefined;
  readonly size: bigint;
  /** Ranks that pin that size each. */
  readonly ranks: number;
  /** All of it. */
  readonly held: bigint;
  /** What the container's processes work with besides. */
  readonly room: bigint;
}

export function cacheMemory(workload: StackObject<Workload>, cache: Cache): CacheMemory | undefined {
  const { config } = cache;
  if (!isNested(config)) return pinnedMemory(workload, cache);
  const written = config.view.bufferSize;
  const size = written === undefined ? 0n : bytesOf(written.value);
  if (size <= 0n) return undefined;
  return { form: "nested", key: "buffer_size", written, size, ranks: 1, held: size, room: tenth(size) };
}

function pinnedMemory(workload: StackObject<Workload>, cache: Cache): CacheMemory | undefined {
  // Huge pages have a limit of their own, and a prefill/decode worker without a CPU tier pins no pool.
  if (isTrue(cache.setting("local_cpu_use_hugepages"))) return undefined;
  if (isTrue(cache.setting("enable_pd")) && isFalse(cache.setting("local_cpu"))) return undefined;
  const setting = cache.setting("max_local_cpu_size");
  const written = typeof setting === "string" ? undefined : numberAt(setting.node);
  const byDefault = setting === "default" && cache.config !== undefined ? defaultLocalCpuGiB : undefined;
  const gib = written?.value ?? byDefault;
  const bytes = Math.round((gib ?? 0) * Number(GiB));
  if (bytes <= 0 || !Number.isFinite(bytes)) return undefined;
  const size = BigInt(bytes);
  const { all, pinning } = rankCount(workload, cache.container);
  const held = size * BigInt(pinning);
  const fromFile = written === undefined || written.node.doc === cache.config?.doc;
  return {
    form: "pinned",
    key: fromFile ? "max_local_cpu_size" : "LMCACHE_MAX_LOCAL_CPU_SIZE",
    written,
    size,
    ranks: pinning,
    held,
    // No authority gives a number: weights in flight, CUDA and Python of each rank, and the server beside them.
    room: isCacheServer(cache.container) ? tenth(held) : (4n * BigInt(all) + 8n) * GiB,
  };
}

/** With latent attention only the first rank keeps a cache. Several ranks of an unknown model count as one. */
export function rankCount(workload: StackObject<Workload>, container: Container): { all: number; pinning: number } {
  const all = isCacheServer(container) ? 1 : localRanks(container, workload.view.groupSize);
  const model = modelOf(container);
  if (all === 1 || model === undefined) return { all: 1, pinning: 1 };
  return { all, pinning: usesLatentAttention(model) ? 1 : all };
}

function tenth(size: bigint): bigint {
  return (size + 9n) / 10n;
}

/** As LMCache reads a boolean (`_to_bool`): anything else than these is false. */
function isTrue(setting: CacheSetting): boolean {
  return typeof setting !== "string" && /^\s*(?:true|1)\s*$/i.test(setting.value);
}

function isFalse(setting: CacheSetting): boolean {
  return typeof setting !== "string" && !isTrue(setting);
}
