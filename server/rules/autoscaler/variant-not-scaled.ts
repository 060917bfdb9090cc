import { type Gathering, gatheringsAround, objectsIn } from "../../graph/applied-together.ts";
import type { Autoscaler } from "../../graph/autoscalers.ts";
import type { Graph } from "../../graph/graph.ts";
import { makersIn } from "../../graph/makers.ts";
import { targetOf } from "../../graph/scale-target.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { targetKeyOf } from "../../kinds/hpa/scale-target.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const workload = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: server
          image: registry.example.com/${name}-server:1.4
          resources: {limits: {nvidia.com/gpu: 2}}
---
`;

const variant = (name: string, mark = "") => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: ${name}-h100${mark}
  labels: {inference.optimization/acceleratorName: H100}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}
  modelID: acme/${name}
  variantCost: "10.0"
---
`;

const scaler = (name: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${name}, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}
  minReplicas: 1
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector: {matchLabels: {variant_name: ${name}-h100, exported_namespace: llm}}
        target: {type: AverageValue, averageValue: "1"}
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 180
      policies: [{type: Pods, value: 2, periodSeconds: 180}]
    scaleDown:
      stabilizationWindowSeconds: 300
      policies: [{type: Pods, value: 1, periodSeconds: 180}]
---
`;

export const variantNotScaled = defineRule({
  id: "autoscaler/variant-not-scaled",
  title: "VariantAutoscaling without an HPA or ScaledObject",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["C-05"],
  docs: {
    summary: "No HPA or ScaledObject scales the target of a VariantAutoscaling, while others stand beside it.",
    why: "WVA scales nothing itself. It publishes wva_desired_replicas, and an HPA or KEDA sets the Deployment to that number. Without one the count stays as it is, and WVA waits for replicas that nobody makes.",
    mend: "Add an HPA or a ScaledObject on wva_desired_replicas with this `variant_name`. Headroom is silent where none of the files beside holds an autoscaler, and beside charts and templates.",
    sources: [
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/user-guide/hpa-integration.md",
    ],
  },
  examples: {
    bad: `${workload("llama")}${variant("llama")}${scaler("llama")}${workload("qwen")}${variant("qwen", " # <-")}`,
    good: `${workload("llama")}${variant("llama")}${scaler("llama")}${workload("qwen")}${variant("qwen")}${scaler("qwen")}`,
  },
  messages: {
    alone:
      "{object} makes WVA count the replicas of {target}, but no HPA or ScaledObject in these files scales it: the count stays as it is. Add one on wva_desired_replicas.",
  },
  reads: [variantAutoscaling],
  check({ object, graph, report }) {
    const { target } = object.view;
    const name = object.name?.value;
    const scaled = targetOf(graph, object, target);
    if (target === undefined || name === undefined || scaled === undefined) return;
    if (graph.lookup(targetKeyOf(target.kind, target.name.value)).length > 0) return;
    const gatherings = gatheringsAround(graph, object);
    const beside = gatherings.flatMap((gathering) => scalersIn(graph, gathering));
    const hidden = gatherings.some(({ directories }) =>
      [...directories].some((directory) => mayHide(graph, directory)),
    );
    if (beside.length === 0 || hidden) return;
    // One that misses its target, or that names this variant, may be meant for it.
    const meant = beside.some((one) => targetOf(graph, one, one.view.target) === undefined || mentions(one, name));
    if (meant) return;
    report({
      at: object.name?.node ?? object,
      message: "alone",
      slots: { object: object.title, target: scaled.title },
      related: [{ at: scaled.name?.node ?? scaled, message: `${scaled.title} is here` }],
    });
  },
});

function scalersIn(graph: Graph, gathering: Gathering): readonly Autoscaler[] {
  const found = ["HorizontalPodAutoscaler", "ScaledObject"].flatMap((kind) => objectsIn(graph, gathering, kind));
  return found.filter(({ kind }) => kind.id === hpa.id || kind.id === scaledObject.id) as Autoscaler[];
}

/** A template, a chart, or an object whose controller makes others. */
function mayHide(graph: Graph, directory: string): boolean {
  return graph.hasUnreadable(directory) || graph.lookup(makersIn(directory)).length > 0;
}

function mentions({ view }: Autoscaler, variant: string): boolean {
  if ("metrics" in view)
    return view.metrics.some(({ matchLabels }) => matchLabels.get("variant_name")?.value === variant);
  return view.triggers.some(({ metadata }) => stringAt(metadata, "query")?.value.includes(variant) === true);
}
