import { cachesOf, isNested } from "../../graph/cache-of.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { engineExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const example = (value: string) =>
  engineExample({ config: "max_local_cpu_size: 20", env: `- name: LMCACHE_MAX_LOCAL_CPU_SIZE\n  value: ${value}` });

export const environmentOverFile = defineRule({
  id: "lmcache/environment-over-file",
  title: "Variable that overrides the file",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["LMC-041"],
  docs: {
    summary: "A setting of LMCache stands in the file and in the environment, with different values.",
    why: "LMCache's documentation says that the environment is ignored when there is a file. Its code applies the environment after the file: the variable counts, and an edit of the file does nothing.",
    mend: "Keep one of the two.",
    sources: ["https://github.com/LMCache/LMCache/blob/dev/lmcache/v1/config_base.py"],
  },
  examples: { bad: example('"40" # <-'), good: example('"20"') },
  messages: {
    both: "{object}: {name} is {value}, and {key} in the file is {written}. The environment wins, whatever LMCache's documentation says. Keep one of them.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const { container, config } of cachesOf(graph, object)) {
      if (config === undefined || isNested(config)) continue;
      for (const { name, value } of container.env) {
        if (!name.startsWith("LMCACHE_") || value === undefined) continue;
        const key = name.slice("LMCACHE_".length).toLowerCase();
        const written = stringAt(config.root, key);
        if (written === undefined || isSame(written.value, value.value)) continue;
        report({
          at: value.node,
          message: "both",
          slots: { object: containerTitle(object, container), name, value: value.value, key, written: written.value },
          related: [{ at: written.node, message: `${key} is ${written.value} here` }],
        });
      }
    }
  },
});

function isSame(one: string, other: string): boolean {
  const [a, b] = [one.trim().toLowerCase(), other.trim().toLowerCase()];
  return a === b || (a !== "" && b !== "" && Number(a) === Number(b));
}
