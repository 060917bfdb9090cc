import { variantOf, workloadOf } from "../../graph/scale-target.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import { type ScaledObjectView, scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { gpusOf } from "../../kinds/workload/container.ts";
import { saysItIsPart } from "../../schemas/silence.ts";
import type { Span } from "../../text/node.ts";
import { at, entryOf, isNull, itemsAt, resolve, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (metrics: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics:
${metrics}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300, policies: [{type: Pods, value: 1, periodSeconds: 90}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      terminationGracePeriodSeconds: 180
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.11.0
          args: [--model=Qwen/Qwen3-8B]
          resources: {requests: {cpu: "8", memory: 64Gi}, limits: {memory: 64Gi, nvidia.com/gpu: 1}}
          readinessProbe: {httpGet: {path: /health, port: 8000}}
`;

export const cpuSignal = defineRule({
  id: "hpa/cpu-signal",
  title: "GPU pods scaled on CPU or memory alone",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["H-11", "S-02"],
  docs: {
    summary:
      "The only signal of an HPA or ScaledObject is cpu or memory, written or by Kubernetes' default, and the pods that it scales work on GPUs.",
    why: "An engine's CPU does not follow its load: the scheduler thread is busy or idle whatever the GPU does, and a full queue costs no CPU at all. Its memory hardly moves, because weights and KV cache are reserved at the start. The count then follows noise: it stays where it is while requests pile up. An HPA without metrics is one on CPU at 80 %.",
    mend: "Scale on what waits: the queue of vLLM (vllm:num_requests_waiting) or of the router, or on wva_desired_replicas of WVA. Headroom is silent where the target is in none of the files or asks for no GPU.",
    sources: [
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/v2/defaults.go",
      "https://docs.vllm.ai/en/latest/design/metrics.html",
    ],
  },
  examples: {
    bad: example(`    - type: Resource
      resource:
        name: cpu # <-
        target: {type: Utilization, averageUtilization: 70}`),
    good: example(`    - type: Pods
      pods:
        metric: {name: vllm_num_requests_waiting}
        target: {type: AverageValue, averageValue: "5"}`),
  },
  messages: {
    only: "{object} scales {target} on {signals} alone, but its pods work on GPUs: {why}, so requests pile up unseen. Scale on the queue of vLLM or the router, or on wva_desired_replicas.",
    unset:
      "{object} has no metrics, so Kubernetes scales {target} on CPU at 80 %, but its pods work on GPUs: {why}, so requests pile up unseen. Scale on the queue of vLLM or the router, or on wva_desired_replicas.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, report }) {
    const signals = onlySignals(object);
    if (signals === undefined || saysItIsPart(object)) return;
    const { target } = object.view;
    const workload = workloadOf(graph, object, target);
    const gpu = workload?.view.template?.containers.map(gpusOf).find((count) => (count?.value ?? 0) > 0);
    // That WVA has no say over its target is told as that.
    if (workload === undefined || gpu === undefined || variantOf(graph, object, target) !== undefined) return;
    const why = signals.names.includes("cpu") ? reasons.cpu : reasons.memory;
    const slots = { object: object.title, target: workload.title, why };
    const related = [{ at: gpu.node, message: `${workload.title} asks for GPUs: ${gpu.value}` }];
    if (signals.names.length > 0)
      report({ at: signals.at, message: "only", slots: { ...slots, signals: signals.names.join(" and ") }, related });
    else
      report({
        at: signals.at,
        message: "unset",
        slots: { ...slots, why: reasons.cpu },
        related,
        unwritten: { root: object.root, path: ["spec", "metrics"] },
      });
  },
});

const reasons = {
  cpu: "their CPU does not follow the load",
  memory: "their memory is reserved at the start and hardly moves",
} as const;

interface Signals {
  /** None: Kubernetes' own, cpu. */
  readonly names: readonly string[];
  readonly at: Span;
}

const resources = new Set(["cpu", "memory"]);

/** The resources that alone decide; absent when anything else does, or cannot be read. */
function onlySignals(object: StackObject<HpaView> | StackObject<ScaledObjectView>): Signals | undefined {
  const { root, view } = object;
  if ("triggers" in view) {
    const types = itemsAt(root, "spec", "triggers").map((trigger) => stringAt(trigger, "type"));
    return named(types.map((type) => type && { value: type.value, node: type.node }));
  }
  const list = resolve(at(root, "spec", "metrics"));
  const empty =
    list === undefined || (list.type === "scalar" && isNull(list)) || (list.type === "seq" && list.items.length === 0);
  if (!empty)
    return list.type === "seq"
      ? named(
          view.metrics.map(({ type, name }) => (/^(?:Container)?Resource$/.test(type?.value ?? "") ? name : undefined)),
        )
      : undefined;
  const percent = entryOf(at(root, "spec"), "targetCPUUtilizationPercentage");
  if (percent !== undefined) return { names: ["cpu"], at: percent.key };
  const place = entryOf(at(root, "spec"), "metrics")?.key ?? view.target?.name.node;
  return place === undefined ? undefined : { names: [], at: place };
}

function named(signals: readonly ({ readonly value: string; readonly node: Span } | undefined)[]): Signals | undefined {
  const [first] = signals;
  if (first === undefined || !signals.every((signal) => signal !== undefined && resources.has(signal.value)))
    return undefined;
  return { names: [...new Set(signals.flatMap((signal) => signal?.value ?? []))], at: first.node };
}
