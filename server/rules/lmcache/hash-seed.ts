import type { Cache } from "../../graph/cache-of.ts";
import { variableOf } from "../../graph/variables.ts";
import { serverArguments } from "../../kinds/lmcache/server-command.ts";
import { kvTransferOf, loadsLmcache } from "../../kinds/vllm/connectors.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import type { Span } from "../../text/node.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { addVariable } from "./add-variable.ts";
import { engineExample } from "./example.ts";
import { containerTitle, type FlatSettings, flatSettings, isOn } from "./settings.ts";

const good = engineExample({ config: "max_local_cpu_size: 20\nremote_url: redis://redis:6379" });
const seed = '            - name: PYTHONHASHSEED\n              value: "0"\n';

export const hashSeed = defineRule({
  id: "lmcache/hash-seed",
  title: "Shared cache whose keys differ in every process",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["LMC-025", "VLM-12"],
  docs: {
    summary:
      "Engines share a cache whose keys are Python hashes, and PYTHONHASHSEED is not set. An error for prefill/decode.",
    why: "LMCache names chunks by Python's own hash unless another algorithm is set, and Python salts that anew in every process. Without one PYTHONHASHSEED for all, no pod finds what another has stored, nor what it stored itself before a restart; between prefill and decode no chunk arrives under the key that is asked for.",
    mend: 'Set PYTHONHASHSEED to the same number in all pods that share the cache, such as "0".',
    sources: [
      "https://docs.lmcache.ai/kv_cache/storage_backends/redis.html",
      "https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/token_database.py",
      "https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHASHSEED",
    ],
  },
  examples: {
    bad: good.replace(seed, "").replace("6379", "6379 # <-"),
    good,
  },
  messages: {
    shared:
      '{object}: chunks are shared ({key}) under Python hashes, which differ in every process while PYTHONHASHSEED is {value}: no pod finds what another stored, and none its own after a restart. Set PYTHONHASHSEED to "0" in all of them.',
    pd: '{object}: prefill and decode exchange chunks under Python hashes, which differ in every process while PYTHONHASHSEED is {value}: decode does not find what prefill sent. Set PYTHONHASHSEED to "0" on both sides.',
  },
  reads: [daemonSet, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    const isSalted = (container: Cache["container"]) => {
      if (at(container.root, "envFrom") !== undefined) return undefined;
      const value = variableOf(graph, object, container, "PYTHONHASHSEED");
      if (value === undefined) return "not set";
      return value !== "unknown" && value.value === "random" ? "random" : undefined;
    };
    for (const settings of flatSettings(graph, object)) {
      const container = settings.cache?.container;
      if (container === undefined || !loadsLmcache(kvTransferOf(container))) continue;
      const use = sharingOf(settings);
      const value = use === undefined ? undefined : isSalted(container);
      if (use === undefined || value === undefined) continue;
      const slots = { object: settings.title, value };
      const fixes = value === "not set" ? addVariable(container, "PYTHONHASHSEED", "0") : [];
      if (use.key === "enable_pd") report({ at: use.at, message: "pd", severity: "error", slots, fixes });
      else report({ at: use.at, message: "shared", slots: { ...slots, key: use.key }, fixes });
    }
    for (const container of object.view.template?.containers ?? []) {
      const hash = serverArguments(container).find(
        ({ flag, value }) => flag?.name === "--hash-algorithm" && value?.text === "builtin",
      );
      const value = hash === undefined ? undefined : isSalted(container);
      if (hash === undefined || value === undefined) continue;
      report({
        at: spanOfWord(hash.word),
        message: "shared",
        slots: { object: containerTitle(object, container), key: "--hash-algorithm builtin", value },
        fixes: value === "not set" ? addVariable(container, "PYTHONHASHSEED", "0") : [],
      });
    }
  },
});

/** By what an engine shares its chunks, where their keys are Python's hashes. */
function sharingOf(settings: FlatSettings): { readonly key: string; readonly at: Span } | undefined {
  const algorithm = settings.node("pre_caching_hash_algorithm");
  if (algorithm !== undefined && settings.text("pre_caching_hash_algorithm")?.value !== "builtin") return undefined;
  if (algorithm === undefined && !settings.isAbsent("pre_caching_hash_algorithm")) return undefined;
  for (const key of ["enable_pd", "enable_p2p"]) {
    const value = settings.text(key);
    if (value !== undefined && isOn(value)) return { key, at: value.node };
  }
  const url = settings.text("remote_url");
  return url === undefined || url.value === "" ? undefined : { key: "remote_url", at: url.node };
}
