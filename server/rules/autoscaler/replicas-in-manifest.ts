import type { RawFix } from "../../findings/raw-finding.ts";
import { type Autoscaler, autoscalersOf, replicaBounds } from "../../graph/autoscalers.ts";
import { servingContainer } from "../../graph/serving.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { removeEntry } from "../../text/edits.ts";
import { entryOf, mapAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (replicas: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
${replicas}  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          resources: {limits: {nvidia.com/gpu: 2}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  minReplicas: 1
  maxReplicas: 8
  metrics:
    - type: Pods
      pods:
        metric: {name: vllm_num_requests_waiting}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
`;

export const replicasInManifest = defineRule({
  id: "autoscaler/replicas-in-manifest",
  title: "replicas in the manifest of something that an autoscaler scales",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["C-07", "C-08", "VAL-06"],
  docs: {
    summary:
      "A Deployment, StatefulSet or LeaderWorkerSet says `replicas` while an HPA or ScaledObject scales it. For what serves no model it is information.",
    why: "Every apply, sync or Helm upgrade writes the number of the manifest over the autoscaler's: seven loaded models become one in the middle of the day, and the way back is as many starts. With 0 it is worse: an HPA does nothing at zero replicas (ScalingDisabled) until somebody scales by hand.",
    mend: "Take `replicas` out of the manifest. Where it was applied by `kubectl apply`, taking it out sets the count to 1 once: first take the field out of the last-applied annotation, or apply from the server side. The chart of llm-d modelservice always renders replicas; there tell the deployer to ignore the field.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling",
      "https://github.com/llm-d-incubation/llm-d-modelservice",
    ],
  },
  examples: { bad: example("  replicas: 1 # <-\n"), good: example("") },
  messages: {
    reset:
      "{object} says replicas {replicas} while {scaler} scales it from {min} to {max}: every apply sets the count back to {replicas}{loss}. Take replicas out.",
    zero: "{object} says replicas 0 while {scaler} wants at least {min}: every apply stops all pods, {consequence}. Take replicas out.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    const { replicas } = object.view;
    const [scaler] = autoscalersOf(graph, object);
    const bounds = replicaBounds(graph, object);
    if (replicas === undefined || scaler === undefined || bounds === undefined) return;
    const { min, max } = bounds;
    // An autoscaler that is pinned to this very number loses nothing.
    if (min === max && max === replicas.value) return;
    const serves = servingContainer(object) !== undefined;
    const zero = replicas.value === 0 && min >= 1;
    const loss = serves && replicas.value < (max ?? Number.POSITIVE_INFINITY) ? ", however many models are loaded" : "";
    report({
      at: entryOf(mapAt(object.root, "spec"), "replicas")?.value ?? replicas.node,
      message: zero ? "zero" : "reset",
      slots: {
        object: object.title,
        replicas: replicas.value,
        scaler: scaler.title,
        min,
        max: max ?? "any number",
        loss,
        consequence: wayBack(scaler),
      },
      severity: serves ? "warning" : "info",
      related: [{ at: scaler.view.target?.name.node ?? scaler, message: `${scaler.title} scales it` }],
      fixes: withoutReplicas(object),
    });
  },
});

function wayBack(scaler: Autoscaler): string {
  return scaler.kind.id === hpa.id
    ? "and an HPA does nothing at zero (ScalingDisabled) until somebody scales by hand"
    : "until KEDA starts one again";
}

function withoutReplicas({ root }: StackObject): RawFix[] {
  const spec = mapAt(root, "spec");
  const present = spec?.entries.find(({ key }) => key.type === "scalar" && key.text === "replicas");
  if (spec === undefined || spec.anchor !== undefined || present === undefined || present.value.anchor !== undefined)
    return [];
  const edit = removeEntry(spec, "replicas");
  return edit === undefined ? [] : [{ title: "Take replicas out", safe: false, edits: [edit] }];
}
