import { gatheringsAround, objectsIn } from "../../graph/applied-together.ts";
import { replicaBounds } from "../../graph/autoscalers.ts";
import { budgetsIn, selects } from "../../graph/budgets.ts";
import { servingContainer } from "../../graph/serving.ts";
import { gpusOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { defineRule } from "../rule.ts";

const example = (budget: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama} ${budget === "" ? "# <-" : ""}
spec:
  replicas: 2
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
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
${budget}`;

export const noBudget = defineRule({
  id: "capacity/no-budget",
  title: "Model servers without a PodDisruptionBudget",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["G-06"],
  docs: {
    summary:
      "Two or more model servers run on nodes that Karpenter consolidates, or beside workloads that have a PodDisruptionBudget, and no budget selects them.",
    why: "Without a budget a drain or a consolidation may evict several loaded models at once; each of them needs minutes to come back.",
    mend: "Add a PodDisruptionBudget with `maxUnavailable: 1` for the pods' labels.",
    sources: [
      "https://karpenter.sh/docs/concepts/disruption/",
      "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
    ],
  },
  examples: {
    bad: example(""),
    good: example(`---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: llama}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: llama}}
`),
  },
  messages: {
    none: "No PodDisruptionBudget selects the pods of {object}: a drain or consolidation may evict all {count} loaded models at once. Add one with maxUnavailable 1.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, settings, report }) {
    const container = servingContainer(object);
    if (container === undefined || gpusOf(container) === undefined) return;
    if (settings.environment(object.path) !== "production") return;
    const bounds = replicaBounds(graph, object);
    if (bounds === undefined || bounds.min < 2) return;
    for (const gathering of gatheringsAround(graph, object)) {
      const budgets = budgetsIn(graph, gathering);
      // A budget that cannot be read may be the one.
      if (budgets.some((budget) => selects(budget, object) !== false)) return;
      if (budgets.length === 0 && objectsIn(graph, gathering, "NodePool").length === 0) continue;
      report({
        at: object.name?.node ?? object,
        message: "none",
        slots: { object: object.title, count: bounds.min },
        related:
          bounds.minNode === undefined ? [] : [{ at: bounds.minNode, message: `at least ${bounds.min} replicas` }],
      });
      return;
    }
  },
});
