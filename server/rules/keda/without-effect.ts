import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { isWhole, triggerOf } from "../../scenario/scaled-object.ts";
import { entryOf, mapAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example } from "./example.ts";
import { removal } from "./mends.ts";

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8\n";

export const withoutEffect = defineRule({
  id: "keda/without-effect",
  title: "Polling and cooldown of a target that never goes to 0",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["K-18"],
  docs: {
    summary: "pollingInterval, cooldownPeriod or initialCooldownPeriod is set, but the target never goes to 0.",
    why: "KEDA's own loop only decides between 0 and 1 (or the idle count). From 1 upwards the HPA decides, and it asks for the metric every 15 s whatever pollingInterval says. Who lengthens cooldownPeriod to keep replicas longer changes nothing.",
    mend: "Remove the key. How fast replicas come and go stands in `advanced.horizontalPodAutoscalerConfig.behavior`. pollingInterval does count for triggers with `useCachedMetrics: true`.",
    sources: [
      "https://keda.sh/docs/latest/reference/scaledobject-spec/#pollinginterval",
      "https://github.com/kedacore/keda/blob/main/apis/keda/v1alpha1/scaledobject_webhook.go",
    ],
  },
  examples: { bad: example(`${bounds}  cooldownPeriod: 600 # <-\n`), good: example(bounds) },
  messages: {
    idle: "{object}: {key} has no effect, since minReplicaCount is {min} and nothing ever goes to 0. The HPA asks every 15 s; its pace stands in advanced.horizontalPodAutoscalerConfig.behavior.",
  },
  reads: [scaledObject],
  check({ object, report }) {
    const { root, view } = object;
    const bounds = replicaBounds(object);
    if (!isWhole(object) || bounds === undefined || bounds.min < 1 || bounds.idle !== undefined) return;
    const cached = view.triggers.some(({ node }) => triggerOf(node).useCachedMetrics === true);
    for (const key of ["pollingInterval", "cooldownPeriod", "initialCooldownPeriod"]) {
      const place = entryOf(mapAt(root, "spec"), key)?.key;
      if (place === undefined || (cached && key === "pollingInterval")) continue;
      report({
        at: place,
        message: "idle",
        slots: { object: object.title, key, min: bounds.min },
        related:
          view.minReplicas === undefined
            ? []
            : [{ at: view.minReplicas.node, message: `the minimum is ${bounds.min}` }],
        fixes: removal(root, ["spec"], key),
      });
    }
  },
});
