import { hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import { setPath } from "../../text/edits.ts";
import { resolve, seqAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { apiServerOf } from "./api-server.ts";

const example = (min: string) => `# file: headroom.config.yaml
versions: {kubernetes: "1.34"}
# file: autoscaler.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: worker}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: worker}
  minReplicas: ${min}
  maxReplicas: 4
  metrics:
    - type: External
      external: {metric: {name: jobs_waiting}, target: {type: AverageValue, averageValue: "10"}}
`;

export const scaleToZero = defineRule({
  id: "hpa/scale-to-zero",
  title: "minReplicas 0 that the API server refuses",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["H-03", "H-04"],
  docs: {
    summary:
      "An HPA has minReplicas 0 on a Kubernetes before 1.37, or without any metric that can be read while there are no pods.",
    why: "Scaling to zero is behind the feature gate HPAScaleToZero, which is off before 1.37; without it the API server refuses 0. And with no pods there is no CPU, no memory and no Pods metric to measure: only an Object or External metric can wake the workload, so the API server demands one.",
    mend: "Set minReplicas to 1; or add an Object or External metric, such as a queue outside the pods, on Kubernetes 1.37; or scale with KEDA, which goes to zero by itself.",
    sources: [
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go",
      "https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/",
    ],
  },
  examples: { bad: example("0 # <-"), good: example("1") },
  messages: {
    gate: "{object}: Kubernetes {version} refuses minReplicas 0 unless the feature gate HPAScaleToZero is on, which it is by default from 1.37. Set it to 1, or scale with KEDA.",
    blind:
      "{object}: minReplicas 0 needs an Object or External metric, and this has only {types}: with no pods nothing could be measured, so the API server refuses it. Add one, or set minReplicas to 1.",
  },
  reads: [hpa],
  check({ object, graph, settings, report }) {
    const { minReplicas, metrics } = object.view;
    if (minReplicas?.value !== 0 || graph.layout.isPatch(object.path)) return;
    const { version, features } = apiServerOf(settings);
    const types = typesOf(metrics, seqAt(object.root, "spec", "metrics")?.items.length);
    const gate = !features.scaleToZero && version !== undefined;
    if (!gate && types === undefined) return;
    const one = setPath(object.root, ["spec", "minReplicas"], "1");
    const fixes = one === undefined ? [] : [{ title: "Set minReplicas to 1", safe: false, edits: [one] }];
    const at = minReplicas.node;
    if (gate) report({ at, message: "gate", slots: { object: object.title, version }, fixes });
    else report({ at, message: "blind", slots: { object: object.title, types: types ?? "" }, fixes });
  },
});

/** The metric types, when all can be read and none sees without pods. Without any metric: Kubernetes' own, cpu. */
function typesOf(metrics: readonly Metric[], written: number | undefined): string | undefined {
  if (written === undefined || metrics.length !== written) return undefined;
  const types = metrics.map(({ type, node }) => (resolve(node)?.type === "map" ? type?.value : undefined));
  const blind = types.every((type) => type === "Resource" || type === "ContainerResource" || type === "Pods");
  if (!blind) return undefined;
  return types.length === 0 ? "the default, cpu" : [...new Set(types)].join(" and ");
}
