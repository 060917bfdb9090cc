import { type LmcacheView, lmcacheConfig } from "../kinds/lmcache/flat.ts";
import { type NestedLmcacheView, nestedLmcacheConfig } from "../kinds/lmcache/nested.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Container } from "../kinds/workload/container.ts";
import type { Volume, Workload } from "../kinds/workload/pod-template.ts";
import type { MapNode, Node } from "../text/node.ts";
import { at, isNull, itemsAt, type Placed, resolve, stringAt } from "../text/read.ts";
import { remembered } from "../text/remembered.ts";
import type { Graph } from "./graph.ts";
import { mountOf, volumeBehind } from "./mounts.ts";
import { joinPath } from "./paths.ts";
import { servesModel } from "./serving.ts";
import { configMapNamed, variableOf } from "./variables.ts";

export type CacheConfig = StackObject<LmcacheView> | StackObject<NestedLmcacheView>;

/** A value of the flat form. Unknown: something is written that cannot be read here. */
export type CacheSetting = Placed<string> | "default" | "unknown";

/** LMCache as one container of a pod runs it. */
export interface Cache {
  readonly container: Container;
  /** The document it reads, where it can be found. */
  readonly config: CacheConfig | undefined;
  /** A key of the flat form: the environment over the file over LMCache's default (lmcache/v1/config_base.py). */
  setting(key: string): CacheSetting;
  /** The same as it is written, for lists and mappings. */
  written(key: string): Node | "default" | "unknown";
}

export function isNested(config: CacheConfig | undefined): config is StackObject<NestedLmcacheView> {
  return config?.kind.id === nestedLmcacheConfig.id;
}

/** Whether a container is LMCache beside an engine, not the engine with LMCache inside. */
export const isCacheServer = remembered((container: Container): boolean => {
  const words = `${container.name?.value ?? ""} ${container.image?.value ?? ""}`;
  return /lmcache/i.test(words) && !servesModel(container);
});

/** LMCache in the containers of a workload, native sidecars included. */
export function cachesOf(graph: Graph, workload: StackObject<Workload>): readonly Cache[] {
  return graph.once(readCaches, workload);
}

function readCaches(graph: Graph, workload: StackObject<Workload>): readonly Cache[] {
  const { template } = workload.view;
  const sidecars = template?.initContainers.filter(({ root }) => stringAt(root, "restartPolicy")?.value === "Always");
  const caches = [...(template?.containers ?? []), ...(sidecars ?? [])]
    .filter((container) => !usesServer(container))
    .map((container) => cacheIn(graph, workload, container));
  // The nested dialect speaks of a server's memory; an engine that mounts the same file holds nothing.
  const servers = caches.filter(({ config, container }) => isNested(config) && isCacheServer(container));
  return caches.filter((cache) => servers.includes(cache) || servers.every(({ config }) => config !== cache.config));
}

/** With this connector the cache lives in an `lmcache server` of the node, and the flat form is not read. */
function usesServer(container: Container): boolean {
  return container.words.some(({ text }) => text.includes("LMCacheMPConnector"));
}

function cacheIn(graph: Graph, workload: StackObject<Workload>, container: Container): Cache {
  const variable = (name: string) => variableOf(graph, workload, container, name);
  const file = variable("LMCACHE_CONFIG_FILE") ?? variable("LMCACHE_CONFIG_PATH");
  const config =
    file === undefined
      ? mountedConfig(graph, workload, container)
      : file === "unknown"
        ? undefined
        : configAt(graph, workload, container, file.value);
  return {
    container,
    config,
    setting(key) {
      const set = variable(`LMCACHE_${key.toUpperCase()}`);
      if (set !== undefined) return set;
      if (config === undefined) return file === undefined ? "default" : "unknown";
      return at(config.root, key) === undefined ? "default" : (stringAt(config.root, key) ?? "unknown");
    },
    written(key) {
      const set = variable(`LMCACHE_${key.toUpperCase()}`);
      if (set !== undefined) return set === "unknown" ? set : set.node;
      if (config === undefined) return file === undefined ? "default" : "unknown";
      return writtenAt(config.root, key);
    },
  };
}

/** A key without a value is as good as none. */
export function writtenAt(root: MapNode, key: string): Node | "default" {
  const node = resolve(at(root, key));
  return node === undefined || (node.type === "scalar" && isNull(node)) ? "default" : node;
}

function configAt(
  graph: Graph,
  workload: StackObject<Workload>,
  container: Container,
  path: string,
): CacheConfig | undefined {
  const found = mountOf(container, path);
  if (found === undefined || at(found.mount.node, "subPathExpr") !== undefined) return undefined;
  const inVolume = joinPath(found.mount.subPath ?? "", found.below);
  const volume = volumeBehind(workload.view, found.mount);
  return filesOf(graph, workload, volume).find((file) => file.path === inVolume)?.config;
}

/** What a cache server reads that was not told a file: the one configuration among its mounts. */
function mountedConfig(graph: Graph, workload: StackObject<Workload>, container: Container): CacheConfig | undefined {
  if (!isCacheServer(container)) return undefined;
  const found = container.mounts.flatMap((mount) => {
    const files = filesOf(graph, workload, volumeBehind(workload.view, mount));
    return files.filter(({ path }) => mount.subPath === undefined || path === joinPath("", mount.subPath));
  });
  const [first, ...others] = new Set(found.map(({ config }) => config));
  return others.length === 0 ? first : undefined;
}

/** The LMCache configurations in a volume, by their path in it. */
function filesOf(
  graph: Graph,
  workload: StackObject<Workload>,
  volume: Volume | undefined,
): { readonly path: string; readonly config: CacheConfig }[] {
  if (volume === undefined) return [];
  const sources = [volume.node, ...itemsAt(volume.node, "projected", "sources")];
  return sources.flatMap((source) => {
    const map = configMapNamed(graph, workload, stringAt(source, "configMap", "name")?.value);
    const chosen = at(source, "configMap", "items") === undefined ? undefined : itemsAt(source, "configMap", "items");
    return (map?.embedded ?? []).flatMap((doc) => {
      const config = doc.readable ? graph.objectsOf(doc).find(isCacheConfig) : undefined;
      const key = doc.carrier?.name;
      if (config === undefined || key === undefined) return [];
      const items = chosen?.filter((item) => stringAt(item, "key")?.value === key);
      const paths = items?.flatMap((item) => stringAt(item, "path")?.value ?? []) ?? [key];
      return paths.map((path) => ({ path: joinPath("", path), config }));
    });
  });
}

function isCacheConfig(object: StackObject): object is CacheConfig {
  return object.kind.id === lmcacheConfig.id || object.kind.id === nestedLmcacheConfig.id;
}
