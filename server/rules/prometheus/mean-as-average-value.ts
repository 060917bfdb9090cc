import type { RawFix } from "../../findings/raw-finding.ts";
import type { Graph } from "../../graph/graph.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { adapterName, type MetricFact, metrics } from "../../kinds/metrics/catalogue.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setEntry } from "../../text/edits.ts";
import { at, mapAt, numberAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { boundOf, keepsRange } from "./levels.ts";
import { metricOf, type ReadQuery, readQueriesOf } from "./queries.ts";

const example = (metricType: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleUp: {stabilizationWindowSeconds: 180}
  triggers:
    - type: prometheus${metricType}
      metadata:
        serverAddress: http://prometheus.monitoring:9090
        query: max(llm_d_epp_flow_control_pool_saturation{inference_pool="llama"})
        threshold: "0.7"`;

export const meanAsAverageValue = defineRule({
  id: "prometheus/mean-as-average-value",
  title: "Mean of the pods read as their sum",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["HPA-02"],
  docs: {
    summary: "A metric that is a mean over the pods, such as the pool's saturation, has a target of type AverageValue.",
    why: "With AverageValue the replicas are the value divided by the target, however many there are now: a saturation of 0.95 with a target of 0.7 asks for 2 replicas, also when 6 are full. It scales in while the pods are saturated. With Value the present count is multiplied: 6 full ones become 9.",
    mend: "Set metricType (target.type in an HPA) to Value. A second trigger may hide the mistake, since the largest wish wins.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
      "https://keda.sh/docs/latest/scalers/prometheus/",
    ],
  },
  examples: { bad: `${example("")} # <-\n`, good: `${example("\n      metricType: Value")}\n` },
  messages: {
    mean: "{object}: {metric} is a mean over the pods, but AverageValue divides it by the target {target} whatever the number of pods: at 0.95 it asks for {result}, also when more are full. Use Value.",
  },
  reads: [scaledObject, hpa],
  check({ object, graph, report }) {
    const found = "metrics" in object.view ? inHpa(object.view) : inTriggers(object, graph);
    for (const { metric, target, fixes, at, alone } of found) {
      const result = Math.max(1, Math.ceil(0.95 / target.value));
      const slots = { object: object.title, metric: metric.name, target: target.value, result };
      report({ at, message: "mean", slots, fixes, ...(!alone && { severity: "warning" }) });
    }
  },
});

/** Of 0 to 1, and the router's own: those are means already. */
function isMean({ source, type, unit }: MetricFact): boolean {
  return type === "gauge" && unit.endsWith("0 to 1") && (source === "llm-d router" || source === "vLLM");
}

const published = new Map(
  metrics.filter(isMean).flatMap((one) => [one.name, adapterName(one.name)].map((n) => [n, one])),
);

/** External metrics only: what an HPA asks of Pods it does average over the pods. */
function inHpa({ metrics: asked }: HpaView) {
  return asked.flatMap(({ type, name, target }) => {
    const metric = published.get(name?.value ?? "");
    const isExternal = type?.value === "External" && target?.type?.value === "AverageValue";
    if (metric === undefined || metric.source === "vLLM" || !isExternal || target?.averageValue === undefined)
      return [];
    const value = Number(target.averageValue.value.nano) / 1e9;
    if (value <= 0 || value > 1) return [];
    const at = target.averageValue.node;
    return [{ metric, target: { value }, fixes: [], at, alone: asked.length === 1 }];
  });
}

function inTriggers(object: StackObject, graph: Graph) {
  const queries = readQueriesOf(object).filter(({ query }) => query.role === "trigger");
  return queries.flatMap((read: ReadQuery) => {
    const { query, series } = read;
    const metadata = mapAt(query.holder, "metadata");
    const type = stringAt(query.holder, "metricType")?.value ?? "AverageValue";
    const trigger = mapAt(query.holder);
    const [one] = series;
    const metric = one === undefined || series.length > 1 ? undefined : metricOf(graph, one);
    const target = numberAt(metadata, "threshold");
    if (one === undefined || metric === undefined || target === undefined || trigger === undefined) return [];
    // Formulas have a target of their own. One vLLM is not a mean: only what avg() or max() makes of them.
    const isFormula = at(object.root, "spec", "advanced", "scalingModifiers", "formula") !== undefined;
    const isOne = metric.source === "vLLM" && !one.steps.some(({ type }) => type === "aggregation");
    if (type !== "AverageValue" || isFormula || isOne || !isMean(metric)) return [];
    if (target.value <= 0 || target.value > 1 || boundOf(query, one, keepsRange)?.at !== target.node) return [];
    const written = stringAt(query.holder, "metricType") ?? at(metadata, "metricType");
    const fixes: RawFix[] =
      trigger.anchor !== undefined || (written !== undefined && stringAt(query.holder, "metricType") === undefined)
        ? []
        : [{ title: "Set metricType to Value", safe: false, edits: [setEntry(trigger, "metricType", "Value")] }];
    return [{ metric, target, fixes, at: target.node, alone: queries.length === 1 }];
  });
}
