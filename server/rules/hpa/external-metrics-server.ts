import type { Graph } from "../../graph/graph.ts";
import { dirname } from "../../graph/paths.ts";
import { meet } from "../../graph/scope.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import { targetKey } from "../../kinds/hpa/scale-target.ts";
import { type ScaledObjectView, scaledObjectsIn } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { itemsAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (name: string, selector: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: batch}
spec:
  scaleTargetRef: {name: batch}
  minReplicaCount: 1
  maxReplicaCount: 8
  triggers:
    - type: kafka
      metadata: {bootstrapServers: "kafka:9092", consumerGroup: batch, topic: prompts, lagThreshold: "5"}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: ${name}${selector}
        target: {type: AverageValue, averageValue: "10"}
`;

export const externalMetricsServer = defineRule({
  id: "hpa/external-metrics-server",
  title: "External metric of an adapter beside ScaledObjects of KEDA",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["S-14"],
  docs: {
    summary:
      "One kustomization or file holds an HPA on an External metric that is not KEDA's, and a ScaledObject for another target.",
    why: "External metrics come from one API, external.metrics.k8s.io, and a cluster registers one server for it. KEDA's server answers for triggers of ScaledObjects only, prometheus-adapter's for its own rules. Whichever is registered, the autoscalers of the other kind read nothing: FailedGetExternalMetric.",
    mend: "Turn the HPA into a ScaledObject with a prometheus trigger. Pods and Object metrics are another API, custom.metrics.k8s.io, which an adapter may go on serving beside KEDA.",
    sources: [
      "https://keda.sh/docs/latest/troubleshooting/",
      "https://github.com/kedacore/keda/issues/470",
      "https://github.com/kedacore/keda/issues/6475",
    ],
  },
  examples: {
    bad: example("jobs_waiting", " # <-"),
    good: example("s0-kafka", "\n          selector: {matchLabels: {scaledobject.keda.sh/name: batch}}"),
  },
  messages: {
    both: '{object} reads the External metric "{name}", and {other} needs KEDA: a cluster has one server for external.metrics.k8s.io, so one of the two reads nothing. Scale both with ScaledObjects.',
  },
  reads: [hpa],
  check({ object, graph, report }) {
    const metric = object.view.metrics.find(isForeign);
    if (metric?.name === undefined || isMadeByKeda(object)) return;
    const { target } = object.view;
    const other = neighbours(graph, object).find((one) => {
      const sameTarget =
        target !== undefined && one.view.target !== undefined && targetKey(target) === targetKey(one.view.target);
      return !sameTarget && meet(graph, object, one) === "certain";
    });
    if (other === undefined) return;
    report({
      at: metric.name.node,
      message: "both",
      slots: { object: object.title, name: metric.name.value, other: other.title },
      related: [{ at: other.name?.node ?? other, message: `${other.title} is here` }],
    });
  },
});

/** KEDA's metrics carry the ScaledObject's name in a label (KEDA controllers/keda/hpa.go). */
function isForeign({ type, name, matchLabels }: Metric): boolean {
  return type?.value === "External" && name !== undefined && !matchLabels.has("scaledobject.keda.sh/name");
}

function isMadeByKeda({ root }: StackObject<HpaView>): boolean {
  return itemsAt(root, "metadata", "ownerReferences").some(
    (owner) => stringAt(owner, "kind")?.value === "ScaledObject",
  );
}

/** Of very many the first ones: one is enough to tell. */
const mostCompared = 100;

function neighbours(graph: Graph, { path }: StackObject): readonly StackObject<ScaledObjectView>[] {
  const files = [path, ...graph.layout.worldsOf(path).flatMap((world) => [...world.files])];
  const found = [...new Set(files.map(dirname))].flatMap((directory) => graph.lookup(scaledObjectsIn(directory)));
  return found.slice(0, mostCompared) as StackObject<ScaledObjectView>[];
}
