import { gatheringsAround, workloadsIn } from "../../graph/applied-together.ts";
import { type Cache, cachesOf, isNested } from "../../graph/cache-of.ts";
import type { Graph } from "../../graph/graph.ts";
import { variableOf } from "../../graph/variables.ts";
import { inReadingOrder } from "../../graph/workspace.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { type Placed, scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";

const name = "PYTHONHASHSEED";

const engine = (own: string, seed: string) =>
  serverExample({
    name: own,
    labels: `app: ${own}`,
    image: "lmcache/vllm-openai:v0.4.3",
    args: ["Qwen/Qwen3-8B", "--kv-transfer-config", `'{"kv_connector": "LMCacheConnectorV1", "kv_role": "kv_both"}'`],
    container: [
      "env:",
      `  - {name: LMCACHE_REMOTE_URL, value: "lm://cache:65432"}`,
      `  - {name: ${name}, value: ${seed}`,
    ],
  });
const example = (seed: string) => `${engine("chat", '"0"}')}---\n${engine("chat-long", seed)}`;

export const hashSeed = defineRule({
  id: "vllm/hash-seed",
  title: "Pods that share a cache and count hashes from different seeds",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-12", "LMC-025"],
  docs: {
    summary: `Two workloads share LMCache's remote cache, and ${name} is not the same number in both.`,
    why: "LMCache's keys are hashes that Python makes, beginning with that number. What one workload stores lies under keys that the other never asks for: the cache holds everything twice and is hit by neither's prefixes.",
    mend: "Set the same number in every pod that shares the cache. Silent where pre_caching_hash_algorithm names another hash than Python's own.",
    sources: [
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/token_database.py",
    ],
  },
  examples: { bad: example('"1"} # <-'), good: example('"0"}') },
  messages: {
    differ:
      "{object}: PYTHONHASHSEED is {own} here and {other} in {partner}, which shares {url}: neither finds what the other stored. Write {other}.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const cache of cachesOf(graph, object)) {
      const url = sharedUrl(cache);
      const { container } = cache;
      const seed = variableOf(graph, object, container, name);
      if (url === undefined || seed === undefined || seed === "unknown" || !isNumber(seed.value)) continue;
      const other = otherSeed(graph, object, url, seed.value);
      if (other === undefined) continue;
      const scalar = scalarAt(seed.node);
      report({
        at: seed.node,
        message: "differ",
        slots: {
          object: container.name === undefined ? object.title : `${object.title}, container "${container.name.value}"`,
          own: seed.value,
          other: other.seed.value,
          partner: other.title,
          url,
        },
        related: [{ at: other.seed.node, message: `${other.seed.value} there` }],
        fixes:
          scalar === undefined
            ? []
            : [{ title: `Write ${other.seed.value}`, safe: false, edits: [setScalar(scalar, other.seed.value)] }],
      });
    }
  },
});

/** The remote cache whose keys are Python's hashes. */
function sharedUrl(cache: Cache): string | undefined {
  if (isNested(cache.config)) return undefined;
  const algorithm = cache.setting("pre_caching_hash_algorithm");
  if (algorithm !== "default" && (algorithm === "unknown" || algorithm.value !== "builtin")) return undefined;
  const url = cache.setting("remote_url");
  return typeof url === "string" || !url.value.includes("://") ? undefined : url.value;
}

function isNumber(seed: string): boolean {
  return /^\d+$/.test(seed.trim());
}

/** The first workload before this one that shares its cache and counts otherwise. */
function otherSeed(
  graph: Graph,
  object: StackObject<Workload>,
  url: string,
  own: string,
): { readonly title: string; readonly seed: Placed<string> } | undefined {
  const around = gatheringsAround(graph, object).flatMap((gathering) => workloadsIn(graph, gathering));
  for (const other of around.filter((one) => one !== object && inReadingOrder(one, object) < 0)) {
    for (const cache of cachesOf(graph, other)) {
      const seed = variableOf(graph, other, cache.container, name);
      if (sharedUrl(cache) !== url || seed === undefined || seed === "unknown") continue;
      if (isNumber(seed.value) && seed.value !== own) return { title: other.title, seed };
    }
  }
  return undefined;
}
