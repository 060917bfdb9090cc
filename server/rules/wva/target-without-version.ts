import type { Graph } from "../../graph/graph.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { nearest } from "../../graph/scope.ts";
import { hasOwnBounds, statedRelease } from "../../graph/wva-release.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { scaleToZeroEntry } from "../../kinds/wva/scale-to-zero.ts";
import { type VariantView, variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { at, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setValue } from "../set-value.ts";

const example = (target: string) => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: llama
  labels:
    inference.optimization/acceleratorName: H100
spec:
  scaleTargetRef:
${target}    kind: Deployment
    name: llama
  modelID: meta-llama/Llama-3.1-8B-Instruct
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-model-scale-to-zero-config
data:
  default: |
    enable_scale_to_zero: true
    retention_period: 15m
`;

export const targetWithoutVersion = defineRule({
  id: "wva/target-without-version",
  title: "Target that WVA cannot wake",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["W-12"],
  docs: {
    summary: "A VariantAutoscaling names its target without apiVersion while WVA 0.5 may scale that to zero.",
    why: "For scaling between one and many WVA 0.5 takes apps/v1 where scaleTargetRef has no apiVersion. What starts the first replica after zero takes the reference as it stands, and finds nothing: the model goes to sleep and stays asleep.",
    mend: "Write apiVersion: apps/v1 in scaleTargetRef.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.5.1/docs/user-guide/scale-from-zero.md",
    ],
  },
  examples: {
    bad: example("    # no apiVersion\n").replace("name: llama\n  modelID", "name: llama # <-\n  modelID"),
    good: example("    apiVersion: apps/v1\n"),
  },
  messages: {
    asleep:
      "{object}: scaleTargetRef has no apiVersion, and {reason}. WVA 0.5 does not find such a target again when requests come; write apiVersion: apps/v1.",
  },
  reads: [variantAutoscaling],
  check({ object, graph, settings, report }) {
    const { target } = object.view;
    const release = statedRelease(settings);
    const mayBe05 = release === undefined ? !hasOwnBounds(object) : release.minor === 5;
    if (!mayBe05 || target?.kind !== "Deployment" || at(target.node, "apiVersion") !== undefined) return;
    const asleep = whySleeping(graph, object);
    if (asleep === undefined) return;
    report({
      at: target.name.node,
      message: "asleep",
      slots: { object: object.title, reason: asleep.reason },
      severity: release === undefined ? "warning" : "error",
      unwritten: { root: object.root, path: ["spec", "scaleTargetRef", "apiVersion"] },
      related: [{ at: asleep.at, message: asleep.reason }],
      fixes: setValue(object, ["spec", "scaleTargetRef", "apiVersion"], "apps/v1", "Write apiVersion: apps/v1"),
    });
  },
});

/** What takes a variant to zero replicas: its Deployment as it is written, or WVA's own scale to zero. */
function whySleeping(graph: Graph, object: StackObject<VariantView>) {
  const { target, modelId } = object.view;
  const replicas = workloadOf(graph, object, target)?.view.replicas;
  if (replicas?.value === 0) return { at: replicas.node, reason: "the Deployment starts with replicas 0" };
  const entries = nearest(graph, object, graph.lookup(`kind/${scaleToZeroEntry.id}`), "any-namespace");
  const own = entries.find(({ root }) => {
    const id = stringAt(root, "model_id")?.value;
    return id !== undefined && id === modelId?.value && at(root, "enable_scale_to_zero") !== undefined;
  });
  const entry = own ?? entries.find(({ doc }) => doc.carrier?.name === "default");
  const enabled = scalarAt(entry?.root, "enable_scale_to_zero");
  return enabled?.text === "true" ? { at: enabled, reason: "scale to zero is enabled for it" } : undefined;
}
