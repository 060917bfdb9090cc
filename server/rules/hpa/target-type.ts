import type { RawFix } from "../../findings/raw-finding.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import { setScalar } from "../../text/edits.ts";
import { entryOf, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { isReplicaCount } from "../wva/metric-target-hpa.ts";
import { typeOfNumber } from "./metric-type.ts";

const example = (type: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 4
  metrics:
    - type: Pods
      pods:
        metric: {name: http_requests_per_second}
        target:
          type: ${type}
          averageValue: "100"
`;

export const targetType = defineRule({
  id: "hpa/target-type",
  title: "Target type that disagrees with the number beside it",
  since: "0.1.0",
  severity: "warning",
  fixable: "safe",
  refs: ["H-07"],
  docs: {
    summary:
      "The type of a target names another number than the one that is written. An error for Object metrics, which then cannot be read.",
    why: "The API server does not compare the two. For Pods, External and resource metrics the controller goes by the number that is there, so the file says one thing and the HPA does another: Value reads like a total where the number is shared among the pods. For Object metrics the controller goes by the type, misses its number and fails at each sync.",
    mend: "Write the type of the number: AverageValue for averageValue, Value for value, Utilization for averageUtilization.",
    sources: [
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/podautoscaler/horizontal.go",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go",
    ],
  },
  examples: { bad: example("Value # <-"), good: example("AverageValue") },
  messages: {
    field:
      '{object}: the target of the {kind} metric "{name}" says {type}, but its number is {field}, and Kubernetes goes by the number. Write type {wanted}.',
    object:
      '{object}: the target of the Object metric "{name}" says {type} and has only {field}: Kubernetes looks for the number of the type, finds none and never scales on it. Write type {wanted}.',
  },
  reads: [hpa],
  check({ object, graph, report }) {
    if (graph.layout.isPatch(object.path)) return;
    for (const metric of object.view.metrics) {
      const { target, type, name } = metric;
      const field = soleNumber(metric);
      if (target?.type === undefined || type === undefined || field === undefined) continue;
      const wanted = typeOfNumber[field] as string;
      if (target.type.value === wanted || !Object.values(typeOfNumber).includes(target.type.value)) continue;
      const slots = { object: object.title, name: name?.value ?? "", type: target.type.value, field, wanted };
      const fixes = setType(metric, wanted, type.value !== "Object");
      const at = target.type.node;
      if (type.value === "Object") report({ at, message: "object", slots, severity: "error", fixes });
      else report({ at, message: "field", slots: { ...slots, kind: type.value }, fixes });
    }
  },
});

const numbersOf: Readonly<Record<string, readonly string[]>> = {
  Resource: ["averageUtilization", "averageValue"],
  ContainerResource: ["averageUtilization", "averageValue"],
  Pods: ["averageValue"],
  Object: ["value", "averageValue"],
  External: ["value", "averageValue"],
};

/** The one number that the controller reads. Two of them are refused, or chosen among by the type. */
function soleNumber(metric: Metric): string | undefined {
  const { type, target } = metric;
  const possible = Object.hasOwn(numbersOf, type?.value ?? "") ? (numbersOf[type?.value ?? ""] ?? []) : [];
  const written = possible.filter((key) => entryOf(target?.node, key) !== undefined);
  // A replica count with a Value is told as what it does.
  if (isReplicaCount(metric) && written[0] === "value") return undefined;
  return written.length === 1 ? written[0] : undefined;
}

function setType({ target }: Metric, wanted: string, safe: boolean): RawFix[] {
  const node = target === undefined ? undefined : entryOf(target.node, "type")?.value;
  const shared = target?.node.anchor !== undefined || resolve(node) !== node || node?.anchor !== undefined;
  if (node?.type !== "scalar" || shared) return [];
  return [{ title: `Write type ${wanted}`, safe, edits: [setScalar(node, wanted)] }];
}
