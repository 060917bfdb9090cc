import { defineKind } from "../kind.ts";

/** What the LMCache operator runs (`operator/api/v1alpha1` of LMCache). No rule reads them yet; their schemas do. */
const group = "lmcache.lmcache.ai";

/** A server for each GPU node, as a DaemonSet. */
export const lmcacheEngine = defineKind({
  id: "lmcache-engine",
  title: "LMCacheEngine",
  schema: "lmcache-engine",
  recognise: { group, kind: "LMCacheEngine" },
  view: () => undefined,
});

/** The same with CacheBlend. */
export const cacheBlendEngine = defineKind({
  id: "cache-blend-engine",
  title: "CacheBlendEngine",
  schema: "cache-blend-engine",
  recognise: { group, kind: "CacheBlendEngine" },
  view: () => undefined,
});

/** Where the servers register. */
export const lmcacheCoordinator = defineKind({
  id: "lmcache-coordinator",
  title: "LMCacheCoordinator",
  schema: "lmcache-coordinator",
  recognise: { group, kind: "LMCacheCoordinator" },
  view: () => undefined,
});
