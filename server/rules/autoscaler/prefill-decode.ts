import { gatheringsAround, workloadsIn } from "../../graph/applied-together.ts";
import { type Autoscaler, autoscalersOf } from "../../graph/autoscalers.ts";
import type { Graph } from "../../graph/graph.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { namespacesAgree } from "../../graph/scope.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { defineRule } from "../rule.ts";
import { type Signal, signalsOf } from "./signals.ts";

const workload = (role: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama-${role}}
spec:
  selector: {matchLabels: {app: llama-${role}}}
  template:
    metadata: {labels: {app: llama-${role}, llm-d.ai/role: ${role}}}
    spec:
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          resources: {limits: {nvidia.com/gpu: 2}}
---
`;

const scaler = (role: string, mark = "") => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama-${role}${mark}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama-${role}}
  minReplicas: 1
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: llama_${role}_queue
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 180
      policies: [{type: Pods, value: 2, periodSeconds: 180}]
    scaleDown:
      stabilizationWindowSeconds: 300
      policies: [{type: Pods, value: 1, periodSeconds: 180}]
---
`;

export const prefillDecode = defineRule({
  id: "autoscaler/prefill-decode",
  title: "Prefill and decode that do not scale together",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["G-08", "HPA-10"],
  docs: {
    summary:
      "Of two workloads with the labels `llm-d.ai/role: prefill` and `decode` only one is scaled, or both are scaled by exactly the same metric and target.",
    why: "Prefill and decode are two stages of one pipeline, and the ratio between them follows the length of prompts and answers. When only one grows, the other becomes the bottleneck, and more replicas change nothing. When both follow the very same number they always grow alike, whatever the requests look like.",
    mend: "Scale each stage on a metric of its own: prefill on waiting requests or prompt tokens, decode on running requests or KV cache. WVA keeps a variant for each.",
    sources: ["https://github.com/llm-d/llm-d/tree/main/guides/pd-disaggregation"],
  },
  examples: {
    bad: `${workload("prefill")}${workload("decode")}${scaler("decode", " # <-")}`,
    good: `${workload("prefill")}${workload("decode")}${scaler("decode")}${scaler("prefill")}`,
  },
  messages: {
    fixed:
      "{object} scales {own}, but nothing scales {other}, the other stage of its requests: beyond some count it is the bottleneck, and more replicas change nothing. Scale both.",
    same: "{object} and {scaler} scale {own} and {other} on the very same metric and target: both stages always grow alike, whether prompts or answers are long. Give each a metric of its own.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, report }) {
    const own = workloadOf(graph, object, object.view.target);
    const role = own === undefined ? undefined : roleOf(own);
    const signals = signalsOf(object);
    if (own === undefined || role === undefined || signals === undefined || followsWva(signals)) return;
    const other = otherStage(graph, own, role);
    if (other === undefined || graph.lookup(`variant-of/${other.apiKind}/${other.name?.value}`).length > 0) return;
    const [scaling] = autoscalersOf(graph, other);
    // Of two that follow the same, decode's is told.
    if (scaling !== undefined && (role === "prefill" || !followSame(object, scaling))) return;
    report({
      at: object.name?.node ?? object,
      message: scaling === undefined ? "fixed" : "same",
      slots: { object: object.title, own: own.title, other: other.title, scaler: scaling?.title ?? "" },
      related: [{ at: other.name?.node ?? other, message: `${other.title} is the other stage` }],
    });
  },
});

type Role = "prefill" | "decode";

function roleOf({ view }: StackObject<Workload>): Role | undefined {
  const role = view.template?.labels.get("llm-d.ai/role");
  return role === "prefill" || role === "decode" ? role : undefined;
}

/** The only workload of the other role beside, for the same model where labels say so. */
function otherStage(graph: Graph, own: StackObject<Workload>, role: Role): StackObject<Workload> | undefined {
  const model = (one: StackObject<Workload>) => one.view.template?.labels.get("llm-d.ai/model");
  for (const gathering of gatheringsAround(graph, own)) {
    const others = workloadsIn(graph, gathering).filter((one) => {
      const found = roleOf(one);
      return found !== undefined && found !== role && namespacesAgree(own, one) && model(one) === model(own);
    });
    if (others.length === 1) return others[0];
  }
  return undefined;
}

function followsWva(signals: readonly Signal[]): boolean {
  return signals.some(({ of }) => of === "wva");
}

/** Whether both measure the same, down to the letters: names of their own make them different. */
function followSame(a: Autoscaler, b: Autoscaler): boolean {
  return a.kind.id === b.kind.id && measured(a) !== "" && measured(a) === measured(b);
}

function measured({ view }: Autoscaler): string {
  const nodes = "metrics" in view ? view.metrics.map(({ node }) => node) : view.triggers.map(({ node }) => node);
  // Pods metrics are read from each target's own pods.
  if ("metrics" in view && view.metrics.some(({ type }) => type?.value !== "External" && type?.value !== "Object"))
    return "";
  return nodes.map(({ doc, start, end }) => doc.text.slice(start, end).replace(/\s+/g, " ").trim()).join("\n");
}
