import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { defineRule } from "../rule.ts";
import { signalsOf } from "./signals.ts";

const example = (more: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  minReplicas: 1
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector: {matchLabels: {variant_name: llama-h100, exported_namespace: llm}}
        target: {type: AverageValue, averageValue: "1"}
${more}  behavior:
    scaleUp:
      stabilizationWindowSeconds: 180
      policies: [{type: Pods, value: 2, periodSeconds: 180}]
    scaleDown:
      stabilizationWindowSeconds: 300
      policies: [{type: Pods, value: 1, periodSeconds: 180}]
`;

export const wvaBesideLoad = defineRule({
  id: "autoscaler/wva-beside-load",
  title: "wva_desired_replicas beside another load metric",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["C-06"],
  docs: {
    summary: "An HPA or ScaledObject scales on wva_desired_replicas and on another measure of load.",
    why: "Kubernetes takes the largest of all proposals. The other metric then keeps replicas that WVA wants to give back, and orders them on the variant that it watches, however dear: WVA's choice of the cheapest variant and its scale-down are overruled. One metric that cannot be read stops every scale-down besides.",
    mend: "Leave wva_desired_replicas alone, and tune WVA's thresholds instead. A cron trigger of KEDA beside it is fine: it only sets a floor.",
    sources: ["https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details"],
  },
  examples: {
    bad: example(`    - type: Pods
      pods:
        metric:
          name: vllm_num_requests_waiting # <-
        target: {type: AverageValue, averageValue: "5"}
`),
    good: example(""),
  },
  messages: {
    beside:
      "{object} scales on wva_desired_replicas and on {signal}: the larger one wins, so WVA's scale-down and its choice of the cheapest variant are overruled. Keep wva_desired_replicas alone.",
  },
  reads: [hpa, scaledObject],
  check({ object, report }) {
    const signals = signalsOf(object) ?? [];
    const wva = signals.find(({ of }) => of === "wva");
    const load = signals.find(({ of }) => of === "load");
    if (wva === undefined || load === undefined) return;
    report({
      at: load.node,
      message: "beside",
      slots: { object: object.title, signal: load.title },
      related: [{ at: wva.node, message: "WVA's count is here" }],
    });
  },
});
