import { meet } from "../../graph/scope.ts";
import { inReadingOrder } from "../../graph/workspace.ts";
import { variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { defineRule } from "../rule.ts";

const variant = (name: string, target: string) => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: ${name}
  labels:
    inference.optimization/acceleratorName: H100
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${target}
  modelID: meta-llama/Llama-3.1-8B-Instruct
`;

export const twoVariants = defineRule({
  id: "wva/two-variants",
  title: "Two VariantAutoscalings on one target",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["W-15"],
  docs: {
    summary:
      "Two VariantAutoscalings in one file or one kustomization name the same scale target (WVA 0.5 to 0.8, where they name one).",
    why: "WVA looks for the one variant that owns a pod's Deployment. With two the look-up fails, the pods of that Deployment are passed over, and neither variant is scaled.",
    mend: "Keep one VariantAutoscaling for each Deployment. Variants of a model are separate Deployments.",
    sources: ["https://github.com/llm-d/llm-d-workload-variant-autoscaler/tree/v0.5.1/internal"],
  },
  examples: {
    bad: `${variant("llama-a", "llama")}---\n${variant("llama-b", "llama # <-")}`,
    good: `${variant("llama-a", "llama-h100")}---\n${variant("llama-b", "llama-l40s")}`,
  },
  messages: {
    both: '{object} and {other} both name {kind} "{name}": WVA 0.5 to 0.8 then cannot tell whose the pods are, passes them over and scales neither. Keep one of the two.',
  },
  reads: [variantAutoscaling],
  check({ object, graph, report }) {
    const { target } = object.view;
    if (target === undefined || object.name === undefined) return;
    const known = graph.lookup(`variant-of/${target.kind}/${target.name.value}`).slice(0, mostCompared);
    const other = known.find(
      (one) =>
        one.name !== undefined &&
        one.name.value !== object.name?.value &&
        inReadingOrder(one, object) < 0 &&
        meet(graph, object, one) === "certain",
    );
    if (other === undefined) return;
    const slots = { object: object.title, other: other.title, kind: target.kind, name: target.name.value };
    const related = other.name === undefined ? [] : [{ at: other.name.node, message: `${other.title} names it too` }];
    report({ at: target.name.node, message: "both", slots, related });
  },
});

/** One pair is enough to tell, and work stays linear. */
const mostCompared = 100;
