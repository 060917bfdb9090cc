import type { RawFix } from "../../findings/raw-finding.ts";
import { variantOf } from "../../graph/scale-target.ts";
import { hasOwnBounds, statedRelease } from "../../graph/wva-release.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setScalar } from "../../text/edits.ts";
import { at, isNull, numberAt, type Placed, resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { isReplicaCount } from "./metric-target-hpa.ts";
import { readsReplicaCount } from "./metric-target-keda.ts";

const example = (minimum: string) => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: llama
  labels:
    inference.optimization/acceleratorName: H100
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  modelID: meta-llama/Llama-3.1-8B-Instruct
  variantCost: "10.0"
  minReplicas: 1
  maxReplicas: 8
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  minReplicas: ${minimum}
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector:
            matchLabels:
              variant_name: llama
        target:
          type: AverageValue
          averageValue: "1"
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 180
`;

export const boundsDeadlock = defineRule({
  id: "wva/bounds-deadlock",
  title: "Bounds that stop WVA for good",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["W-14", "C-09"],
  docs: {
    summary:
      "The HPA or ScaledObject that carries out WVA's decisions has other bounds than WVA knows. With WVA 0.5 a minimum of 2 or more (error), since that version knows no bounds; with 0.6 to 0.8 bounds that differ from those of the VariantAutoscaling (warning).",
    why: "WVA takes any difference between the replicas it wanted last and those that run for a change still under way, and decides nothing for the model meanwhile. A bound that it does not know makes the difference last: idle once, WVA wants 1, the HPA holds 2, and WVA never scales up again; or WVA wants 3, the HPA stops at 2, and WVA never scales down again.",
    mend: "With 0.5, set the minimum of the HPA or ScaledObject to 1. With 0.6 to 0.8, write the same minimum and maximum in both objects; a VariantAutoscaling that leaves them out has 1 and 2.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.5.1/internal/saturation/analyzer.go",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/v0.6.0/config/crd/bases/llmd.ai_variantautoscalings.yaml",
    ],
  },
  examples: { bad: example("2 # <-"), good: example("1") },
  messages: {
    floor:
      "{object}: {key} is {value}, and WVA 0.5 knows no bounds: once idle it wants 1 replica while {value} run, and takes the difference for a change under way. From then on it never scales up, however full the pods are; set {key} to 1.",
    minimum:
      "{object}: {key} is {value}, {variant} says {other}: where the two hold WVA's wish and the replicas apart, WVA 0.6 to 0.8 takes that for a change under way. It then never scales up again; write the same minimum in both.",
    maximum:
      "{object}: {key} is {value}, {variant} says {other}: where the two hold WVA's wish and the replicas apart, WVA 0.6 to 0.8 takes that for a change under way. It then never scales down again; write the same maximum in both.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, settings, report }) {
    const { view } = object;
    const isHpa = "metrics" in view;
    const follows = isHpa ? view.metrics.some(isReplicaCount) : view.triggers.some(readsReplicaCount);
    const variant = follows ? variantOf(graph, object, view.target) : undefined;
    if (variant === undefined) return;
    const release = statedRelease(settings);
    const keys = isHpa ? ["minReplicas", "maxReplicas"] : ["minReplicaCount", "maxReplicaCount"];
    const [minimumKey = "", maximumKey = ""] = keys;
    if (release?.minor === 5) {
      const { minReplicas } = view;
      if (minReplicas === undefined || minReplicas.value < 2) return;
      report({
        at: minReplicas.node,
        message: "floor",
        slots: { object: object.title, key: minimumKey, value: minReplicas.value },
        severity: "error",
        fixes: fixTo(minReplicas, minimumKey, 1),
      });
      return;
    }
    const knows = release === undefined ? hasOwnBounds(variant) : release.minor >= 6 && release.minor <= 8;
    if (!knows) return;
    const slots = { object: object.title, variant: variant.title };
    const pairs = [
      { message: "minimum", key: minimumKey, placed: view.minReplicas, own: bound(variant, "minReplicas", 1) },
      { message: "maximum", key: maximumKey, placed: view.maxReplicas, own: bound(variant, "maxReplicas", 2) },
    ] as const;
    for (const { message, key, placed, own } of pairs) {
      if (placed === undefined || own === undefined || placed.value === own.value) continue;
      report({
        at: placed.node,
        message,
        slots: { ...slots, key, value: placed.value, other: own.value },
        related: own.node === undefined ? [] : [{ at: own.node, message: `${variant.title}: ${own.value}` }],
        fixes: fixTo(placed, key, own.value),
      });
    }
  },
});

/** A bound of the VariantAutoscaling, or the CRD's default (0.6 to 0.8); undefined where it is filled in later. */
function bound({ root }: StackObject<unknown>, key: string, byDefault: number) {
  const node = resolve(at(root, "spec", key));
  if (node === undefined || (node.type === "scalar" && isNull(node))) return { value: byDefault, node: undefined };
  return numberAt(root, "spec", key);
}

function fixTo({ node }: Placed<number>, key: string, value: number): RawFix[] {
  const at = node.type === "scalar" ? node : undefined;
  return at === undefined
    ? []
    : [{ title: `Set ${key} to ${value}`, safe: false, edits: [setScalar(at, String(value))] }];
}
