import { type Autoscaler, autoscalersOf } from "../../graph/autoscalers.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { meet } from "../../graph/scope.ts";
import type { HpaView } from "../../kinds/hpa/kind.ts";
import type { ScaledObjectView } from "../../kinds/keda/scaled-object.ts";
import { verticalPodAutoscaler } from "../../kinds/vertical-pod-autoscaler/kind.ts";
import type { Node } from "../../text/node.ts";
import { defineRule } from "../rule.ts";

const example = (mode: string) => `apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: tokenizer}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: tokenizer}
  updatePolicy:
    updateMode: ${mode}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: tokenizer}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: tokenizer}
  maxReplicas: 8
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: tokenizer}
spec:
  selector: {matchLabels: {app: tokenizer}}
  template:
    metadata: {labels: {app: tokenizer}}
    spec:
      containers:
        - name: tokenizer
          image: registry.example.com/tokenizer:2.1
          resources: {requests: {cpu: "2"}}
`;

export const verticalOnSameResource = defineRule({
  id: "autoscaler/vertical-on-same-resource",
  title: "VPA and HPA on the same resource",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["C-10"],
  docs: {
    summary:
      "A VerticalPodAutoscaler that changes running pods controls cpu or memory of a target that an HPA or ScaledObject scales on the same resource.",
    why: "The HPA divides what the pods use by what they request, and the VPA moves the requests after the use. Each answers the other: requests grow, utilization falls, replicas go, and round again. A model server is started anew for each change of its requests.",
    mend: "Scale on the load (queue, tokens, WVA), or set the VPA's updateMode to Off or Initial, or take the resource out of its controlledResources.",
    sources: ["https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md"],
  },
  examples: { bad: example("Recreate # <-"), good: example('"Off"') },
  messages: {
    both: "{object} changes the {resource} requests of {target}, and {scaler} scales it on its {resource}: each answers the other's changes. Scale on another metric, or set updateMode to Off or Initial.",
  },
  reads: [verticalPodAutoscaler],
  check({ object, graph, report }) {
    const { target, acts, resources, mode } = object.view;
    const workload = workloadOf(graph, object, target);
    if (!acts || resources === undefined || target === undefined || workload === undefined) return;
    for (const scaler of autoscalersOf(graph, workload)) {
      const shared = signalsOf(scaler).find(({ resource }) => resources.has(resource));
      if (shared === undefined || meet(graph, object, scaler) === undefined) continue;
      report({
        at: mode?.node ?? target.name.node,
        message: "both",
        slots: { object: object.title, resource: shared.resource, target: workload.title, scaler: scaler.title },
        ...(mode === undefined && { unwritten: { root: object.root, path: ["spec", "updatePolicy", "updateMode"] } }),
        related: [{ at: shared.node, message: `${scaler.title} scales on ${shared.resource}` }],
      });
      return;
    }
  },
});

/** The resources of the pods themselves that an autoscaler scales on. */
function signalsOf({ view }: Autoscaler): { resource: string; node: Node }[] {
  return "metrics" in view ? ofMetrics(view) : ofTriggers(view);
}

function ofMetrics({ metrics }: HpaView) {
  return metrics.flatMap(({ type, name }) =>
    name !== undefined && /^(?:Container)?Resource$/.test(type?.value ?? "")
      ? [{ resource: name.value, node: name.node }]
      : [],
  );
}

function ofTriggers({ triggers }: ScaledObjectView) {
  return triggers.flatMap(({ type, node }) =>
    type === "cpu" || type === "memory" ? [{ resource: type, node: node as Node }] : [],
  );
}
