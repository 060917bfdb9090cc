import { activationKeyOf, activationOf, targetOf } from "../../engine/keda/trigger.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { triggerOf } from "../../scenario/scaled-object.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example, queue } from "./example.ts";

const bounds = "  minReplicaCount: 0\n  maxReplicaCount: 8\n";
const activated = (value: string) => `${queue}        activationLagThreshold: ${value}\n`;

export const activation = defineRule({
  id: "keda/activation",
  title: "Activation threshold not below the threshold",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["K-20"],
  docs: {
    summary: "The target may go to 0, and the value that wakes it is at or above the load of a whole replica.",
    why: "At 0 replicas only the activation threshold counts, and the value must be above it. While work for a replica and more waits below it, nothing starts; while the target runs, falling below it counts as quiet and the cooldown begins.",
    mend: "Set the activation threshold well below the threshold: 0 wakes the target with the first request.",
    sources: ["https://keda.sh/docs/latest/concepts/scaling-deployments/#activating-and-scaling-thresholds"],
  },
  examples: { bad: example(bounds, activated('"10" # <-')), good: example(bounds, activated('"2"')) },
  messages: {
    high: "{object}: {key} {activation} is not below the threshold of {target}: work for a whole replica and more waits at 0 replicas, and nothing starts. Set it below {target}; 0 wakes with the first request.",
  },
  reads: [scaledObject],
  check({ object, report }) {
    const { triggers } = object.view;
    const [only] = triggers;
    // Another trigger may wake the target, and a formula has an activation of its own.
    if (only === undefined || triggers.length > 1 || replicaBounds(object)?.sleeps !== true) return;
    const trigger = triggerOf(only.node);
    const key = activationKeyOf(trigger.type);
    const written = key === undefined ? undefined : stringAt(only.metadata, key);
    const [activates, target] = [activationOf(trigger), targetOf(trigger)];
    if (key === undefined || written === undefined || target === undefined || target <= 0) return;
    if (activates < target) return;
    report({
      at: written.node,
      message: "high",
      slots: { object: object.title, key, activation: activates, target },
    });
  },
});
