import { devices, poolTier, tier, usualChunk } from "../engine/capacity/tiers.ts";
import type { ModelShape } from "../engine/catalogue/model-shape.ts";
import type { CacheTier } from "../engine/simulation/scenario.ts";
import { type BytesPerRank, bytes, bytesPerRank } from "../engine/units.ts";
import { cacheMemory, GiB } from "../graph/cache-memory.ts";
import { type Cache, cachesOf } from "../graph/cache-of.ts";
import type { Graph } from "../graph/graph.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { numberAt } from "../text/read.ts";
import type { Sources } from "./origin.ts";

export interface CachedModel {
  readonly name: string;
  readonly model: ModelShape;
  readonly ranks: number;
  readonly bytesPerToken: BytesPerRank;
}

/** What LMCache in a pod keeps beside the GPU, nearest first. What of it is not known here is a gap. */
export function cacheTiersOf(
  graph: Graph,
  workload: StackObject<Workload>,
  cached: CachedModel,
  sources: Sources,
): readonly CacheTier[] {
  const found = cachesOf(graph, workload).flatMap((cache) => {
    const memory = cacheMemory(workload, cache);
    return memory === undefined ? [] : [{ cache, memory }];
  });
  const { name } = cached;
  const [only, another] = found;
  if (only === undefined || another !== undefined) {
    if (usesLmcache(workload))
      sources.lacks(
        `${name}: LMCache`,
        only === undefined
          ? "how much it keeps beside the GPU is not known here; prefixes are found in the GPU's cache alone"
          : "several caches stand in one pod; prefixes are found in the GPU's cache alone",
        "max_local_cpu_size in its configuration",
      );
    return [];
  }
  const { cache, memory } = only;
  const chunk = chunkOf(cache);
  const isLatent = latent(cached.model);
  const { bytesPerToken, ranks } = cached;
  const size = bytesPerRank(Number(memory.size));
  const memoryTier =
    memory.form === "pinned"
      ? tier({ sizePerRank: size, bytesPerToken, chunk })
      : poolTier({ size: bytes(Number(memory.size)), bytesPerToken, ranks, isLatent, chunk });
  const all = bytesPerToken * (isLatent ? 1 : ranks);
  sources.note(
    `${name}: tokens in LMCache's memory`,
    String(memoryTier.tokens),
    memory.written === undefined ? "default: LMCache" : sources.place(memory.written.node),
  );
  const first: CacheTier = { capacity: memoryTier.tokens, chunk, device: devices.cpu, bytesPerToken: all };
  tellRemote(name, cache, sources);
  return [first, ...diskOf(cache, cached, { chunk, all }, sources)];
}

/** Whose disk it is no file says. */
function diskOf(
  cache: Cache,
  { name, bytesPerToken }: CachedModel,
  { chunk, all }: { readonly chunk: number; readonly all: number },
  sources: Sources,
): readonly CacheTier[] {
  const setting = cache.setting("max_local_disk_size");
  const gib = typeof setting === "string" ? undefined : numberAt(setting.node);
  if (gib === undefined || !(gib.value > 0) || typeof cache.setting("local_disk") === "string") return [];
  const held = tier({ sizePerRank: bytesPerRank(gib.value * Number(GiB)), bytesPerToken, chunk });
  sources.note(`${name}: tokens on LMCache's disk`, String(held.tokens), sources.place(gib.node));
  sources.lacks(
    `${name}: speed of LMCache's disk`,
    `no file says it; an ${devices.nvmeGen4.name} is taken`,
    "compare with a benchmark",
  );
  return [{ capacity: held.tokens, chunk, device: devices.nvmeGen4, bytesPerToken: all }];
}

function tellRemote(name: string, cache: Cache, sources: Sources): void {
  const remote = cache.setting("remote_url");
  if (typeof remote === "string") return;
  sources.lacks(
    `${name}: LMCache's remote store`,
    "what others have put there is not simulated",
    `look at ${sources.place(remote.node)}`,
  );
}

function chunkOf(cache: Cache): number {
  const setting = cache.setting("chunk_size");
  const chunk = typeof setting === "string" ? undefined : numberAt(setting.node)?.value;
  return chunk !== undefined && Number.isInteger(chunk) && chunk > 0 && chunk <= 2 ** 20 ? chunk : usualChunk;
}

/** Each rank of latent attention has all of a token. */
export function latent({ layerGroups }: ModelShape): boolean {
  return layerGroups.some(({ kind }) => kind === "mla");
}

function usesLmcache({ view }: StackObject<Workload>): boolean {
  return (view.template?.containers ?? []).some(
    ({ env, words }) =>
      env.some(({ name }) => name.startsWith("LMCACHE_")) || words.some(({ text }) => text.includes("LMCache")),
  );
}
