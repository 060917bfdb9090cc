import { builtInEntry } from "../../engine/wva/config/defaults.ts";
import { setPoint } from "../../engine/wva/config/degenerate.ts";
import { saturationConfig } from "../../kinds/wva/saturation.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

/** From here on guides for WVA call the pair aggressive: their example is 0.95 with 0.02. */
const lateThreshold = 0.95;
const smallSpare = 0.05;

const example = (threshold: string, spare: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config
  namespace: workload-variant-autoscaler-system
data:
  default: |
    kvCacheThreshold: ${threshold}
    queueLengthThreshold: 5
    kvSpareTrigger: ${spare}
    queueSpareTrigger: 3
`;

export const lateThresholds = defineRule({
  id: "wva/late-thresholds",
  title: "KV cache thresholds that scale up too late",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["W-06"],
  docs: {
    summary: "kvCacheThreshold is 0.95 or more, or kvSpareTrigger is below 0.05.",
    why: "WVA adds a replica when the mean use of the KV cache passes kvCacheThreshold minus kvSpareTrigger. A new replica takes minutes to load its model; with so little room left the caches of the others fill in the meantime, and vLLM preempts requests and starts them again.",
    mend: "Start from 0.70 and 0.20, and move to WVA's own 0.80 and 0.10 when measurements allow it.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/saturation-scaling-config.md",
      "https://docs.vllm.ai/en/latest/configuration/optimization/",
    ],
  },
  examples: { bad: example("0.95 # <-", "0.02"), good: example("0.90", "0.05") },
  messages: {
    late: 'Entry "{entry}": {key} {value} leaves little room: WVA adds a replica only above {point} % mean KV cache, and it comes minutes later. Start from 0.80 and 0.10.',
    one: 'Entry "{entry}": {key} {value} leaves little room for the minutes that a new replica takes. WVA\'s own pair is 0.80 and 0.10.',
  },
  reads: [saturationConfig],
  check({ object, report }) {
    for (const { name, root, thresholds } of object.view.entries) {
      // Token analysis does not look at them.
      if (at(root, "analyzerName") !== undefined || at(root, "analyzers") !== undefined) continue;
      const { kvCacheThreshold: threshold, kvSpareTrigger: spare } = thresholds;
      const isLate = threshold !== undefined && threshold.value >= lateThreshold && threshold.value <= 1;
      const isSmall = spare !== undefined && spare.value > 0 && spare.value < smallSpare;
      const [key, placed] = isLate ? ["kvCacheThreshold", threshold] : ["kvSpareTrigger", spare];
      if (placed === undefined || !(isLate || isSmall)) continue;
      const slots = { entry: name, key, value: placed.value };
      if (threshold === undefined || spare === undefined) report({ at: placed.node, message: "one", slots });
      // Both numbers the wrong way round are another mistake.
      else if (spare.value < threshold.value && spare.value >= 0 && threshold.value <= 1) {
        const { kvUsage } = setPoint({
          ...builtInEntry,
          kvCacheThreshold: threshold.value,
          kvSpareTrigger: spare.value,
        });
        report({ at: placed.node, message: "late", slots: { ...slots, point: Math.round(kvUsage * 100) } });
      }
    }
  },
});
