import { autoscalersOf } from "../../graph/autoscalers.ts";
import { answeringContainer } from "../../graph/serving.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { at, entryOf, mapAt, numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setValue } from "../set-value.ts";

const example = (grace: string, stop: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      terminationGracePeriodSeconds: ${grace}
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args: ["--model=Qwen/Qwen3-8B"]
          readinessProbe: {httpGet: {path: /health, port: 8000}, periodSeconds: 5, failureThreshold: 18}
${stop}          resources: {limits: {nvidia.com/gpu: 1}}
---
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

export const gracePeriod = defineRule({
  id: "pods/grace-period",
  title: "Model server that is stopped in the middle of answers",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["T-15"],
  docs: {
    summary:
      "A model server that an autoscaler scales has the 30 s grace period of Kubernetes, or less, and no preStop hook. With a hook it is information.",
    why: "Each scale-down stops a pod that is answering. Routers need some seconds to see that it goes, and a streamed answer may take minutes: after the grace period the process is killed and its clients get broken streams.",
    mend: "Set terminationGracePeriodSeconds to the longest answer and some seconds, usually 120 to 300, and sleep in preStop until routers have noticed.",
    sources: ["https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination"],
  },
  examples: {
    bad: example("30 # <-", ""),
    good: example("180", "          lifecycle: {preStop: {sleep: {seconds: 15}}}\n"),
  },
  messages: {
    both: "Pods of {object} are killed {grace} s after they are told to stop{unset}, without a preStop hook, and {scaler} stops one with each step down: streamed answers break. Set terminationGracePeriodSeconds to 120 to 300 s and sleep in preStop.",
    short:
      "Pods of {object} are killed {grace} s after they are told to stop{unset}: a streamed answer may take longer. 120 to 300 s are usual.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    const container = answeringContainer(object);
    const spec = mapAt(object.view.template?.root, "spec");
    const [scaler] = autoscalersOf(graph, object);
    if (container === undefined || spec === undefined || scaler === undefined) return;
    const entry = entryOf(spec, key);
    const written = numberAt(spec, key);
    if (entry !== undefined && written === undefined) return;
    const grace = written?.value ?? defaultGrace;
    const hooked = at(container.root, "lifecycle", "preStop") !== undefined;
    if (grace > defaultGrace) return;
    const path = pathOfSpec(object.kind.id);
    report({
      at: entry?.value ?? container.name?.node ?? container.root,
      message: hooked ? "short" : "both",
      slots: {
        object: object.title,
        grace,
        unset: written === undefined ? " (Kubernetes' default, none is written)" : "",
        scaler: scaler.title,
      },
      severity: hooked ? "info" : "warning",
      ...(entry === undefined && path !== undefined && { unwritten: { root: object.root, path: [...path, key] } }),
      fixes:
        path !== undefined ? setValue(object, [...path, key], "180", "Set terminationGracePeriodSeconds to 180") : [],
    });
  },
});

const key = "terminationGracePeriodSeconds";
/** kubernetes pkg/apis/core/v1/defaults.go */
const defaultGrace = 30;

/** A LeaderWorkerSet may have two templates; its fix is left to people. */
function pathOfSpec(kind: string): readonly string[] | undefined {
  return kind === leaderWorkerSet.id ? undefined : ["spec", "template", "spec"];
}
