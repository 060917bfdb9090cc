import { kedaFeatures } from "../../engine/keda/version.ts";
import type { RawFix } from "../../findings/raw-finding.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { isWhole, type ScaledObjectAt } from "../../scenario/scaled-object.ts";
import { at, entryOf, stringAt } from "../../text/read.ts";
import { parseTruth } from "../../text/values/truth.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example, routerQueue, steady } from "./example.ts";
import { inSpec } from "./mends.ts";
import { kedaMinor } from "./version.ts";

const bounds = `  minReplicaCount: 2\n  maxReplicaCount: 8\n${steady}`;
const fallback = `  fallback:
    failureThreshold: 3
    replicas: 2
    behavior: currentReplicasIfHigher
`;

export const noFallback = defineRule({
  id: "keda/no-fallback",
  title: "Model servers that freeze with their metric",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["K-13"],
  docs: {
    summary: "A prometheus trigger scales model servers, and the ScaledObject has no fallback.",
    why: "While Prometheus does not answer, the HPA has no value and leaves the count as it is: at night that may be one replica, and the morning's load meets it. A fallback says how many should run until the metric is back.",
    mend: 'Write a fallback with behavior currentReplicasIfHigher (KEDA 2.17): as many as there are, but at least `replicas`. It needs `ignoreNullValues: "false"` in the trigger, or an empty answer counts as 0.',
    sources: ["https://keda.sh/docs/latest/reference/scaledobject-spec/#fallback"],
  },
  examples: {
    bad: example(bounds, routerQueue().replace("prometheus\n", "prometheus # <-\n")),
    good: example(`${bounds}${fallback}`, routerQueue()),
  },
  messages: {
    frozen:
      "{object} has no fallback: while Prometheus does not answer, its count stays where it happens to be. A fallback with currentReplicasIfHigher would keep at least {replicas}.",
  },
  reads: [scaledObject],
  check({ object, graph, settings, report }) {
    const { root, view } = object;
    const trigger = view.triggers.find(({ type }) => type === "prometheus");
    const limits = replicaBounds(object);
    const place = entryOf(trigger?.node, "type")?.value;
    if (place === undefined || limits === undefined || !isWhole(object) || at(root, "spec", "fallback") !== undefined)
      return;
    if (!scalesModelServers(graph, object)) return;
    const replicas = Math.max(1, limits.min);
    report({
      at: place,
      message: "frozen",
      slots: { object: object.title, replicas },
      unwritten: { root, path: ["spec", "fallback"] },
      fixes: fix(object, replicas, kedaMinor(settings)),
    });
  },
});

/** Only where an empty answer is an error already: else the fallback would never act. */
function fix(object: ScaledObjectAt, replicas: number, minor: number | undefined): RawFix[] {
  const strict = object.view.triggers.every(({ type, metadata }) => {
    return type !== "prometheus" || parseTruth(stringAt(metadata, "ignoreNullValues")?.value ?? "") === false;
  });
  if (!strict) return [];
  const behaves = minor === undefined || kedaFeatures(minor).fallbackBehavior;
  const behavior = behaves ? { behavior: "currentReplicasIfHigher" } : {};
  const yaml = { fallback: { failureThreshold: "3", replicas: String(replicas), ...behavior } };
  return inSpec(object, `Fall back to at least ${replicas}`, yaml);
}
