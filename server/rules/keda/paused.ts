import { pausingOf } from "../../engine/keda/annotations.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { entriesAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { example } from "./example.ts";
import { removal } from "./mends.ts";

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8\n";
const annotated = (annotation: string) =>
  example(bounds).replace(
    "  name: llama\n",
    `  name: llama\n  annotations:\n    headroom.dev/pod-startup: 150s\n${annotation}`,
  );

/** What each annotation does, in the words of a message. Source: keda apis/keda/v1alpha1/scaledobject_types.go. */
const effects = {
  paused: "nothing is scaled and the HPA is removed",
  "paused-scale-in": "the target never gets smaller",
  "paused-scale-out": "the target never grows",
  "force-activation": "the target never goes to 0",
} as const;

export const paused = defineRule({
  id: "keda/paused",
  title: "Autoscaling paused in the file",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["K-29"],
  docs: {
    summary: "A ScaledObject carries an annotation that pauses it, pauses one direction, or keeps it active.",
    why: "The annotations are for an hour of maintenance. Left in the file they are applied with it again and again, and the autoscaler looks configured while it does nothing. Every value but a clear false counts as true.",
    mend: "Remove the annotation from the file and set it with kubectl when you need it.",
    sources: ["https://keda.sh/docs/latest/concepts/scaling-deployments/#pausing-autoscaling"],
  },
  examples: {
    bad: annotated('    autoscaling.keda.sh/paused: "true" # <-\n'),
    good: annotated(""),
  },
  messages: {
    paused: "{object} is annotated with {annotation}: {effect}. Remove the annotation when the maintenance is over.",
    held: "{object} is annotated with {annotation} {replicas}: the HPA is removed and the target held at {replicas}. Remove the annotation when the maintenance is over.",
    unreadable:
      '{object} is annotated with {annotation} "{replicas}", which is no number: the HPA is removed, and KEDA reports an error. Remove the annotation, or write a number.',
  },
  reads: [scaledObject],
  check({ object, report }) {
    for (const { key, value } of entriesAt(object.root, "metadata", "annotations")) {
      const name = /^autoscaling\.keda\.sh\/(.+)$/.exec(key.text)?.[1] ?? "";
      const written = stringAt(value)?.value;
      if (written === undefined) continue;
      const pausing = pausingOf({ annotations: { [key.text]: written } });
      const { atReplicas } = pausing;
      const slots = { object: object.title, annotation: key.text };
      const fixes = removal(object.root, ["metadata", "annotations"], key.text);
      if (atReplicas !== undefined) {
        const message = atReplicas === "unreadable" ? "unreadable" : "held";
        report({ at: key, message, slots: { ...slots, replicas: written }, fixes });
      } else if (pausing.all || pausing.scaleIn || pausing.scaleOut || pausing.forced) {
        const effect = effects[name as keyof typeof effects];
        const severity = pausing.forced ? "info" : "warning";
        report({ at: key, message: "paused", slots: { ...slots, effect }, severity, fixes });
      }
    }
  },
});
