import { meet } from "../../graph/scope.ts";
import { inReadingOrder } from "../../graph/workspace.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { targetKey } from "../../kinds/hpa/scale-target.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { defineRule } from "../rule.ts";
import { type Autoscaler, isHandedOver, isHpa, sameGroup } from "./owners.ts";

export const twoOnOneTarget = defineRule({
  id: "autoscaler/two-on-one-target",
  title: "Two autoscalers on one target",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["C-01", "C-02", "C-03", "HPA-06"],
  docs: {
    summary:
      "Two HPAs, two ScaledObjects, or one of each scale the same object. An error where one file or one kustomization holds both; information where they only share a directory, in which people keep alternatives too.",
    why: "Each ScaledObject becomes an HPA of KEDA. When two HPAs select the same pods, Kubernetes stops both with the reason AmbiguousSelector: nothing scales any more, neither up nor down. Where KEDA's webhook runs, it refuses a ScaledObject whose target has an autoscaler already, also while that ScaledObject is paused.",
    mend: 'Keep one autoscaler, and give it all the metrics: the largest proposal wins. To hand an HPA over to KEDA, annotate the ScaledObject with `scaledobject.keda.sh/transfer-hpa-ownership: "true"` and write the HPA\'s name to `advanced.horizontalPodAutoscalerConfig.name`.',
    sources: [
      "https://keda.sh/docs/latest/concepts/scaling-deployments/#transfer-ownership-of-an-existing-hpa",
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
    ],
  },
  examples: {
    bad: `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama-queue}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  triggers:
    - type: kafka
      metadata: {bootstrapServers: "kafka:9092", consumerGroup: llama, topic: prompts, lagThreshold: "5"}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama # <-
  maxReplicas: 8
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
`,
    good: `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  triggers:
    - type: kafka
      metadata: {bootstrapServers: "kafka:9092", consumerGroup: llama, topic: prompts, lagThreshold: "5"}
    - type: cpu
      metricType: Utilization
      metadata: {value: "70"}
`,
  },
  messages: {
    both: '{object} and {other} both scale {kind} "{name}"{applied}: KEDA makes an HPA of its own, and Kubernetes stops two HPAs of the same pods with AmbiguousSelector; KEDA\'s webhook refuses the ScaledObject. Keep one of the two.',
    hpas: '{object} and {other} both scale {kind} "{name}"{applied}: Kubernetes stops both with AmbiguousSelector, and neither scales. Put the metrics of both into one.',
    scaledObjects:
      '{object} and {other} both scale {kind} "{name}"{applied}: KEDA\'s webhook refuses the second one, and without the webhook their two HPAs stop each other. Put the triggers of both into one.',
  },
  reads: [hpa, scaledObject],
  check({ object, graph, report }) {
    const { target } = object.view;
    if (target === undefined) return;
    const others = (graph.lookup(targetKey(target)) as readonly Autoscaler[]).slice(0, mostCompared);
    const fighting = others.flatMap((other) => {
      const apart = !isBlamedFor(object, other) || !sameGroup(object, other) || isHandedOver(object, other);
      const met = apart ? undefined : meet(graph, object, other);
      return met === undefined ? [] : [{ other, certain: met === "certain" }];
    });
    const worst = fighting.find(({ certain }) => certain) ?? fighting[0];
    if (worst === undefined) return;
    const { other, certain } = worst;
    report({
      at: target.name.node,
      message: !isHpa(object) ? "scaledObjects" : isHpa(other) ? "hpas" : "both",
      slots: {
        object: object.title,
        other: other.title,
        kind: target.kind,
        name: target.name.value,
        applied: certain ? "" : ", if both files are applied",
      },
      severity: certain ? "error" : "info",
      related: fighting.flatMap(({ other: { title, view } }) =>
        view.target === undefined ? [] : [{ at: view.target.name.node, message: `${title} scales it too` }],
      ),
    });
  },
});

/** Of thousands on one target each is compared with the first ones: one fight is enough to tell, and work stays linear. */
const mostCompared = 100;

/** Of a pair one is told: the HPA beside a ScaledObject, else the later one. A second text of one object is no pair. */
function isBlamedFor(object: Autoscaler, other: Autoscaler): boolean {
  if (isHpa(object) !== isHpa(other)) return isHpa(object);
  const [name, otherName] = [object.name?.value, other.name?.value];
  return name !== undefined && otherName !== undefined && name !== otherName && inReadingOrder(other, object) < 0;
}
