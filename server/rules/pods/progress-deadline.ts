import { startupWords } from "../../graph/pod-startup.ts";
import { answeringContainer } from "../../graph/serving.ts";
import { startupOf } from "../../graph/startup-of.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { entryOf, mapAt, numberAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setValue } from "../set-value.ts";

const example = (deadline: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
  annotations: {headroom.dev/pod-startup: 240s}
spec:
  progressDeadlineSeconds: ${deadline}
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

export const progressDeadline = defineRule({
  id: "pods/progress-deadline",
  title: "Rollout that is called failed while models load",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["T-16"],
  docs: {
    summary:
      "progressDeadlineSeconds of a Deployment, 600 unless written, is less than one and a half times the start of its pods.",
    why: "A rollout that makes no progress for that long is reported as failed (ProgressDeadlineExceeded), and pipelines that wait for it stop or roll back, while the model is still loading.",
    mend: "Set progressDeadlineSeconds to twice the start or more; pulling the image counts too.",
    sources: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds"],
  },
  examples: { bad: example("300 # <-"), good: example("600") },
  messages: {
    early:
      "A rollout of {object} is reported as failed after {deadline} s without progress{unset}, but a pod takes {start} to start. Set progressDeadlineSeconds to {wanted}.",
  },
  reads: [deployment],
  check({ object, graph, settings, report }) {
    if (answeringContainer(object) === undefined) return;
    const entry = entryOf(mapAt(object.root, "spec"), key);
    const written = numberAt(object.root, "spec", key);
    const start = startupOf(graph, object, settings);
    if ((entry !== undefined && written === undefined) || start.source === "default") return;
    const deadline = written?.value ?? defaultDeadline;
    if (deadline >= 1.5 * start.seconds) return;
    const wanted = Math.ceil((2 * start.seconds) / 60) * 60;
    report({
      at: entry?.value ?? object.name?.node ?? object,
      message: "early",
      slots: {
        object: object.title,
        deadline,
        unset: written === undefined ? " (Kubernetes' default, none is written)" : "",
        start: startupWords(start),
        wanted,
      },
      ...(entry === undefined && { unwritten: { root: object.root, path: ["spec", key] } }),
      related:
        start.node === undefined
          ? []
          : [{ at: start.node, message: `the pod's start is read from here: ${start.seconds} s` }],
      fixes: setValue(object, ["spec", key], String(wanted), `Set progressDeadlineSeconds to ${wanted}`),
    });
  },
});

const key = "progressDeadlineSeconds";
/** kubernetes pkg/apis/apps/v1/defaults.go */
const defaultDeadline = 600;
