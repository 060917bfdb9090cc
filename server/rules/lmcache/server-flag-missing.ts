import { cacheServers } from "../../kinds/lmcache/server-command.ts";
import { isOpen } from "../../kinds/vllm/command-line.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { defineRule } from "../rule.ts";
import { appendWord, fixOf } from "../vllm/mend.ts";
import { templatesOf } from "../vllm/servers.ts";
import { serverExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

export const serverFlagMissing = defineRule({
  id: "lmcache/server-flag-missing",
  title: "lmcache server without a flag that it must have",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["LMC-047"],
  docs: {
    summary:
      "`lmcache server` is started without --l1-size-gb (and without --l1-manager) or without --eviction-policy.",
    why: "Both have no default. argparse prints the usage and exits, and every engine of the node waits 300 s for a cache that never answers.",
    mend: "Give the size of the first tier in GiB, and a policy: LRU where nothing speaks for another.",
    sources: ["https://docs.lmcache.ai/mp/configuration.html"],
  },
  examples: {
    bad: serverExample("--l1-size-gb=60\n--port=5555").replace("lmcache, server]", "lmcache, server] # <-"),
    good: serverExample("--l1-size-gb=60\n--eviction-policy=LRU"),
  },
  messages: {
    missing: "{object}: lmcache server needs {flags} and exits at once without {them}. {mend}",
  },
  reads: [daemonSet, deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    for (const container of templatesOf(object).flatMap(({ containers }) => containers)) {
      for (const server of cacheServers(container)) {
        const { word, words, items, complete } = server;
        if (
          server.isModule ||
          !complete ||
          words.some(({ text }) => isOpen(text)) ||
          words.some(({ text }) => /^-h$|^--help$/.test(text))
        )
          continue;
        // A name that is not known may be meant for one of them, and is told by itself.
        if (server.arguments.some(({ flag }) => flag === undefined)) continue;
        const has = (...names: string[]) => server.arguments.some(({ flag }) => names.includes(flag?.name ?? ""));
        const noSize = !has("--l1-size-gb", "--l1-manager");
        const noPolicy = !has("--eviction-policy");
        if (!noSize && !noPolicy) continue;
        const flags = [...(noSize ? ["--l1-size-gb"] : []), ...(noPolicy ? ["--eviction-policy"] : [])];
        const command = { command: { words, items, complete }, arguments: [], model: undefined };
        report({
          at: spanOfWord(word),
          message: "missing",
          slots: {
            object: containerTitle(object, container),
            flags: flags.join(" and "),
            them: flags.length > 1 ? "them" : "it",
            mend: noSize ? "Set the size of the first tier in GiB." : "Add --eviction-policy=LRU.",
          },
          fixes: noSize
            ? []
            : fixOf("Add --eviction-policy=LRU", false, appendWord(container, command, "--eviction-policy=LRU")),
        });
      }
    }
  },
});
