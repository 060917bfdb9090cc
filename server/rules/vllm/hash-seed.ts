import { gatheringsAround, workloadsIn } from "../../graph/applied-together.ts";
import { type Cache, cachesOf, isNested } from "../../graph/cache-of.ts";
import type { Graph } from "../../graph/graph.ts";
import { type Variable, variableOf } from "../../graph/variables.ts";
import { inReadingOrder } from "../../graph/workspace.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { itemsAt, type Placed, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { addVariable } from "./mend.ts";

const example = (env: readonly string[], mark = "") =>
  serverExample({
    image: "lmcache/vllm-openai:v0.4.3",
    args: ["Qwen/Qwen3-8B", "--kv-transfer-config", `'{"kv_connector": "LMCacheConnectorV1", "kv_role": "kv_both"}'`],
    container: ["env:", ...env, `  - {name: LMCACHE_REMOTE_URL, value: "lm://cache:65432"}${mark}`],
  });

const name = "PYTHONHASHSEED";

export const hashSeed = defineRule({
  id: "vllm/hash-seed",
  title: "Shared cache whose keys differ from process to process",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["VLM-12", "LMC-025"],
  docs: {
    summary: `LMCache shares KV cache between processes (remote_url, enable_p2p, enable_pd), and ${name} is not set to a number, or to another one in pods that share the same cache. An error for enable_pd and for different numbers.`,
    why: "LMCache's keys are hashes that Python makes, and Python begins them with a random number in every process. Another pod, or the same one after a restart, then asks for keys that nobody stored: the cache fills and is never hit, and a decode engine does not find what prefill sent.",
    mend: `Set ${name} to the same number in every pod, "0" for example. Silent where pre_caching_hash_algorithm names another hash than Python's own.`,
    sources: [
      "https://docs.lmcache.ai/api_reference/configurations.html",
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/token_database.py",
    ],
  },
  examples: { bad: example([], " # <-"), good: example([`  - {name: ${name}, value: "0"}`]) },
  messages: {
    unset:
      "{object}: LMCache shares its cache ({by}), but PYTHONHASHSEED is not fixed: every process makes other keys, and nothing is ever found. Set PYTHONHASHSEED to the same number in every pod.",
    differ:
      "{object}: PYTHONHASHSEED is {own} here and {other} in {partner}, which shares {url}: neither finds what the other stored. Set the same number.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const cache of cachesOf(graph, object)) {
      const shared = sharedBy(cache);
      if (shared === undefined) continue;
      const { container } = cache;
      const seed = variableOf(graph, object, container, name);
      const title =
        container.name === undefined ? object.title : `${object.title}, container "${container.name.value}"`;
      if (seed === undefined || (seed !== "unknown" && seed.value.trim() === "random")) {
        if (isInScript(cache)) continue;
        report({
          at: shared.at.node,
          message: "unset",
          slots: { object: title, by: shared.key },
          severity: shared.key === "enable_pd" ? "error" : "warning",
          fixes: seed === undefined ? addVariable(container, { name, value: '"0"' }) : [],
        });
      } else if (seed !== "unknown" && shared.key === "remote_url") {
        const other = otherSeed(graph, object, shared.at.value, seed.value);
        if (other === undefined) continue;
        report({
          at: seed.node,
          message: "differ",
          slots: {
            object: title,
            own: seed.value,
            other: other.seed.value,
            partner: other.title,
            url: shared.at.value,
          },
          severity: "error",
          related: [{ at: other.seed.node, message: `${other.seed.value} there` }],
        });
      }
    }
  },
});

/** What makes other processes read the same keys. */
function sharedBy(cache: Cache): { readonly key: string; readonly at: Placed<string> } | undefined {
  if (isNested(cache.config)) return undefined;
  const algorithm = cache.setting("pre_caching_hash_algorithm");
  if (algorithm !== "default" && (algorithm === "unknown" || algorithm.value !== "builtin")) return undefined;
  for (const key of ["enable_pd", "enable_p2p", "remote_url"]) {
    const at = cache.setting(key);
    if (typeof at === "string") continue;
    const on = key === "remote_url" ? at.value.includes("://") : /^\s*(?:true|1)\s*$/i.test(at.value);
    if (on) return { key, at };
  }
  return undefined;
}

/** A script may export it. */
function isInScript({ container: { root } }: Cache): boolean {
  const words = [...itemsAt(root, "command"), ...itemsAt(root, "args")].map(resolve);
  return words.some((node) => node?.type === "scalar" && node.text.includes(name));
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
      const shared = sharedBy(cache);
      const seed: Variable = variableOf(graph, other, cache.container, name);
      if (shared?.key !== "remote_url" || shared.at.value !== url || seed === undefined || seed === "unknown") continue;
      if (seed.value !== own) return { title: other.title, seed };
    }
  }
  return undefined;
}
