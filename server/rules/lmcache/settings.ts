import { type Cache, cachesOf, isNested, writtenAt } from "../../graph/cache-of.ts";
import type { Graph } from "../../graph/graph.ts";
import { lmcacheConfig } from "../../kinds/lmcache/flat.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import type { Node } from "../../text/node.ts";
import { type Placed, stringAt } from "../../text/read.ts";

/** What LMCache in one engine is told, or one file of settings without the engine that reads it. */
export interface FlatSettings {
  /** For messages: `Deployment "llama", container "vllm"`, or the file. */
  readonly title: string;
  /** Absent for a file that is looked at by itself. */
  readonly cache: Cache | undefined;
  /** A value that is written and can be read. */
  text(key: string): Placed<string> | undefined;
  /** A value as it is written, lists and mappings too. */
  node(key: string): Node | undefined;
  /** Certainly not written. Of a file alone nobody can say that: the environment may add it. */
  isAbsent(key: string): boolean;
  /** Whether a value is for this to judge: those of a file are judged once, however many engines read it. */
  owns(node: Node): boolean;
}

/** The flat form in a workload's engines, or in a file of its own. */
export function flatSettings(graph: Graph, object: StackObject): readonly FlatSettings[] {
  if (object.kind.id === lmcacheConfig.id) return [ofFile(object)];
  return cachesOf(graph, object as StackObject<Workload>)
    .filter(({ config }) => !isNested(config))
    .map((cache) => ofCache(object, cache));
}

function ofFile(object: StackObject): FlatSettings {
  return {
    title: object.title,
    cache: undefined,
    text: (key) => stringAt(object.root, key),
    node: (key) => given(writtenAt(object.root, key)),
    isAbsent: () => false,
    owns: () => true,
  };
}

function ofCache(object: StackObject, cache: Cache): FlatSettings {
  return {
    title: containerTitle(object, cache.container),
    cache,
    text(key) {
      const setting = cache.setting(key);
      return typeof setting === "string" ? undefined : setting;
    },
    node: (key) => given(cache.written(key)),
    isAbsent: (key) => cache.written(key) === "default",
    owns: (node) => node.doc !== cache.config?.doc,
  };
}

function given(written: Node | "default" | "unknown"): Node | undefined {
  return typeof written === "string" ? undefined : written;
}

export function containerTitle({ title }: StackObject, { name }: Cache["container"]): string {
  return name === undefined ? title : `${title}, container "${name.value}"`;
}

/** As LMCache reads a boolean (`_to_bool`): anything else than these is false. */
export function isOn(value: Placed<string> | undefined): boolean {
  return value !== undefined && /^\s*(?:true|1)\s*$/i.test(value.value);
}

const engineSettings =
  /^LMCACHE_(?:CONFIG_FILE|CHUNK_SIZE|LOCAL_CPU|MAX_LOCAL_CPU_SIZE|LOCAL_DISK|MAX_LOCAL_DISK_SIZE|REMOTE_URL|REMOTE_SERDE|CACHE_POLICY|SAVE_DECODE_CACHE|ENABLE_P2P|ENABLE_PD|ENABLE_CONTROLLER)$/;

/** Whether a variable is one that LMCache reads inside an engine; others, such as LMCACHE_LOG_LEVEL, servers read too. */
export function isEngineSetting(name: string): boolean {
  return engineSettings.test(name);
}
