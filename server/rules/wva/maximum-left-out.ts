import { hasOwnBounds, statedRelease } from "../../graph/wva-release.ts";
import { targetKey } from "../../kinds/hpa/scale-target.ts";
import { variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (name: string, more: string) => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: ${name}
  labels:
    inference.optimization/acceleratorName: H100
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  modelID: meta-llama/Llama-3.1-8B-Instruct
  minReplicas: 1
${more}`;

export const maximumLeftOut = defineRule({
  id: "wva/maximum-left-out",
  title: "VariantAutoscaling that stops at two replicas",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["W-12"],
  docs: {
    summary: "A VariantAutoscaling of WVA 0.6 to 0.8 says no maxReplicas.",
    why: "In those versions the field has a default, and it is 2: WVA never wants a third replica of this variant, however full the two are, and tells nobody. Where an HPA or a ScaledObject with another maximum stands beside it, wva/bounds-deadlock says so.",
    mend: "Write maxReplicas, the same as in the HPA or ScaledObject that follows WVA.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.6.0/config/crd/bases/llmd.ai_variantautoscalings.yaml",
    ],
  },
  examples: { bad: example("llama # <-", ""), good: example("llama", "  maxReplicas: 8\n") },
  messages: {
    two: "{object} says no maxReplicas, and WVA {version} then takes 2: there is never a third replica, however full the two are. Write maxReplicas.",
  },
  reads: [variantAutoscaling],
  check({ object, graph, settings, report }) {
    const { target } = object.view;
    const release = statedRelease(settings);
    const isOfThese = release === undefined ? hasOwnBounds(object) : release.minor >= 6 && release.minor <= 8;
    if (!isOfThese || target === undefined || object.name === undefined) return;
    if (at(object.root, "spec", "maxReplicas") !== undefined) return;
    // Its maximum is what counts, and others compare it with the default.
    if (graph.lookup(targetKey(target)).length > 0) return;
    report({
      at: object.name.node,
      message: "two",
      slots: { object: object.title, version: release?.name ?? "0.6 to 0.8" },
      unwritten: { root: object.root, path: ["spec", "maxReplicas"] },
    });
  },
});
