import type { RawFix } from "../../findings/raw-finding.ts";
import { podSpecsOf } from "../../graph/references/pod-specs.ts";
import { wouldBeTargets } from "../../graph/scale-target.ts";
import { pod } from "../../kinds/pod/kind.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import type { MapNode } from "../../text/node.ts";
import { entryOf, stringAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";

const example = (name: string) => `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: inference-high}
value: 100000
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      priorityClassName: ${name}
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          resources: {limits: {nvidia.com/gpu: 2}}
`;

export const priorityClassMissing = defineRule({
  id: "pods/priority-class-missing",
  title: "PriorityClass that no file defines",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["S4"],
  docs: {
    summary:
      "priorityClassName names a PriorityClass that is in none of the files, while others are defined beside it. An error where one of them has nearly that name.",
    why: "The API server refuses every pod with an unknown priorityClassName. The Deployment is created, its ReplicaSet makes no pod, and an autoscaler's new replicas never come.",
    mend: "Write the name of a PriorityClass that exists, or define it. Headroom is silent where no PriorityClass is in sight, beside charts, templates and remote bases, and for system-cluster-critical and system-node-critical, which every cluster has.",
    sources: ["https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass"],
  },
  examples: { bad: example("inference-hihg # <-"), good: example("inference-high") },
  messages: {
    near: '{object} names PriorityClass "{name}", which is in none of these files: the API server refuses its pods. Did you mean "{near}"?',
    far: '{object} names PriorityClass "{name}", which is in none of these files, while {others} is: unless the cluster has it, the API server refuses the pods.',
  },
  reads: [deployment, statefulSet, leaderWorkerSet, pod],
  check({ object, graph, report }) {
    for (const spec of podSpecsOf(object)) {
      const name = stringAt(spec, key);
      if (name === undefined || name.value === "" || everywhere.has(name.value)) continue;
      const target = { node: spec, apiVersion: undefined, kind: "PriorityClass", name };
      const known = wouldBeTargets(graph, object, target).filter(({ kind }) => kind.id === "priority-class");
      const [first] = known;
      if (first === undefined) continue;
      const near = nearest(
        name.value,
        known.flatMap((one) => one.name?.value ?? []),
      );
      report({
        at: entryOf(spec, key)?.value ?? name.node,
        message: near === undefined ? "far" : "near",
        slots: { object: object.title, name: name.value, near: near ?? "", others: first.title },
        severity: near === undefined ? "warning" : "error",
        related: known
          .filter((one) => near === undefined || one.name?.value === near)
          .slice(0, 10)
          .map((one) => ({ at: one.name?.node ?? one, message: `${one.title} is here` })),
        fixes: near === undefined ? [] : rename(spec, near),
      });
    }
  },
});

const key = "priorityClassName";
/** Made by the API server itself (pkg/apis/scheduling/types.go). */
const everywhere: ReadonlySet<string> = new Set(["system-cluster-critical", "system-node-critical"]);

function rename(spec: MapNode, name: string): RawFix[] {
  const written = entryOf(spec, key)?.value;
  if (written?.type !== "scalar" || written.anchor !== undefined) return [];
  return [{ title: `Change to "${name}"`, safe: false, edits: [setScalar(written, name)] }];
}
