import type { RawFix } from "../../findings/raw-finding.ts";
import { rankCount } from "../../graph/cache-memory.ts";
import { type Cache, cachesOf, isCacheServer } from "../../graph/cache-of.ts";
import type { Graph } from "../../graph/graph.ts";
import { namespacesAgree } from "../../graph/scope.ts";
import { servesModel } from "../../graph/serving.ts";
import { nestedLmcacheConfig } from "../../kinds/lmcache/nested.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { kvTransferOf, loadsLmcache } from "../../kinds/vllm/connectors.ts";
import { envOf } from "../../kinds/workload/container.ts";
import { mountsConfigMap } from "../../kinds/workload/keys.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { type DocumentEdit, setScalar } from "../../text/edits.ts";
import type { MapNode } from "../../text/node.ts";
import { at, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { flatForm } from "./flat-form.ts";
import { moveToEngine } from "./move-to-engine.ts";

const nested = `storage: # <-
  cpu:
    enabled: true
    buffer_size: "20Gi"
    eviction_policy: lru`;

const flat = `local_cpu: true
max_local_cpu_size: 20
cache_policy: LRU`;

export const nestedForm = defineRule({
  id: "lmcache/nested-form",
  title: "LMCache configuration that LMCache does not read",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["LMC-001", "LMC-039", "LMC-043", "S0"],
  docs: {
    summary: "LMCache's configuration is written in a nested form (`storage.cpu.buffer_size`).",
    why: "Guides print this form, often for a sidecar with LMCACHE_CONFIG_PATH. No version of LMCache reads it: it logs each unknown key, drops it, and runs with its defaults of 5 GiB host memory, no disk and nothing remote. It reads one flat mapping, from the file that LMCACHE_CONFIG_FILE names, in the vLLM container that loads LMCacheConnectorV1. Sizes there are plain numbers of GiB for each rank.",
    mend: "The fix writes the flat form and the variable's right name; sizes are divided by the ranks of the engine where those are known. What LMCache has nothing like (compression, async, observability) goes. Where a server beside vLLM was told the file and vLLM loads LMCacheConnectorV1, the fix takes the variable and the mounts of file and disk to the vLLM container, whose memory limit has to hold the cache then. Other rules go on to judge the numbers that stand here.",
    sources: [
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/config_base.py",
    ],
  },
  examples: {
    bad: engineExample({ config: nested }).replace("LMCACHE_CONFIG_FILE", "LMCACHE_CONFIG_PATH"),
    good: engineExample({ config: flat }),
  },
  messages: {
    nested:
      "{object}: no LMCache version reads this nested form. Every key is dropped, and the defaults apply: 5 GiB of host memory, no disk, nothing remote.{variable}{place} Write the flat form with max_local_cpu_size in GiB for each rank.",
  },
  reads: [nestedLmcacheConfig],
  check({ object, graph, report }) {
    const readers = readersOf(graph, object);
    const variables = readers.flatMap(({ cache }) => envOf(cache.container, "LMCACHE_CONFIG_PATH") ?? []);
    const { root } = object;
    const place = readers.some(({ cache }) => isCacheServer(cache.container));
    const storage = object.root.entries.find(({ key }) => key.type === "scalar" && key.text === "storage");
    const ranks = new Set(readers.map(({ workload, cache }) => engineRanks(workload, cache)));
    const [only] = ranks;
    const text = ranks.size > 1 ? undefined : flatForm(object.root, only ?? 1);
    const fixes = text === undefined ? [] : rewritten(object, text, readers);
    report({
      at: storage?.key ?? root,
      message: "nested",
      slots: {
        object: object.title,
        variable: variables.length === 0 ? "" : " LMCACHE_CONFIG_PATH is not read either: it is LMCACHE_CONFIG_FILE.",
        place: place ? " And the cache lives in the vLLM container, where variable and mount belong." : "",
      },
      fixes,
    });
  },
});

/** The flat form in the place of the nested one, and the variable where LMCache looks for it. */
function rewritten({ doc, root }: StackObject, newText: string, readers: readonly Reader[]): RawFix[] {
  const end = root.start + doc.text.slice(root.start, root.end).trimEnd().length;
  const told = readers.flatMap((reader) => toldToEngine(reader, root));
  const title = "Write the flat form that LMCache reads";
  return [{ title, safe: false, edits: [{ doc, start: root.start, end, newText }, ...told] }];
}

function toldToEngine({ workload, cache: { container } }: Reader, config: MapNode): readonly DocumentEdit[] {
  const [engine, second] = workload.view.template?.containers.filter(servesModel) ?? [];
  const isOne = isCacheServer(container) && engine !== undefined && second === undefined;
  // An engine without the connector would read none of it.
  const isBeside = isOne && loadsLmcache(kvTransferOf(engine));
  const moved = isBeside
    ? moveToEngine(container, engine, stringAt(config, "storage", "disk", "path")?.value)
    : undefined;
  const name = scalarAt(envOf(container, "LMCACHE_CONFIG_PATH")?.node, "name");
  return moved ?? (name === undefined ? [] : [setScalar(name, "LMCACHE_CONFIG_FILE")]);
}

interface Reader {
  readonly workload: StackObject<Workload>;
  readonly cache: Cache;
}

/** The containers that mount the ConfigMap in which the configuration stands, and are told to read it. */
function readersOf(graph: Graph, object: StackObject): Reader[] {
  const { carrier } = object.doc;
  const map = carrier === undefined ? undefined : graph.objectsOf(carrier.node.doc).find((one) => holds(one, object));
  const name = stringAt(map?.root, "metadata", "name")?.value;
  if (map === undefined || name === undefined) return [];
  return graph.lookup(mountsConfigMap(name)).flatMap((found) => {
    if (!namespacesAgree(found, map) || at(found.root, "spec") === undefined) return [];
    const workload = found as StackObject<Workload>;
    return cachesOf(graph, workload).flatMap((cache) => (cache.config === object ? [{ workload, cache }] : []));
  });
}

function holds(map: StackObject, { doc }: StackObject): boolean {
  return map.embedded.includes(doc);
}

/** Ranks of the engine that will hold the cache: of the container itself, or of the one beside a server. */
function engineRanks(workload: StackObject<Workload>, { container }: Cache): number {
  const engine = isCacheServer(container)
    ? workload.view.template?.containers.find((other) => !isCacheServer(other))
    : container;
  return engine === undefined ? 1 : rankCount(workload, engine).pinning;
}
