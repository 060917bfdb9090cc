import type { RawFix } from "../../findings/raw-finding.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { removeEntry } from "../../text/edits.ts";
import type { MapNode } from "../../text/node.ts";
import { entryOf, mapAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { apiServerOf } from "./api-server.ts";

const example = (version: string, mark: string) => `# file: headroom.config.yaml
versions: {kubernetes: "${version}"}
# file: autoscaler.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 4
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
  behavior:
    scaleDown:
      stabilizationWindowSeconds: 600
      tolerance: "0.2"${mark}
`;

export const toleranceDropped = defineRule({
  id: "hpa/tolerance-dropped",
  title: "Tolerance behind a feature gate that is off",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["H-10"],
  docs: {
    summary: "An HPA or the behavior of a ScaledObject sets a tolerance, and Kubernetes 1.33 or 1.34 runs.",
    why: "In these versions the field is alpha: the API server knows it and, with the feature gate HPAConfigurableTolerance off as usual, drops it without a word. The HPA goes on with 10 %. From 1.35 the gate is on; before 1.33 the field is unknown.",
    mend: "Switch the gate on, upgrade, or leave the field out so that nobody relies on it.",
    sources: [
      "https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/",
      "https://github.com/kubernetes/enhancements/tree/master/keps/sig-autoscaling/4951-configurable-hpa-tolerance",
    ],
  },
  examples: { bad: example("1.34", " # <-"), good: example("1.35", "") },
  messages: {
    dropped:
      "{object}: Kubernetes {version} drops the tolerance of {half} unless the feature gate HPAConfigurableTolerance is on, and keeps 10 %. 1.35 reads it.",
  },
  reads: [hpa, scaledObject],
  check({ object, settings, report }) {
    const { version, features } = apiServerOf(settings);
    if (version === undefined || features.configurableTolerance || Number(version.slice(2)) < alpha) return;
    for (const half of ["scaleUp", "scaleDown"]) {
      const rules = mapAt(object.root, ...object.view.behaviorPath, half);
      const tolerance = entryOf(rules, "tolerance");
      if (rules === undefined || tolerance === undefined) continue;
      report({
        at: tolerance.key,
        message: "dropped",
        slots: { object: object.title, version, half },
        fixes: removal(rules),
      });
    }
  },
});

/** The minor version of Kubernetes 1 that brought the field (KEP 4951); older ones are told by the schema. */
const alpha = 33;

function removal(rules: MapNode): RawFix[] {
  const edit = rules.anchor === undefined ? removeEntry(rules, "tolerance") : undefined;
  return edit === undefined ? [] : [{ title: "Remove tolerance", safe: false, edits: [edit] }];
}
