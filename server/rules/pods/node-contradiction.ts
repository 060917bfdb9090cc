import { pod } from "../../kinds/pod/kind.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { PodTemplate } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import type { Node, ScalarNode } from "../../text/node.ts";
import { at, entriesAt, itemsAt, scalarAt, stringAt } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";
import { defineRule } from "../rule.ts";
import { templatesOf } from "../vllm/servers.ts";

const example = (operator: string, mark = "") => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      nodeSelector:
        cloud.google.com/gke-accelerator: nvidia-h100-80gb
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
              - matchExpressions:
                  - key: cloud.google.com/gke-accelerator${mark}
                    operator: ${operator}
                    values: [nvidia-h100-80gb]
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
`;

export const nodeContradiction = defineRule({
  id: "pods/node-contradiction",
  title: "Node selector and affinity that exclude each other",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["VLM-24"],
  docs: {
    summary: "No node can have the label that nodeSelector asks for and satisfy the required node affinity as well.",
    why: "A pod must satisfy both. Where each term of the affinity forbids the selector's value, no node fits, present or future: the pods stay Pending, and an autoscaler of nodes makes none for them.",
    mend: "Delete one of the two, or make them agree. One of them often comes from a patch or a base.",
    sources: ["https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity"],
  },
  examples: { bad: example("NotIn", " # <-"), good: example("In") },
  messages: {
    never:
      "{object}: nodeSelector asks for {key}={value}, and the required affinity says {key} {operator} {values}: no node fits, and the pods stay Pending.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet, daemonSet, pod],
  check({ object, report }) {
    for (const template of templatesOf(object)) {
      const conflicts = termsOf(template).map((term) => conflictIn(template, term));
      const [first] = conflicts;
      // The terms are alternatives.
      if (first === undefined || conflicts.some((one) => one === undefined)) continue;
      const { key, operator, values, selected } = first;
      report({
        at: key,
        message: "never",
        slots: {
          object: object.title,
          key: key.text,
          value: selected.text,
          operator,
          values: `[${values.join(", ")}]`,
        },
        related: [{ at: selected, message: "nodeSelector asks for this" }],
      });
    }
  },
});

function termsOf({ root }: PodTemplate): readonly Node[] {
  return itemsAt(
    at(root, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"),
    "nodeSelectorTerms",
  );
}

interface Conflict {
  readonly key: ScalarNode;
  readonly operator: string;
  readonly values: readonly string[];
  readonly selected: ScalarNode;
}

function conflictIn({ root }: PodTemplate, term: Node): Conflict | undefined {
  for (const { key: label, value: selected } of entriesAt(root, "spec", "nodeSelector")) {
    if (selected.type !== "scalar" || isTemplated(selected.text)) continue;
    for (const expression of itemsAt(term, "matchExpressions")) {
      const key = scalarAt(expression, "key");
      const operator = stringAt(expression, "operator")?.value;
      const items = itemsAt(expression, "values");
      const values = items.flatMap((item) => stringAt(item)?.value ?? []);
      if (key === undefined || operator === undefined || key.text !== label.text || values.length < items.length)
        continue;
      const forbids =
        (operator === "In" && values.length > 0 && !values.includes(selected.text)) ||
        (operator === "NotIn" && values.includes(selected.text)) ||
        operator === "DoesNotExist";
      if (forbids) return { key, operator, values, selected };
    }
  }
  return undefined;
}
