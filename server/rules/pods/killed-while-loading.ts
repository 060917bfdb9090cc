import type { RawFix } from "../../findings/raw-finding.ts";
import { defaultStartup, type PodStartup, startupWords } from "../../graph/pod-startup.ts";
import { answeringContainer } from "../../graph/serving.ts";
import { startupOf } from "../../graph/startup-of.ts";
import type { Container } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { type Probe, startBudget } from "../../kinds/workload/probe.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setAll } from "../../text/edits.ts";
import { entriesAt, entryOf, isNull, mapAt, numberAt } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";
import type { Yaml, YamlMap } from "../../text/write.ts";
import { defineRule } from "../rule.ts";

const example = (startup: string, mark = "") => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
  annotations: {headroom.dev/pod-startup: 240s}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args: ["--model=Qwen/Qwen3-8B"]
          resources: {limits: {nvidia.com/gpu: 1}}
${startup}          livenessProbe:${mark}
            httpGet: {path: /health, port: 8000}
            initialDelaySeconds: 0
            periodSeconds: 1
`;

export const killedWhileLoading = defineRule({
  id: "pods/killed-while-loading",
  title: "Probe that kills a model server while it loads",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["T-13", "P-04", "VLM-18", "S4"],
  docs: {
    summary:
      "A startupProbe, or a livenessProbe without a startupProbe, gives up (initialDelaySeconds + periodSeconds x failureThreshold) before the model server has started.",
    why: "The kubelet kills the container while it loads, and it begins again from nothing: the pod never becomes ready, the GPU is paid for, and the autoscaler, which sees a pod that is not ready, orders more of the same.",
    mend: "Give the container a startupProbe with one and a half times the start: failureThreshold = 1.5 x start / periodSeconds. The liveness probe waits for it, and can stay as strict as it is. The start is read as for the scale-up window: annotation `headroom.dev/pod-startup`, `podStartup` in headroom.config.yaml, the budget of a startup or readiness probe up to 420 s, else 90 s. A fix is offered where one of them says it.",
    sources: ["https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"],
  },
  examples: {
    bad: example("", " # <-"),
    good: example(`          startupProbe:
            httpGet: {path: /health, port: 8000}
            periodSeconds: 10
            failureThreshold: 36
`),
  },
  messages: {
    liveness:
      'Container "{container}" of {object} is killed after {budget} s without an answer ({probe}), but its pod takes {start} to start: it is killed while the model loads, again and again. Add a startupProbe of {wanted} s or more.',
    startup:
      'The startupProbe of container "{container}" of {object} gives up after {budget} s ({probe}), but its pod takes {start} to start: it is killed while the model loads, again and again. Set failureThreshold to {failures}.',
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, settings, report }) {
    const container = answeringContainer(object);
    const judged = container === undefined ? undefined : judgedProbe(container);
    if (container === undefined || judged === undefined) return;
    const { key, probe } = judged;
    const budget = startBudget(probe);
    const start = believable(startupOf(graph, object, settings));
    if (budget >= start.seconds) return;
    const period = key === "startupProbe" ? probe.periodSeconds : newPeriod;
    const failures = Math.ceil((1.5 * start.seconds) / period);
    report({
      at: entryOf(container.root, key)?.key ?? probe.node,
      message: key === "startupProbe" ? "startup" : "liveness",
      slots: {
        container: container.name?.value ?? "?",
        object: object.title,
        budget,
        probe: `${probe.initialDelaySeconds} s + ${probe.failureThreshold} x ${probe.periodSeconds} s`,
        start: startupWords(start),
        wanted: failures * period,
        failures,
      },
      // Nobody said how long the start is, and development has small models.
      severity: start.source === "default" && settings.environment(object.path) !== "production" ? "info" : "warning",
      related:
        start.node === undefined
          ? []
          : [{ at: start.node, message: `the pod's start is read from here: ${start.seconds} s` }],
      fixes: mends(container, key, failures, start),
    });
  },
});

const newPeriod = 10;

/** Seconds. A short load (10) and a short compilation (20) of a small model; published starts begin at 100. */
const leastStart = 30;

/** A probe that grants less than any model server takes says nothing about the start: it is the mistake. */
function believable(start: PodStartup): PodStartup {
  const isBudget = start.source === "startupProbe" || start.source === "readinessProbe";
  return isBudget && start.seconds < leastStart
    ? { seconds: defaultStartup, source: "default", node: undefined }
    : start;
}

/** While a startupProbe runs, the kubelet does not ask the others. Absent when a number cannot be read here. */
function judgedProbe(container: Container): { key: "startupProbe" | "livenessProbe"; probe: Probe } | undefined {
  const key = container.startupProbe === undefined ? "livenessProbe" : "startupProbe";
  const probe = container[key];
  if (probe === undefined || probe.periodSeconds < 1) return undefined;
  const unread = ["initialDelaySeconds", "periodSeconds", "failureThreshold"].some(
    (name) => entryOf(probe.node, name) !== undefined && numberAt(probe.node, name) === undefined,
  );
  return unread ? undefined : { key, probe };
}

function mends(container: Container, key: string, failures: number, { source }: PodStartup): RawFix[] {
  // An assumed start would only kill a larger model later.
  if (source === "default") return [];
  if (key === "startupProbe") {
    const edits = setAll(container.root, [key, "failureThreshold"], String(failures));
    return edits === undefined ? [] : [{ title: `Set failureThreshold to ${failures}`, safe: false, edits }];
  }
  const handler = handlerOf(container);
  if (handler === undefined) return [];
  const probe = { ...handler, periodSeconds: String(newPeriod), failureThreshold: String(failures) };
  const edits = setAll(container.root, ["startupProbe"], probe);
  return edits === undefined ? [] : [{ title: `Add a startupProbe of ${failures * newPeriod} s`, safe: false, edits }];
}

/** What the liveness probe asks, to be asked by another one too. */
function handlerOf(container: Container): YamlMap | undefined {
  const probe = mapAt(container.root, "livenessProbe");
  for (const kind of ["httpGet", "tcpSocket", "grpc"]) {
    const handler = mapAt(probe, kind);
    if (handler === undefined) continue;
    const written: Record<string, Yaml> = {};
    for (const { key, value } of entriesAt(handler)) {
      if (value.type !== "scalar" || value.anchor !== undefined || isNull(value) || isTemplated(value.text))
        return undefined;
      if (value.style === "literal" || value.style === "folded") return undefined;
      written[key.text] = value.doc.text.slice(value.start, value.end);
    }
    return Object.keys(written).length === handler.entries.length ? { [kind]: written } : undefined;
  }
  return undefined;
}
