import { resourceQuota } from "../../kinds/resource-quota/kind.ts";
import { defineRule } from "../rule.ts";
import { askerOf, countWords, lowerMax, placesOf, sumOf } from "./demand.ts";
import { usesOfQuota } from "./quota-use.ts";

const example = (max: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: ${max}
  metrics:
    - type: Pods
      pods:
        metric: {name: vllm_num_requests_waiting}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama, namespace: llm}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          resources: {limits: {nvidia.com/gpu: 2}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: gpus, namespace: llm}
spec:
  hard: {requests.nvidia.com/gpu: "16"}
`;

export const overQuota = defineRule({
  id: "capacity/quota",
  title: "More GPUs than the ResourceQuota allows",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["G-01", "G-09"],
  docs: {
    summary:
      "The largest replica counts of a namespace, times the GPUs of a replica, are more than its ResourceQuota allows. Replicas of a LeaderWorkerSet are groups: each counts the GPUs of all its pods.",
    why: "The API server refuses pods above a quota. The ReplicaSet keeps trying, nobody is paged, and the autoscaler waits for replicas that never come: it goes on asking at every sync, and WVA, which compares what it asked for with what is there, stops deciding.",
    mend: "Lower maxReplicas so that the sum fits, or raise the quota. Workloads without an autoscaler count with their `replicas`. Counted are the files of one kustomization, else of one directory, in the quota's own namespace; where only a directory joins them, it is a warning.",
    sources: [
      "https://kubernetes.io/docs/concepts/policy/resource-quotas/#resource-quota-for-extended-resources",
      "https://lws.sigs.k8s.io/docs/overview/",
    ],
  },
  examples: { bad: example("12 # <-"), good: example("8") },
  messages: {
    one: "{asker} may ask for {asked} {resource} ({count}), but {quota} allows {limit}: the pods above it are refused and the count never reaches what was asked for. Lower the maximum to {fit}, or raise the quota.",
    none: "{asker} asks for {asked} {resource} ({count}), but {quota} allows {limit}: not one replica can be created. Raise the quota.",
    several:
      "{asker} may ask for {asked} {resource} together ({count}), but {quota} allows {limit}: the pods above it are refused. Lower their maxima, or raise the quota to {asked}.",
  },
  reads: [resourceQuota],
  check({ object, graph, report }) {
    for (const { resource, limit, demands, certain } of usesOfQuota(graph, object)) {
      const asked = sumOf(demands, "most");
      const [only] = demands;
      if (only === undefined || asked <= limit.value) continue;
      const alone = demands.length === 1;
      const fit = Math.floor(limit.value / only.perReplica);
      const here = { at: limit.node, message: `${object.title} allows ${limit.value}` };
      const at = alone ? only.bounds.maxNode : undefined;
      report({
        at: at ?? limit.node,
        message: !alone ? "several" : fit < 1 ? "none" : "one",
        slots: {
          asker: askerOf(demands),
          asked,
          resource,
          count: countWords(demands, "most"),
          quota: object.title,
          limit: limit.value,
          fit,
        },
        severity: certain ? "error" : "warning",
        related: [here, ...placesOf(demands)].filter((place) => place.at !== (at ?? limit.node)),
        fixes: lowerMax(demands, limit.value),
      });
    }
  },
});
