import { cacheBlendEngine, lmcacheEngine } from "../../kinds/lmcache/operator.ts";
import { type CacheServerCommand, cacheServers, serverFlag } from "../../kinds/lmcache/server-command.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { readFloat } from "../../kinds/vllm/values.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import type { Span } from "../../text/node.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

export const serverEviction = defineRule({
  id: "lmcache/server-eviction",
  title: "First tier that fills, or engines forgotten too soon",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["LMC-049", "LMC-053"],
  docs: {
    summary:
      "`lmcache server` never evicts from a first tier that chunks are stored to, skips that tier without having another, or forgets engines that live.",
    why: "With eviction noop nothing leaves the first tier: once it is full, nothing is stored any more. skip_l1 sends chunks past it, and without an L2 adapter that is nowhere. Engines send a sign of life every 10 s; a server that forgets them after less than three drops engines that are merely busy, and it refuses a grace for registration below that time.",
    mend: "Use LRU, or noop with --l2-store-policy skip_l1 and an --l2-adapter. Keep --worker-reap-timeout-seconds at 30 or more, and the grace above it.",
    sources: ["https://docs.lmcache.ai/mp/configuration.html", "https://docs.lmcache.ai/mp/operator.html"],
  },
  examples: {
    bad: serverExample("--l1-size-gb=60\n--eviction-policy=noop # <-", "hostIPC: true"),
    good: serverExample("--l1-size-gb=60\n--eviction-policy=LRU", "hostIPC: true"),
  },
  messages: {
    fills:
      "{object}: nothing leaves the first tier with eviction noop, and chunks are stored there: once it is full, nothing is stored any more. Use LRU, or skip_l1 with a second tier.",
    nowhere:
      "{object}: skip_l1 sends chunks past the first tier, and there is no --l2-adapter: they are dropped. Add one, or leave skip_l1 out.",
    grace:
      "{object}: --worker-registration-grace-seconds {grace} is below --worker-reap-timeout-seconds {reap}, and lmcache server refuses that. Raise it.",
    reap: "{object}: engines are forgotten after {reap} s without a sign of life, and send one every 10 s: busy engines lose their cache. Write 30 or more, or 0 for never.",
  },
  reads: [daemonSet, deployment, statefulSet, lmcacheEngine, cacheBlendEngine],
  check({ object, report }) {
    if (object.kind.id === lmcacheEngine.id || object.kind.id === cacheBlendEngine.id) {
      const policy = stringAt(object.root, "spec", "eviction", "policy");
      const store = stringAt(object.root, "spec", "l2Backend", "storePolicy")?.value;
      if (policy?.value === "noop" && store !== "skip_l1")
        report({ at: policy.node, message: "fills", slots: { object: object.title } });
      return;
    }
    for (const container of (object as StackObject<Workload>).view.template?.containers ?? []) {
      const slots = { object: containerTitle(object, container) };
      for (const server of cacheServers(container)) {
        if (!server.complete) continue;
        const store = serverFlag(server, "--l2-store-policy");
        const noop = placeOf(server, "--eviction-policy");
        if (noop !== undefined && serverFlag(server, "--eviction-policy") === "noop" && store !== "skip_l1")
          report({ at: noop, message: "fills", slots });
        const skip = placeOf(server, "--l2-store-policy");
        if (skip !== undefined && store === "skip_l1" && placeOf(server, "--l2-adapter") === undefined)
          report({ at: skip, message: "nowhere", slots });
        const reapAt = placeOf(server, "--worker-reap-timeout-seconds");
        const graceAt = placeOf(server, "--worker-registration-grace-seconds");
        const reap = readFloat(serverFlag(server, "--worker-reap-timeout-seconds") ?? "120");
        const grace = readFloat(serverFlag(server, "--worker-registration-grace-seconds") ?? "3600");
        if (reap === undefined || grace === undefined) continue;
        const place = graceAt ?? reapAt;
        if (place !== undefined && reap > 0 && grace < reap)
          report({ at: place, message: "grace", severity: "error", slots: { ...slots, grace, reap } });
        else if (reapAt !== undefined && reap > 0 && reap < 30)
          report({ at: reapAt, message: "reap", slots: { ...slots, reap } });
      }
    }
  },
});

function placeOf({ arguments: given }: CacheServerCommand, name: string): Span | undefined {
  const found = given.findLast(({ flag }) => flag?.name === name);
  return found === undefined ? undefined : spanOfWord(found.word);
}
