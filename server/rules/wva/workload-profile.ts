import { saturationConfig, thresholdKeys } from "../../kinds/wva/saturation.ts";
import { scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { workloadAnnotation, workloadProfiles } from "./profiles.ts";

const example = (queue: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config
  namespace: workload-variant-autoscaler-system
  annotations:
    headroom.dev/workload: batch
data:
  default: |
    kvCacheThreshold: 0.90
    queueLengthThreshold: ${queue}
    kvSpareTrigger: 0.05
    queueSpareTrigger: 2
`;

export const workloadProfile = defineRule({
  id: "wva/workload-profile",
  title: "Thresholds other than the usual ones for the workload",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["W-06"],
  docs: {
    summary:
      "The annotation `headroom.dev/workload` on the saturation ConfigMap says what it is for (interactive, content, batch or mixed), and a number of the entry default is not the one that guides start from.",
    why: "Interactive work wants room early: kvCacheThreshold 0.70, queueLengthThreshold 3, kvSpareTrigger 0.20, queueSpareTrigger 2. Content generation: 0.80, 5, 0.10, 3. Batch may wait: 0.90, 15, 0.05, 2. Mixed: 0.80, 8, 0.15, 4. They are places to start from, not limits.",
    mend: "Nothing, where the numbers come from a measurement. Without the annotation nothing is said.",
    sources: ["https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/saturation-scaling-config.md"],
  },
  examples: { bad: example("5 # <-"), good: example("15") },
  messages: {
    differs:
      'Entry "default": {key} is {value}; for {workload} work guides start from {usual}. Keep it if it is measured.',
    unknown:
      '{object}: the workload "{workload}" is none of interactive, content, batch and mixed, so nothing is compared.',
  },
  reads: [saturationConfig],
  check({ object, graph, report }) {
    const annotation = object.annotation(workloadAnnotation);
    const workload = scalarAt(annotation);
    if (workload === undefined || graph.layout.isPatch(object.path)) return;
    const profile = workloadProfiles.get(workload.text);
    if (profile === undefined) {
      report({ at: workload, message: "unknown", slots: { object: object.title, workload: workload.text } });
      return;
    }
    const entry = object.view.entries.find(({ name }) => name === "default");
    for (const key of thresholdKeys) {
      const placed = entry?.thresholds[key];
      if (placed === undefined || placed.value === profile[key]) continue;
      const slots = { key, value: placed.value, workload: workload.text, usual: profile[key] };
      report({ at: placed.node, message: "differs", slots });
    }
  },
});
