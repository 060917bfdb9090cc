import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { entryOf } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { example, routerQueue, steady } from "./example.ts";
import { removal } from "./mends.ts";
import { namedItsMetric } from "./named-scalers.ts";
import { kedaMinor } from "./version.ts";

const spec = `  minReplicaCount: 1
  maxReplicaCount: 8
  fallback: {failureThreshold: 3, replicas: 2}
${steady}`;

export const oldMetricName = defineRule({
  id: "keda/old-metric-name",
  title: "metricName of old KEDA",
  since: "0.1.0",
  severity: "warning",
  fixable: "safe",
  refs: ["K-03"],
  docs: {
    summary: "A trigger still has metricName, which KEDA stopped reading in 2.12.",
    why: "Up to 2.11 it named the metric inside KEDA; it never decided what is measured. Now it does nothing, and whoever changes it in place of the query changes nothing.",
    mend: "Remove the line. To name a trigger, write `name` beside `type`.",
    sources: ["https://github.com/kedacore/keda/issues/4240", "https://github.com/kedacore/keda/issues/4899"],
  },
  examples: {
    bad: example(spec, routerQueue("        metricName: queue # <-\n")),
    good: example(spec, routerQueue()),
  },
  messages: {
    unread:
      "{object}: metricName of the {type} trigger has no effect; KEDA no longer reads it since 2.12. Remove it; name beside type names a trigger.",
  },
  reads: [scaledObject],
  check({ object, settings, report }) {
    if ((kedaMinor(settings) ?? 12) < 12) return;
    object.view.triggers.forEach(({ type, metadata }, index) => {
      const entry = entryOf(metadata, "metricName");
      if (entry === undefined || type === undefined || !namedItsMetric(type)) return;
      report({
        at: entry.key,
        message: "unread",
        slots: { object: object.title, type },
        fixes: removal(object.root, ["spec", "triggers", index, "metadata"], "metricName", true),
      });
    });
  },
});
