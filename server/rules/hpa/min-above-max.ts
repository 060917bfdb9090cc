import { hpa } from "../../kinds/hpa/kind.ts";
import { setPath } from "../../text/edits.ts";
import { defineRule } from "../rule.ts";

const example = (max: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 4
  maxReplicas: ${max}
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
`;

export const minAboveMax = defineRule({
  id: "hpa/min-above-max",
  title: "minReplicas above maxReplicas",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["H-01"],
  docs: {
    summary: "minReplicas of an HPA is larger than its maxReplicas.",
    why: "The API server refuses the object: on a new cluster nothing scales, on a running one the HPA of before stays.",
    mend: "Raise maxReplicas to minReplicas, or lower minReplicas. The same number twice holds the count.",
    sources: ["https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go"],
  },
  examples: { bad: example("2 # <-"), good: example("4") },
  messages: {
    above:
      "{object}: maxReplicas {max} is below minReplicas {min}, so the API server refuses it. Raise maxReplicas to {min}, or lower minReplicas.",
  },
  reads: [hpa],
  check({ object, graph, report }) {
    const { minReplicas, maxReplicas } = object.view;
    if (minReplicas === undefined || maxReplicas === undefined || graph.layout.isPatch(object.path)) return;
    // What is below 1 is wrong by itself.
    if (maxReplicas.value < 1 || minReplicas.value <= maxReplicas.value) return;
    const raised = setPath(object.root, ["spec", "maxReplicas"], String(minReplicas.value));
    report({
      at: maxReplicas.node,
      message: "above",
      slots: { object: object.title, min: minReplicas.value, max: maxReplicas.value },
      related: [{ at: minReplicas.node, message: `minReplicas is ${minReplicas.value}` }],
      fixes:
        raised === undefined
          ? []
          : [{ title: `Raise maxReplicas to ${minReplicas.value}`, safe: false, edits: [raised] }],
    });
  },
});
