import { type Cache, cachesOf, isNested } from "../../graph/cache-of.ts";
import type { Graph } from "../../graph/graph.ts";
import { meet } from "../../graph/scope.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { kvTransferOf, loadsLmcache } from "../../kinds/vllm/connectors.ts";
import { argumentOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { modelOf } from "../../kinds/workload/engine-arguments.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import type { Node } from "../../text/node.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

/**
 * What LMCache's key of a chunk is made of (lmcache/v1/token_database.py, 2026), and the defaults.
 * The seed of the hash is told by vllm/hash-seed.
 */
const inKey: readonly (readonly [name: string, usual: string, read: (cache: Cache) => string | undefined])[] = [
  ["chunk_size", "256", (cache) => settingOf(cache, "chunk_size")],
  ["pre_caching_hash_algorithm", "builtin", (cache) => settingOf(cache, "pre_caching_hash_algorithm")],
  ["--kv-cache-dtype", "auto", (cache) => flagOf(cache, "kv-cache-dtype")],
  ["--tensor-parallel-size", "1", (cache) => flagOf(cache, "tensor-parallel-size", "tp")],
];

const engineOf = (name: string, chunk: string, mark = "") =>
  engineExample({
    env: `- name: LMCACHE_REMOTE_URL\n  value: redis://redis:6379${mark}\n- name: LMCACHE_CHUNK_SIZE\n  value: "${chunk}"`,
  }).replace("name: llama", `name: ${name}`);

export const differentKeys = defineRule({
  id: "lmcache/different-keys",
  title: "Shared cache in which two engines find nothing of each other",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-027"],
  docs: {
    summary:
      "Two workloads serve the same model with the same remote_url, and differ in what the keys of chunks are made of: chunk size, hash, data type or tensor-parallel size.",
    why: "A chunk is found under a key of model, ranks, data type and the hash of its tokens, counted in chunks. Where one of these differs, two engines store everything twice in the cache that they share, and never hit what the other has.",
    mend: "Use the same values in all workloads that share the cache, or give each a cache of its own.",
    sources: ["https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/token_database.py"],
  },
  examples: {
    bad: `${engineOf("one", "256", " # <-")}---\n${engineOf("two", "512", " # <-")}`,
    good: `${engineOf("one", "256")}---\n${engineOf("two", "256")}`,
  },
  messages: {
    differ:
      "{object} shares {url} with {other}, which serves the same model, but {name} is {own} here and {its} there: the keys differ, and neither finds what the other stored. Write the same.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    for (const own of sharersIn(graph, object)) {
      for (const other of neighbours(graph, object)) {
        const its = sharersIn(graph, other).find(({ url, model }) => url === own.url && model === own.model);
        const found = its === undefined ? undefined : differenceOf(own, its);
        if (its === undefined || found === undefined) continue;
        const slots = {
          object: containerTitle(object, own.cache.container),
          url: own.url,
          other: other.title,
          ...found,
        };
        report({ at: own.at, message: "differ", slots });
        break;
      }
    }
  },
});

interface Sharer {
  readonly cache: Cache;
  readonly url: string;
  readonly at: Node;
  readonly model: string;
}

function sharersIn(graph: Graph, workload: StackObject<Workload>): Sharer[] {
  return cachesOf(graph, workload).flatMap((cache) => {
    if (isNested(cache.config) || !loadsLmcache(kvTransferOf(cache.container))) return [];
    const url = cache.setting("remote_url");
    const model = modelOf(cache.container);
    if (typeof url === "string" || url.value === "" || isOpen(url.value) || model === undefined) return [];
    return [{ cache, url: url.value, at: url.node, model }];
  });
}

/** Other workloads that are certainly applied beside this one. Asked only of those that share a cache. */
function neighbours(graph: Graph, object: StackObject): StackObject<Workload>[] {
  return [deployment, statefulSet, leaderWorkerSet].flatMap(({ id }) =>
    graph
      .lookup(`kind/${id}`)
      .flatMap((other) =>
        other !== object && meet(graph, object, other) === "certain" ? [other as StackObject<Workload>] : [],
      ),
  );
}

function differenceOf(a: Sharer, b: Sharer): { name: string; own: string; its: string } | undefined {
  for (const [name, usual, read] of inKey) {
    const [own, its] = [read(a.cache) ?? usual, read(b.cache) ?? usual];
    if (own !== its && own !== unknown && its !== unknown) return { name, own, its };
  }
  return undefined;
}

const unknown = "?";

function settingOf(cache: Cache, key: string): string | undefined {
  const setting = cache.setting(key);
  if (setting === "default") return undefined;
  return setting === "unknown" || isOpen(setting.value) ? unknown : setting.value;
}

function flagOf({ container }: Cache, ...names: string[]): string | undefined {
  const found = argumentOf(container, ...names);
  return found === undefined ? undefined : found.value === undefined || isOpen(found.value) ? unknown : found.value;
}
