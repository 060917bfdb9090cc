import type { RawFix } from "../../findings/raw-finding.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import { metricNamed } from "../../kinds/metrics/catalogue.ts";
import { setScalar } from "../../text/edits.ts";
import { entryOf } from "../../text/read.ts";
import { numberOf } from "../../text/values/quantity.ts";
import { defineRule } from "../rule.ts";

const example = (target: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics:
    - type: Pods
      pods:
        metric: {name: vllm_kv_cache_usage_perc}
        target:
          type: AverageValue
          averageValue: ${target}
    - type: Pods
      pods:
        metric: {name: vllm_num_requests_waiting}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
`;

export const ratioTarget = defineRule({
  id: "hpa/ratio-target",
  title: "Target in per cent for a metric from 0 to 1",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["S-17"],
  docs: {
    summary: "The target of an HPA for a metric that goes from 0 to 1, such as the KV cache's usage, is above 1.",
    why: "vllm:kv_cache_usage_perc and its older name say perc and mean a part: 0.8 is a cache that is four fifths full. Against a target of 80 even a full one counts as 1 % of it, so the metric asks for the minimum for ever.",
    mend: 'Write the target as a part: "0.8" or 800m for 80 %.',
    sources: [
      "https://docs.vllm.ai/en/latest/usage/metrics.html",
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
    ],
  },
  examples: { bad: example('"80" # <-'), good: example('"0.8"') },
  messages: {
    above:
      '{object}: the target for "{name}" is {target}, but the metric goes from 0 to 1, so that even at its fullest it asks for the fewest replicas. {mend}',
  },
  reads: [hpa],
  check({ object, report }) {
    for (const metric of object.view.metrics) {
      const { name, type, target } = metric;
      const number = target?.averageValue ?? target?.value;
      // A sum over series, which External makes, may pass 1; its Value is compared with that sum.
      const summed = type?.value === "External" && target?.averageValue === undefined;
      if (name === undefined || number === undefined || summed || metricNamed(name.value)?.unit !== "0 to 1") continue;
      const value = numberOf(number.value);
      if (value <= 1) continue;
      const milli = Math.round(value * 10);
      const percent = value <= 100 && milli >= 1;
      report({
        at: number.node,
        message: "above",
        slots: {
          object: object.title,
          name: name.value,
          target: value,
          mend: percent ? `If ${value} % is meant, write ${milli}m.` : "Write it as a part of 1.",
        },
        fixes: percent ? writeMilli(metric, milli) : [],
      });
    }
  },
});

function writeMilli({ target }: Metric, milli: number): RawFix[] {
  const key = target?.averageValue === undefined ? "value" : "averageValue";
  const node = target === undefined ? undefined : entryOf(target.node, key)?.value;
  if (node?.type !== "scalar" || node.anchor !== undefined || target?.node.anchor !== undefined) return [];
  return [{ title: `Set the target to ${milli}m`, safe: false, edits: [setScalar(node, `${milli}m`)] }];
}
