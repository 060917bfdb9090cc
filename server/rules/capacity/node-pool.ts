import { nodePool } from "../../kinds/node-pool/kind.ts";
import { defineRule } from "../rule.ts";
import { askerOf, countWords, lowerMax, placesOf, sumOf } from "./demand.ts";
import { usesOfPool } from "./pool-use.ts";

const example = (max: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
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
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      tolerations:
        - {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          resources: {limits: {nvidia.com/gpu: 2}}
---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: {name: gpu}
spec:
  template:
    spec:
      nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}
      requirements:
        - {key: eks.amazonaws.com/instance-family, operator: In, values: ["p5"]}
      taints:
        - {key: nvidia.com/gpu, effect: NoSchedule}
  limits: {nvidia.com/gpu: "16"}
`;

export const overNodePool = defineRule({
  id: "capacity/node-pool",
  title: "More GPUs than the NodePool makes nodes for",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["G-02", "G-09", "VLM-28"],
  docs: {
    summary:
      "The largest replica counts, times the GPUs of a replica, are more than the GPU limits of the Karpenter NodePools beside them. An error where the smallest counts are too many already.",
    why: "Karpenter makes no node that would put a pool above its limits. The pods above it stay Pending, the autoscaler goes on asking, and every alert on pending pods fires during the very peak that needed them. Replicas of a LeaderWorkerSet are groups: one of them is lost as a whole when one of its pods finds no GPU.",
    mend: "Lower maxReplicas so that the sum fits, or raise `limits` of the NodePool. Counted are the files of one kustomization, else of one directory; pools add up. Headroom is silent beside a pool without a GPU limit that may make GPU nodes, and does not know the sizes of Cluster Autoscaler's node groups or the limiter of WVA.",
    sources: ["https://karpenter.sh/docs/concepts/nodepools/#speclimits"],
  },
  examples: { bad: example("12 # <-"), good: example("8") },
  messages: {
    one: "{asker} may ask for {asked} {resource} ({count}), but {pools} {allow} {limit}: the pods above stay Pending. Lower the maximum to {fit}, or raise the limit.",
    several:
      "{asker} may ask for {asked} {resource} together ({count}), but {pools} {allow} {limit}: the pods above stay Pending. Lower their maxima, or raise the limit to {asked}.",
    least:
      "{asker} {ask} for {asked} {resource} at the smallest count already ({count}), but {pools} {allow} {limit}: some pods stay Pending for ever. Raise the limit.",
  },
  reads: [nodePool],
  check({ object, graph, report }) {
    for (const { resource, limit, pools, demands } of usesOfPool(graph, object)) {
      const [only] = demands;
      if (only === undefined || sumOf(demands, "most") <= limit) continue;
      const side = sumOf(demands, "least") > limit ? "least" : "most";
      const alone = demands.length === 1;
      const limits = pools.flatMap(({ view, title }) => {
        const most = view.limits.get(resource);
        return most === undefined ? [] : [{ at: most.node, message: `the limit of ${title}` }];
      });
      const at = (alone ? (side === "least" ? only.bounds.minNode : only.bounds.maxNode) : undefined) ?? limits[0]?.at;
      report({
        at: at ?? object,
        message: side === "least" ? "least" : alone ? "one" : "several",
        slots: {
          asker: askerOf(demands),
          ask: alone ? "asks" : "ask",
          asked: sumOf(demands, side),
          resource,
          count: countWords(demands, side),
          pools: pools.length === 1 ? object.title : `the ${pools.length} NodePools beside`,
          allow: pools.length === 1 ? "allows" : "allow",
          limit,
          fit: Math.floor(limit / only.perReplica),
        },
        severity: side === "least" ? "error" : "warning",
        related: [...limits, ...placesOf(demands)].filter((place) => place.at !== at),
        fixes: lowerMax(demands, limit),
      });
    }
  },
});
