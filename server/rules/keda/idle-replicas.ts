import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example } from "./example.ts";
import { text } from "./mends.ts";

export const idleReplicas = defineRule({
  id: "keda/idle-replicas",
  title: "idleReplicaCount other than 0",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["K-15"],
  docs: {
    summary: "idleReplicaCount is set to more than 0.",
    why: "KEDA scales to the idle count by itself, but above 0 there is still an HPA on the target, and its minimum is minReplicaCount: it scales back up within seconds. Only at 0 does an HPA stand still, so 0 is the only idle count that holds.",
    mend: "Set it to 0, or remove it and lower minReplicaCount.",
    sources: [
      "https://github.com/kedacore/keda/issues/2314",
      "https://keda.sh/docs/latest/reference/scaledobject-spec/#idlereplicacount",
    ],
  },
  examples: {
    bad: example("  idleReplicaCount: 1 # <-\n  minReplicaCount: 2\n  maxReplicaCount: 8\n"),
    good: example("  idleReplicaCount: 0\n  minReplicaCount: 2\n  maxReplicaCount: 8\n"),
  },
  messages: {
    held: "{object}: idleReplicaCount {idle} does not hold: the HPA's minimum is {min}, and it scales back up at once. Use 0, or remove it and lower minReplicaCount.",
  },
  reads: [scaledObject],
  check({ object, report }) {
    const bounds = replicaBounds(object);
    const { idleReplicas: written } = object.view;
    // From the minimum on keda/refused speaks.
    if (bounds === undefined || written === undefined || written.value <= 0 || written.value >= bounds.min) return;
    const slots = { object: object.title, idle: written.value, min: bounds.min };
    const fixes = text(object.root, ["spec", "idleReplicaCount"], "0", "Set idleReplicaCount to 0");
    report({ at: written.node, message: "held", slots, fixes });
  },
});
