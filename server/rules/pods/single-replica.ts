import { type Autoscaler, replicaBounds } from "../../graph/autoscalers.ts";
import { startupWords } from "../../graph/pod-startup.ts";
import { answeringContainer } from "../../graph/serving.ts";
import { startupOf } from "../../graph/startup-of.ts";
import { gpusOf } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { signalsOf } from "../autoscaler/signals.ts";
import { defineRule } from "../rule.ts";

const example = (replicas: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
  annotations: {headroom.dev/pod-startup: 240s}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args: ["--model=Qwen/Qwen3-8B"]
          resources: {limits: {nvidia.com/gpu: 1}}
`;

/** Shorter starts are over before anybody looks. */
const slowStart = 120;

export const singleReplica = defineRule({
  id: "pods/single-replica",
  title: "One replica of a slow model server in production",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["G-07", "P-06", "S4"],
  docs: {
    summary:
      "In production one replica, or an autoscaler's minimum of one, serves a model that takes more than two minutes to start.",
    why: "When that pod or its node goes, the model is away for a whole start. A rollout with maxSurge 1 bridges only planned changes.",
    mend: "Keep two replicas where the promise is more than 99 %, or accept it. It is not said where WVA decides: its version 0.5 stops scaling when the autoscaler's minimum is above one.",
    sources: ["https://kubernetes.io/docs/concepts/workloads/pods/disruptions/"],
  },
  examples: { bad: example("1 # <-"), good: example("2") },
  messages: {
    one: "{object} may run a single replica, and a pod takes {start} to start: when it or its node goes, the model is away that long. Two replicas would bridge it.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, settings, report }) {
    const container = answeringContainer(object);
    if (container === undefined || gpusOf(container) === undefined) return;
    if (settings.environment(object.path) !== "production") return;
    const bounds = replicaBounds(graph, object);
    const start = startupOf(graph, object, settings);
    // Where no count is written, an autoscaler that is elsewhere may own it.
    if (bounds?.scaler === undefined && bounds?.minNode === undefined) return;
    if (bounds.min !== 1 || start.source === "default" || start.seconds <= slowStart) return;
    const variants = graph.lookup(`variant-of/${object.apiKind}/${object.name?.value}`);
    if (variants.length > 0 || (bounds.scaler !== undefined && mayFollowWva(bounds.scaler))) return;
    report({
      at: bounds.minNode ?? bounds.scaler?.name?.node ?? object.name?.node ?? object,
      message: "one",
      slots: { object: object.title, start: startupWords(start) },
      related:
        start.node === undefined
          ? []
          : [{ at: start.node, message: `the pod's start is read from here: ${start.seconds} s` }],
    });
  },
});

function mayFollowWva(scaler: Autoscaler): boolean {
  const signals = signalsOf(scaler);
  return signals === undefined || signals.some(({ of }) => of === "wva");
}
