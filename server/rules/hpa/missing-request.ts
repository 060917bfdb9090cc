import type { RawFix } from "../../findings/raw-finding.ts";
import type { Graph } from "../../graph/graph.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { namespacesAgree } from "../../graph/scope.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Container } from "../../kinds/workload/container.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { setEntry, setScalar } from "../../text/edits.ts";
import type { Node } from "../../text/node.ts";
import { at, entryOf, isNull, resolve, stringAt } from "../../text/read.ts";
import { stringYaml } from "../../text/write.ts";
import { defineRule } from "../rule.ts";

const example = (resources: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: router}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: router}
  maxReplicas: 4
  metrics:
    - type: Resource
      resource:
        name: cpu{mark}
        target: {type: Utilization, averageUtilization: 70}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: router}
spec:
  selector: {matchLabels: {app: router}}
  template:
    metadata: {labels: {app: router}}
    spec:
      containers:
        - name: router
          image: ghcr.io/acme/router:1.4
          resources: {requests: {cpu: "2"}}
        - name: proxy
          image: ghcr.io/acme/proxy:2.0${resources}
`;

export const missingRequest = defineRule({
  id: "hpa/missing-request",
  title: "Utilization of a resource that a container does not request",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["S-03"],
  docs: {
    summary:
      "An HPA measures utilization of cpu or memory, and a container of its target, sidecars included, has neither a request nor a limit for it.",
    why: "Utilization is per cent of the request of the whole pod. When one container has none, the metric fails for all pods (missing request for cpu): alone it scales nothing, beside others it blocks every scale-down.",
    mend: "Give every container a request; or measure one container with a ContainerResource metric; or use an averageValue, which needs no request. Headroom is silent where a LimitRange is among the files, since that fills requests in, and where the pod as a whole requests resources.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/podautoscaler/replica_calculator.go",
    ],
  },
  examples: {
    bad: example("").replace("{mark}", " # <-"),
    good: example("\n          resources: {requests: {cpu: 500m}}").replace("{mark}", ""),
  },
  messages: {
    missing:
      '{object} measures {resource} utilization, but container "{container}" of {target} requests no {resource}: the metric fails for every pod. Add the request, or measure one container.',
  },
  reads: [hpa],
  check({ object, graph, report }) {
    const measured = object.view.metrics.filter(isUtilization);
    const workload = measured.length === 0 ? undefined : workloadOf(graph, object, object.view.target);
    if (workload === undefined || hasDefaults(graph, object, workload)) return;
    for (const metric of measured) {
      const resource = metric.name?.value ?? "";
      const only = metric.type?.value === "ContainerResource" ? stringAt(metric.body, "container")?.value : undefined;
      const counted = countedContainers(workload).filter(({ name }) => only === undefined || name?.value === only);
      const without = counted.find((container) => !requests(container, resource));
      if (without?.name === undefined || metric.name === undefined) continue;
      report({
        at: metric.name.node,
        message: "missing",
        slots: { object: object.title, resource, container: without.name.value, target: workload.title },
        related: [{ at: without.name.node, message: `container "${without.name.value}" is here` }],
        fixes:
          only === undefined
            ? ofOneContainer(
                metric,
                counted.filter((one) => requests(one, resource)),
              )
            : [],
      });
    }
  },
});

function isUtilization({ type, name, target }: Metric): boolean {
  const ofPods = type?.value === "Resource" || type?.value === "ContainerResource";
  return ofPods && target?.averageUtilization !== undefined && (name?.value === "cpu" || name?.value === "memory");
}

/** Whether requests may come from elsewhere: a LimitRange of the namespace, or the pod as a whole (from Kubernetes 1.34). */
function hasDefaults(graph: Graph, object: StackObject, workload: StackObject<Workload>): boolean {
  if (at(workload.view.template?.root, "spec", "resources") !== undefined) return true;
  return graph.lookup("api/LimitRange").some((range) => namespacesAgree(object, range));
}

/** Sidecars are init containers that go on running. */
function countedContainers({ view: { template } }: StackObject<Workload>): readonly Container[] {
  const sidecars = template?.initContainers.filter(({ root }) => stringAt(root, "restartPolicy")?.value === "Always");
  return [...(template?.containers ?? []), ...(sidecars ?? [])];
}

/** A request that is not written is the limit. What is filled in later counts as written. */
function requests({ root }: Container, resource: string): boolean {
  const resources = at(root, "resources");
  return (
    isOpaque(resources) ||
    ["requests", "limits"].some((section) => {
      const amounts = at(resources, section);
      return isOpaque(amounts) || entryOf(amounts, resource) !== undefined;
    })
  );
}

function isOpaque(node: Node | undefined): boolean {
  const found = resolve(node);
  return found?.type === "scalar" && !isNull(found);
}

/** Where one container has a request, that one is what the metric can mean. */
function ofOneContainer({ node, type, body }: Metric, able: readonly Container[]): RawFix[] {
  const [container] = able;
  const kind = entryOf(node, "type")?.value;
  const key = entryOf(node, "resource")?.key;
  if (able.length !== 1 || container?.name === undefined || type === undefined || body === undefined) return [];
  const shared = node.type !== "map" || node.anchor !== undefined || body.anchor !== undefined;
  if (shared || kind?.type !== "scalar" || kind.anchor !== undefined || key?.type !== "scalar") return [];
  const edits = [
    setScalar(kind, "ContainerResource"),
    setScalar(key, "containerResource"),
    setEntry(body, "container", stringYaml(container.name.value)),
  ];
  return [{ title: `Measure container "${container.name.value}" alone`, safe: false, edits }];
}
