import type { RawFix } from "../../findings/raw-finding.ts";
import { scaledObject, type Trigger } from "../../kinds/keda/scaled-object.ts";
import { removeEntry, setEntry } from "../../text/edits.ts";
import type { ScalarNode } from "../../text/node.ts";
import { entryOf, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

export const metricTypeInMetadata = defineRule({
  id: "keda/metric-type-in-metadata",
  title: "metricType inside the metadata of a trigger",
  since: "0.1.0",
  severity: "error",
  fixable: "safe",
  refs: ["K-02", "S1"],
  docs: {
    summary: "metricType stands in the metadata of a KEDA trigger, where no scaler reads it.",
    why: "metricType is a field of the trigger itself, beside `type` and `metadata`. In the metadata it is an unknown key and is ignored without a word: KEDA uses AverageValue whatever it says. A cpu or memory trigger has no default, and KEDA refuses it.",
    mend: "Move the line out of `metadata`, to the level of `type`.",
    sources: [
      "https://keda.sh/docs/latest/reference/scaledobject-spec/#triggers",
      "https://keda.sh/docs/latest/scalers/prometheus/",
    ],
  },
  examples: {
    bad: `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: llama
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleUp: {stabilizationWindowSeconds: 180}
  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus.monitoring:9090
        query: max(wva_desired_replicas{variant_name="llama",exported_namespace="llm"})
        threshold: "1"
        metricType: AverageValue # <-
`,
    good: `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: llama
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleUp: {stabilizationWindowSeconds: 180}
  triggers:
    - type: prometheus
      metricType: AverageValue
      metadata:
        serverAddress: http://prometheus.monitoring:9090
        query: max(wva_desired_replicas{variant_name="llama",exported_namespace="llm"})
        threshold: "1"
`,
  },
  messages: {
    ignored:
      "{object}: metricType {value} in the metadata of the {type} trigger is ignored; AverageValue counts{only} as the default. It belongs beside type, not inside metadata.",
    refused:
      "{object}: metricType {value} in the metadata of the {type} trigger is ignored, and KEDA refuses a {type} trigger without one. It belongs beside type, not inside metadata.",
    twice:
      "{object}: metricType {value} in the metadata of the {type} trigger is ignored; {own} beside type counts. Remove it from the metadata.",
    useless:
      "{object}: metricType {value} in the metadata of the {type} trigger is ignored; AverageValue counts as the default. Remove it: beside type it would be refused, Utilization is for cpu and memory triggers.",
  },
  reads: [scaledObject],
  check({ object, report }) {
    for (const trigger of object.view.triggers) {
      const entry = entryOf(trigger.metadata, "metricType");
      const value = resolve(entry?.value);
      if (entry === undefined || value?.type !== "scalar") continue;
      const { type = "unnamed", metricType: own } = trigger;
      const message =
        own !== undefined
          ? "twice"
          : type === "cpu" || type === "memory"
            ? "refused"
            : value.text === "Utilization"
              ? "useless"
              : "ignored";
      const only = value.text === "AverageValue" ? " only" : "";
      const slots = { object: object.title, type, value: value.text, own: own?.value ?? "", only };
      report({ at: entry.key, message, slots, fixes: fix(trigger, value, message) });
    }
  },
});

/** What may stand beside type: Value is refused for cpu and memory, Utilization for all others. */
const movable = { ignored: ["AverageValue", "Value"], refused: ["AverageValue", "Utilization"] };

/** Safe where the HPA that KEDA makes stays the same. */
function fix(trigger: Trigger, value: ScalarNode, message: keyof typeof movable | "twice" | "useless"): RawFix[] {
  const { node, metadata } = trigger;
  // What has an anchor, or comes by an alias, stands in other triggers too.
  const own = metadata !== undefined && metadata.anchor === undefined && entryOf(node, "metadata")?.value === metadata;
  const removal = own ? removeEntry(metadata, "metricType") : undefined;
  if (removal === undefined) return [];
  if (message === "twice" || message === "useless")
    return [{ title: "Remove metricType from the metadata", safe: true, edits: [removal] }];
  if (!movable[message].includes(value.text)) return [];
  const safe = message === "ignored" && value.text === "AverageValue";
  return [{ title: "Move metricType beside type", safe, edits: [removal, setEntry(node, "metricType", value.text)] }];
}
