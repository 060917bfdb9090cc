import { autoscalersOf } from "../../graph/autoscalers.ts";
import { answeringContainer } from "../../graph/serving.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

const example = (name: string, probe: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      terminationGracePeriodSeconds: 180
      containers:
        - name: ${name}
          image: vllm/vllm-openai:v0.19.0
          args: ["--model=Qwen/Qwen3-8B"]
          lifecycle: {preStop: {sleep: {seconds: 15}}}
          resources: {limits: {nvidia.com/gpu: 1}}
${probe}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 8
  metrics:
    - type: Pods
      pods:
        metric: {name: vllm_num_requests_waiting}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
`;

export const noReadinessProbe = defineRule({
  id: "pods/no-readiness-probe",
  title: "Model server without a readiness probe",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["T-14"],
  docs: {
    summary: "A model server that an autoscaler scales has neither a readinessProbe nor a startupProbe.",
    why: "Its pods count as ready as soon as the process runs, minutes before the model is loaded. Services and routers send requests that fail, and the autoscaler counts replicas that cannot answer: with a target of type Value it multiplies by the ready pods.",
    mend: "Add a readinessProbe that asks for what the engine only answers when the model is loaded: `/health` or `/v1/models` of vLLM.",
    sources: [
      "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
    ],
  },
  examples: {
    bad: example("vllm # <-", ""),
    good: example(
      "vllm",
      "          readinessProbe: {httpGet: {path: /health, port: 8000}, periodSeconds: 5, failureThreshold: 18}\n",
    ),
  },
  messages: {
    scaled:
      'Container "{container}" of {object} has no readinessProbe: its pod counts as ready before the model is loaded, gets requests that fail, and {scaler} takes it for capacity. Add one for /health.',
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    const container = answeringContainer(object);
    const [scaler] = autoscalersOf(graph, object);
    if (container === undefined || scaler === undefined) return;
    // A pod is not ready while its startupProbe runs.
    if (["readinessProbe", "startupProbe"].some((key) => at(container.root, key) !== undefined)) return;
    report({
      at: container.name?.node ?? container.root,
      message: "scaled",
      slots: { container: container.name?.value ?? "?", object: object.title, scaler: scaler.title },
      related: [{ at: scaler.name?.node ?? scaler, message: `${scaler.title} scales it` }],
    });
  },
});
