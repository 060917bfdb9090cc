import type { RawFix } from "../../findings/raw-finding.ts";
import { scaledObject, type Trigger } from "../../kinds/keda/scaled-object.ts";
import { at, entryOf, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { example, queue } from "./example.ts";
import { entry, text } from "./mends.ts";

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8\n";
const withType = (type: string) => queue.replace("kafka\n", `kafka\n      metricType: ${type}\n`);

export const metricType = defineRule({
  id: "keda/metric-type",
  title: "metricType that the trigger does not take",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["K-06"],
  docs: {
    summary: "A cpu or memory trigger has no metricType or has Value, or another trigger has Utilization.",
    why: "Utilization is a share of what a container requests: only cpu and memory have that, and for them KEDA has no default. With a type that does not fit, the scaler cannot be built: KEDA reports the trigger as failed and makes no HPA.",
    mend: "Write Utilization (per cent of the request) or AverageValue (an amount for each pod) beside `type` of a cpu or memory trigger; AverageValue or Value for all others.",
    sources: [
      "https://keda.sh/docs/latest/scalers/cpu/",
      "https://keda.sh/docs/latest/reference/scaledobject-spec/#triggers",
    ],
  },
  examples: {
    bad: example(bounds, withType("Utilization # <-")),
    good: example(bounds, withType("AverageValue")),
  },
  messages: {
    utilization:
      "{object}: the {type} trigger has metricType Utilization, which only cpu and memory have, so KEDA makes no HPA. Use AverageValue or Value.",
    value:
      "{object}: the {type} trigger has metricType Value, and KEDA takes only Utilization or AverageValue there: it makes no HPA. Use one of them.",
    missing:
      "{object}: the {type} trigger has no metricType, and there is no default for {type}: KEDA makes no HPA. Write Utilization or AverageValue beside type.",
  },
  reads: [scaledObject],
  check({ object, report }) {
    for (const trigger of object.view.triggers) {
      const { type, metricType: own, node } = trigger;
      if (type === undefined) continue;
      const slots = { object: object.title, type };
      const keys = ["spec", "triggers", indexOf(object, trigger)];
      const ofPods = type === "cpu" || type === "memory";
      if (!ofPods && own?.value === "Utilization") {
        const fixes = text(object.root, [...keys, "metricType"], "AverageValue", "Use AverageValue");
        report({ at: own.node, message: "utilization", slots, fixes });
      } else if (ofPods && own?.value === "Value") {
        const fixes = text(object.root, [...keys, "metricType"], "AverageValue", "Use AverageValue");
        report({ at: own.node, message: "value", slots, fixes });
      } else if (ofPods && isMissing(trigger)) {
        const place = entryOf(node, "type")?.value ?? node;
        report({ at: place, message: "missing", slots, fixes: writing(object.root, keys, trigger) });
      }
    }
  },
});

/** Of what stands inside the metadata other rules speak: keda/metric-type-in-metadata and schema/deprecated-key. */
function isMissing({ node, metadata }: Trigger): boolean {
  const inside = ["metricType", "type"].some((key) => at(metadata, key) !== undefined);
  return metadata !== undefined && !inside && at(node, "metricType") === undefined;
}

/** A bare number up to 100 is a percentage to everyone; an amount has a unit. */
function writing(root: Parameters<typeof entry>[0], keys: (string | number)[], { metadata }: Trigger): RawFix[] {
  const value = stringAt(metadata, "value")?.value ?? "";
  const type = /^(?:[1-9]\d?|100)$/.test(value)
    ? "Utilization"
    : /^\d+(?:m|[KMG]i?)$/.test(value)
      ? "AverageValue"
      : "";
  return type === "" ? [] : entry(root, keys, "metricType", type, `Write metricType: ${type}`);
}

function indexOf(object: { readonly view: { readonly triggers: readonly Trigger[] } }, trigger: Trigger): number {
  return object.view.triggers.indexOf(trigger);
}
