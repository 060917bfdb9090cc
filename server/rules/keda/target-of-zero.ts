import { toMilli } from "../../engine/keda/milli.ts";
import { targetKeyOf, targetOf } from "../../engine/keda/trigger.ts";
import { kedaFeatures, newestKeda } from "../../engine/keda/version.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { triggerOf } from "../../scenario/scaled-object.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { example, queue } from "./example.ts";
import { kedaMinor } from "./version.ts";

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8\n";

export const targetOfZero = defineRule({
  id: "keda/target-of-zero",
  title: "Threshold that comes to nothing",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["K-05"],
  docs: {
    summary: "The threshold of a trigger is 0, negative, or so small that nothing is left of it in thousandths.",
    why: "The threshold becomes the target of an HPA, which counts in thousandths: what is below 0.001 is 0 there. Kubernetes refuses a target that is not positive, so the HPA is never made. The ScaledObject itself is accepted, and nothing shows but an event.",
    mend: "Write the load of one replica. Where the metric is tiny (seconds, shares), multiply query and threshold by 1000.",
    sources: [
      "https://github.com/kedacore/keda/blob/main/pkg/scalers/scaler.go",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go",
    ],
  },
  examples: {
    bad: example(bounds, queue.replace('"5"', '"0" # <-')),
    good: example(bounds),
  },
  messages: {
    none: "{object}: {key} {value} of the {type} trigger leaves a target of {milli} thousandths for the HPA, and Kubernetes takes only more than 0: the HPA is never made. Write the load of one replica.",
  },
  reads: [scaledObject],
  check({ object, settings, report }) {
    const features = kedaFeatures(kedaMinor(settings) ?? newestKeda);
    for (const { node, metadata, type } of object.view.triggers) {
      const trigger = triggerOf(node);
      const key = targetKeyOf(trigger.type);
      const written = key === undefined ? undefined : stringAt(metadata, key);
      const target = targetOf(trigger);
      if (key === undefined || written === undefined || target === undefined || type === undefined) continue;
      const milli = toMilli(target, features);
      if (milli > 0) continue;
      const slots = { object: object.title, key, value: written.value, type, milli: String(milli) };
      report({ at: written.node, message: "none", slots });
    }
  },
});
