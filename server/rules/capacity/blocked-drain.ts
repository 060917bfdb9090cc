import type { RawFix } from "../../findings/raw-finding.ts";
import { replicaBounds } from "../../graph/autoscalers.ts";
import { guardedBy } from "../../graph/budgets.ts";
import type { Graph } from "../../graph/graph.ts";
import { servingContainer } from "../../graph/serving.ts";
import { type DisruptionBudgetView, podDisruptionBudget } from "../../kinds/pod-disruption-budget/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import type { Node } from "../../text/node.ts";
import { mapAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setValue } from "../set-value.ts";
import { countOf } from "./rollout-steps.ts";

const example = (budget: string) => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: llama}
spec:
${budget}
  selector: {matchLabels: {app: llama}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
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
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  minReplicas: 2
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

export const blockedDrain = defineRule({
  id: "capacity/blocked-drain",
  title: "PodDisruptionBudget that blocks every drain at the minimum",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["G-05"],
  docs: {
    summary:
      "A PodDisruptionBudget of model servers lets no pod go while the autoscaler is at its minimum: minAvailable is not below it, or maxUnavailable is 0.",
    why: "Evictions are refused for as long as the load is low, which is when nodes are drained, upgraded and consolidated. GPU nodes that hold one idle replica stay, and cost. Scale-down is not slowed by it: the HPA and ReplicaSets do not ask budgets.",
    mend: "Write `maxUnavailable: 1` instead: drains take one loaded model at a time at every count.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/disruption/disruption.go",
    ],
  },
  examples: { bad: example("  minAvailable: 2 # <-"), good: example("  maxUnavailable: 1") },
  messages: {
    minimum:
      "{object} keeps {kept} available, but {scaler} goes down to {pods}: then no node with one of them can be drained or consolidated. Use maxUnavailable 1 instead.",
    always:
      "{object} never lets a pod of {workload} go ({key} {value}): no node with one of them can be drained or consolidated. Use maxUnavailable 1 instead.",
  },
  reads: [podDisruptionBudget],
  check({ object, graph, report }) {
    const place = object.view.minAvailable ?? object.view.maxUnavailable;
    if (place === undefined) return;
    for (const guarded of guardedBy(graph, object)) {
      const servers = guarded.filter((workload) => servingContainer(workload) !== undefined);
      const [first] = servers;
      // Beside servers a budget may guard pods that can go.
      if (first === undefined || servers.length < guarded.length) continue;
      const block = blockOf(object, graph, servers);
      if (block === undefined) continue;
      const key = object.view.minAvailable === undefined ? "maxUnavailable" : "minAvailable";
      report({
        at: place.node,
        message: block === "always" ? "always" : "minimum",
        slots: {
          object: object.title,
          workload: first.title,
          key,
          value: place.value,
          kept: /%$/.test(place.value) ? `${place.value} of the pods` : podsOf(Number(place.value)),
          scaler: block === "always" ? "" : block.scaler,
          pods: block === "always" ? "" : podsOf(block.pods),
        },
        related: block === "always" ? [] : block.places.map((at) => ({ at, message: "the minimum is here" })),
        fixes: insteadOf(object, key),
      });
      return;
    }
  },
});

interface AtMinimum {
  readonly pods: number;
  readonly scaler: string;
  readonly places: readonly Node[];
}

function blockOf(
  { view }: StackObject<DisruptionBudgetView>,
  graph: Graph,
  servers: readonly StackObject<Workload>[],
): AtMinimum | "always" | undefined {
  const { minAvailable, maxUnavailable } = view;
  if (minAvailable === undefined) return /^0+%?$/.test(maxUnavailable?.value ?? "") ? "always" : undefined;
  if (minAvailable.value === "100%") return "always";
  const bounds = servers.map((workload) => ({ workload, bounds: replicaBounds(graph, workload) }));
  let pods = 0;
  for (const { workload, bounds: known } of bounds) {
    if (known === undefined) return undefined;
    // Without a pod there is nothing to drain.
    pods += Math.max(1, known.min) * workload.view.groupSize;
  }
  // The controller rounds a percentage of the wanted pods up (disruption.go, getExpectedPodCount).
  const kept = countOf(minAvailable.value, pods, Math.ceil);
  if (kept === undefined || kept < pods) return undefined;
  return {
    pods,
    scaler: bounds.map(({ workload, bounds: known }) => (known?.scaler ?? workload).title).join(" and "),
    places: bounds.flatMap(({ bounds: known }) => known?.minNode ?? []),
  };
}

function podsOf(count: number): string {
  return count === 1 ? "1 pod" : `${count} pods`;
}

/** `maxUnavailable: 1` in the place of what blocks. */
function insteadOf(object: StackObject<DisruptionBudgetView>, key: "minAvailable" | "maxUnavailable"): RawFix[] {
  const title = "Write maxUnavailable: 1 instead";
  if (key === "maxUnavailable") return setValue(object, ["spec", key], "1", title);
  const entry = mapAt(object.root, "spec")?.entries.find(({ key: one }) => one.type === "scalar" && one.text === key);
  if (entry === undefined || entry.value.type !== "scalar" || entry.value.anchor !== undefined) return [];
  const { doc, start } = entry.key;
  return [{ title, safe: false, edits: [{ doc, start, end: entry.value.end, newText: "maxUnavailable: 1" }] }];
}
