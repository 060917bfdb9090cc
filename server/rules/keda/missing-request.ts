import { admissionProblems, type TargetContainers } from "../../engine/keda/admission.ts";
import type { Graph } from "../../graph/graph.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { namespacesAgree } from "../../graph/scope.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Container } from "../../kinds/workload/container.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { asApplied, nodeAtKeys, type ScaledObjectAt } from "../../scenario/scaled-object.ts";
import { at, entryOf, mapAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { example } from "./example.ts";

const cpu = `    - type: cpu
      metricType: Utilization
      metadata:
        value: "70"
`;

const target = (requests: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: gateway
          image: ghcr.io/acme/gateway:1.4
          resources: {requests: {${requests}}}
`;

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8\n";

export const missingRequest = defineRule({
  id: "keda/missing-request",
  title: "cpu or memory trigger over a container without a request",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["K-37"],
  docs: {
    summary: "A cpu or memory trigger measures a container that has neither a request nor a limit of that resource.",
    why: "Utilization is a share of the request: without one the HPA reports FailedGetResourceMetric, and one container without it is enough, a sidecar included. KEDA's webhook refuses the ScaledObject for that reason.",
    mend: "Give every container of the pod a request, or look at one container alone with `containerName` in the trigger's metadata. Headroom is silent where a LimitRange may fill requests in.",
    sources: [
      "https://github.com/kedacore/keda/blob/main/apis/keda/v1alpha1/scaledobject_webhook.go",
      "https://keda.sh/docs/latest/scalers/cpu/",
    ],
  },
  examples: {
    bad: `${example(bounds, cpu.replace("cpu", "cpu # <-"))}${target("memory: 1Gi")}`,
    good: `${example(bounds, cpu)}${target("cpu: 500m")}`,
  },
  messages: {
    lacks:
      '{object} scales on {type}, but container "{container}" of {target} has no {type} request: KEDA refuses that, and the HPA could not measure it. Give it a request, or name another container in containerName.',
  },
  reads: [scaledObject],
  check({ object, graph, report }) {
    const workload = workloadOf(graph, object, object.view.target);
    const containers = workload === undefined ? undefined : measured(graph, object, workload);
    if (workload === undefined || containers === undefined) return;
    for (const { check, keys } of admissionProblems(asApplied(object), containers)) {
      const trigger = check === "K-37" ? nodeAtKeys(object.root, keys) : undefined;
      const type = stringAt(trigger, "type");
      if (trigger === undefined || type === undefined) continue;
      const only = stringAt(trigger, "metadata", "containerName")?.value;
      const lacking = containers.find(
        (one) => (only === undefined || one.name === only) && !one[type.value as "cpu" | "memory"],
      );
      if (lacking === undefined) continue;
      const slots = { object: object.title, type: type.value, container: lacking.name, target: workload.title };
      const place = workload.view.template?.containers.find(({ name }) => name?.value === lacking.name)?.root;
      report({
        at: type.node,
        message: "lacks",
        slots,
        related: place === undefined ? [] : [{ at: place, message: `container "${lacking.name}" is here` }],
      });
    }
  },
});

/** Absent where requests may come from somewhere else, or where one cannot be read. */
function measured(
  graph: Graph,
  object: ScaledObjectAt,
  workload: StackObject<Workload>,
): readonly TargetContainers[] | undefined {
  const { template } = workload.view;
  if (workload.kind.id === "leader-worker-set" || template === undefined) return undefined;
  if (at(template.root, "spec", "resources") !== undefined) return undefined;
  if (graph.lookup("api/LimitRange").some((range) => namespacesAgree(range, object))) return undefined;
  const found = template.containers.map((container) => ({
    name: container.name?.value ?? "",
    cpu: asksFor(container, "cpu"),
    memory: asksFor(container, "memory"),
  }));
  return found.some(({ name }) => name === "") ? undefined : found;
}

/** Whatever is written counts, also what is filled in later. */
function asksFor({ root }: Container, resource: string): boolean {
  const written = ["requests", "limits"].map((section) => entryOf(mapAt(root, "resources", section), resource));
  const open = at(root, "resources") !== undefined && mapAt(root, "resources") === undefined;
  return open || written.some((one) => one !== undefined);
}
