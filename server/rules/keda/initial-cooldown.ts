import { podStartup, startupWords } from "../../graph/pod-startup.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { isWhole } from "../../scenario/scaled-object.ts";
import { at, entryOf, mapAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example, routerQueue, steady } from "./example.ts";
import { inSpec } from "./mends.ts";
import { kedaMinor } from "./version.ts";

/** KEDA 2.14 brought the field. */
const since = 14;

export const initialCooldown = defineRule({
  id: "keda/initial-cooldown",
  title: "New model scaled to 0 before it has loaded",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["K-17"],
  docs: {
    summary: "A ScaledObject of model servers may go to 0, and initialCooldownPeriod is not set.",
    why: "cooldownPeriod counts from the last activity. A new workload has had none yet, so KEDA scales it to 0 at its first poll, while the model still loads: the first rollout never answers anything.",
    mend: "Set `initialCooldownPeriod` to two starts (KEDA 2.14 and later).",
    sources: ["https://keda.sh/docs/latest/reference/scaledobject-spec/#initialcooldownperiod"],
  },
  examples: {
    bad: example(`  minReplicaCount: 0 # <-\n  maxReplicaCount: 8\n${steady}`, routerQueue()),
    good: example(`  minReplicaCount: 0\n  maxReplicaCount: 8\n  initialCooldownPeriod: 180\n${steady}`, routerQueue()),
  },
  messages: {
    unset:
      "{object} may go to 0 and has no initialCooldownPeriod: KEDA scales a new workload to 0 at its first poll, though a pod takes {start} to start. Set it to {wanted}.",
  },
  reads: [scaledObject],
  check({ object, graph, settings, report }) {
    const { root, view } = object;
    const written = at(root, "spec", "initialCooldownPeriod") !== undefined;
    if (written || !isWhole(object) || !scalesModelServers(graph, object)) return;
    if (replicaBounds(object)?.sleeps !== true || (kedaMinor(settings) ?? since) < since) return;
    const start = podStartup(object, workloadOf(graph, object, view.target), settings);
    const wanted = Math.ceil(2 * start.seconds);
    const place = view.idleReplicas ?? view.minReplicas;
    report({
      at: place?.node ?? entryOf(mapAt(root, "spec"), "triggers")?.key ?? object,
      message: "unset",
      slots: { object: object.title, start: startupWords(start), wanted },
      unwritten: { root, path: ["spec", "initialCooldownPeriod"] },
      fixes: inSpec(object, `Set initialCooldownPeriod to ${wanted}`, { initialCooldownPeriod: String(wanted) }),
    });
  },
});
