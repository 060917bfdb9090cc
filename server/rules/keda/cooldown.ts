import { kedaDefaults } from "../../engine/keda/spec.ts";
import { podStartup, startupWords } from "../../graph/pod-startup.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { isUnread, isWhole } from "../../scenario/scaled-object.ts";
import { entryOf, mapAt, numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example, routerQueue, steady } from "./example.ts";
import { inSpec } from "./mends.ts";

const sleeping = (cooldown: string) => `  minReplicaCount: 0
  maxReplicaCount: 8
  cooldownPeriod: ${cooldown}
  initialCooldownPeriod: 300
${steady}`;

export const cooldown = defineRule({
  id: "keda/cooldown",
  title: "Cooldown shorter than a pod start",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["K-16", "S1"],
  docs: {
    summary:
      "A ScaledObject that may go to 0 takes the last replica away sooner than a new one could start; below two starts, and outside production, it is information.",
    why: "cooldownPeriod is the quiet after which KEDA takes the last replica. A model that needs minutes to load and is thrown away after less quiet than that spends its GPU on loading, and each pause between two users ends in another cold start.",
    mend: "Set `cooldownPeriod` to the larger of 300 and two starts.",
    sources: ["https://keda.sh/docs/latest/reference/scaledobject-spec/#cooldownperiod"],
  },
  examples: { bad: example(sleeping("60 # <-"), routerQueue()), good: example(sleeping("300"), routerQueue()) },
  messages: {
    short:
      "{object} takes the last replica away after {cooldown}, but a pod takes {start} to start: a loaded model is thrown away in a pause and loaded again. Set cooldownPeriod to {wanted}.",
    tight:
      "{object} takes the last replica away after {cooldown}; two pod starts take longer, one takes {start}. {wanted} s would outlast a pause between requests.",
  },
  reads: [scaledObject],
  check({ object, graph, settings, report }) {
    const { root, view } = object;
    if (!isWhole(object) || isUnread(root, "spec", "cooldownPeriod") || !scalesModelServers(graph, object)) return;
    if (replicaBounds(object)?.sleeps !== true) return;
    const written = numberAt(root, "spec", "cooldownPeriod");
    const seconds = written?.value ?? kedaDefaults.cooldownPeriod;
    const start = podStartup(object, workloadOf(graph, object, view.target), settings);
    const known = start.source !== "default";
    const production = settings.environment(object.path) === "production";
    const short = seconds < start.seconds && (known || production);
    if (!short && !(known && seconds < 2 * start.seconds)) return;
    const wanted = Math.max(300, Math.ceil(2 * start.seconds));
    const said = written === undefined ? `${seconds} s of quiet (KEDA's default)` : `${seconds} s of quiet`;
    report({
      at: written?.node ?? entryOf(mapAt(root, "spec"), "minReplicaCount")?.key ?? object.name?.node ?? object,
      message: short ? "short" : "tight",
      slots: { object: object.title, cooldown: said, start: startupWords(start), wanted },
      severity: short && production ? "warning" : "info",
      ...(written === undefined && { unwritten: { root, path: ["spec", "cooldownPeriod"] } }),
      related:
        start.node === undefined
          ? []
          : [{ at: start.node, message: `the pod's start is read from here: ${start.seconds} s` }],
      fixes: inSpec(object, `Set cooldownPeriod to ${wanted}`, { cooldownPeriod: String(wanted) }),
    });
  },
});
