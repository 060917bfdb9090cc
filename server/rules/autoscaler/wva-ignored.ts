import { meet } from "../../graph/scope.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { defineRule } from "../rule.ts";
import { signalsOf } from "./signals.ts";

const example = (metric: string) => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: llama-h100
  namespace: llm
  labels: {inference.optimization/acceleratorName: H100}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  modelID: meta-llama/Llama-3.1-8B-Instruct
  variantCost: "10.0"
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  minReplicas: 1
  maxReplicas: 8
  metrics:
${metric}
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 180
      policies: [{type: Pods, value: 2, periodSeconds: 180}]
    scaleDown:
      stabilizationWindowSeconds: 300
      policies: [{type: Pods, value: 1, periodSeconds: 180}]
`;

export const wvaIgnored = defineRule({
  id: "autoscaler/wva-ignored",
  title: "VariantAutoscaling whose count nobody follows",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["C-04", "HPA-06"],
  docs: {
    summary:
      "A VariantAutoscaling and an HPA or ScaledObject share a target, and the autoscaler scales on other metrics than wva_desired_replicas.",
    why: "WVA scales nothing itself: it publishes a number of replicas. Here the autoscaler follows another signal, so what WVA decides has no effect, and WVA, which sees replicas come and go that it did not order, decides on wrong grounds.",
    mend: "Make wva_desired_replicas with `variant_name` of the VariantAutoscaling the only metric, with target AverageValue 1; or delete the VariantAutoscaling.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/user-guide/hpa-integration.md",
    ],
  },
  examples: {
    bad: example(`    - type: Pods
      pods:
        metric:
          name: vllm_num_requests_waiting # <-
        target: {type: AverageValue, averageValue: "5"}`),
    good: example(`    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector: {matchLabels: {variant_name: llama-h100, exported_namespace: llm}}
        target: {type: AverageValue, averageValue: "1"}`),
  },
  messages: {
    ignored:
      "{object} scales {target} on {signal}, although {variant} makes WVA count its replicas: nobody follows wva_desired_replicas. Scale on that metric alone, or delete the VariantAutoscaling.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, report }) {
    const { target } = object.view;
    const signals = target === undefined ? undefined : signalsOf(object);
    const [first] = signals ?? [];
    if (target === undefined || signals === undefined || first === undefined) return;
    if (signals.some(({ of }) => of === "wva")) return;
    const variants = graph.lookup(`variant-of/${target.kind}/${target.name.value}`).slice(0, 20);
    const variant = variants.find((one) => meet(graph, object, one) !== undefined);
    if (variant === undefined) return;
    report({
      at: first.node,
      message: "ignored",
      slots: {
        object: object.title,
        target: `${target.kind} "${target.name.value}"`,
        signal: signals.length === 1 ? first.title : `${first.title} and others`,
        variant: variant.title,
      },
      related: [{ at: variant.name?.node ?? variant, message: `${variant.title} points to the same target` }],
    });
  },
});
