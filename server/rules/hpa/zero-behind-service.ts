import type { Graph } from "../../graph/graph.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { nearest } from "../../graph/scope.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { ServiceView } from "../../kinds/service/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import type { Autoscaler } from "./rate.ts";

const example = (min: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: llama
spec:
  scaleTargetRef:
    name: llama
  minReplicaCount: ${min}
  maxReplicaCount: 8
  initialCooldownPeriod: 300
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleUp: {stabilizationWindowSeconds: 180}
        scaleDown: {policies: [{type: Pods, value: 1, periodSeconds: 90}]}
  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus.monitoring:9090
        query: sum(rate(nginx_ingress_controller_requests{exported_service="llama"}[2m]))
        threshold: "5"
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      terminationGracePeriodSeconds: 120
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.11.0
          args: [--model=Qwen/Qwen3-8B]
          readinessProbe: {httpGet: {path: /health, port: 8000}}
          resources: {limits: {nvidia.com/gpu: 1}}
---
apiVersion: v1
kind: Service
metadata: {name: llama}
spec:
  selector: {app: llama}
  ports: [{port: 8000}]
`;

export const zeroBehindService = defineRule({
  id: "hpa/zero-behind-service",
  title: "No replicas behind a Service that cannot wait",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["T-12"],
  docs: {
    summary:
      "Model servers may go to 0 while clients reach them through a Service, and nothing in the workspace holds requests back meanwhile.",
    why: "A Service forwards and never waits: with no pod behind it connections are refused. The requests that should wake the target are exactly those that fail, and they go on failing until a model has loaded.",
    mend: "Put something in front that queues: llm-d's router with flow control over an InferencePool, or KEDA's HTTP add-on. Or keep one replica. Headroom is silent where an InferencePool, an HTTPScaledObject or a queue of messages is around.",
    sources: [
      "https://keda.sh/http-add-on/",
      "https://gateway-api-inference-extension.sigs.k8s.io/",
      "https://kubernetes.io/docs/concepts/services-networking/service/",
    ],
  },
  examples: { bad: example("0 # <-"), good: example("1").replace("  initialCooldownPeriod: 300\n", "") },
  messages: {
    refused:
      "{object} may go to 0, and {service} leads straight to these pods: with none of them requests are refused, those included that should wake it. Put a router that queues in front, or keep 1 replica.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, report }) {
    const minimum = mayBeZero(object);
    if (minimum === undefined || !scalesModelServers(graph, object) || mayQueue(graph, object)) return;
    const workload = workloadOf(graph, object, object.view.target);
    const [service] = workload === undefined ? [] : servicesOf(graph, object, workload);
    if (service === undefined) return;
    report({
      at: minimum,
      message: "refused",
      slots: { object: object.title, service: service.title },
      related: [{ at: service.name?.node ?? service, message: `${service.title} selects the pods` }],
    });
  },
});

/** Where it is written that the target may have no replicas. */
function mayBeZero(object: Autoscaler) {
  const { view } = object;
  const idle = "idleReplicas" in view && view.idleReplicas?.value === 0 ? view.idleReplicas.node : undefined;
  if (idle !== undefined) return idle;
  if (view.minReplicas?.value === 0) return view.minReplicas.node;
  return undefined;
}

/** What keeps requests until a pod is there, or what does not come over a Service at all. */
function mayQueue(graph: Graph, { view }: Autoscaler): boolean {
  if (["InferencePool", "HTTPScaledObject"].some((kind) => graph.lookup(`api/${kind}`).length > 0)) return true;
  if ("metrics" in view) return view.metrics.some(({ name }) => ofQueue.test(name?.value ?? ""));
  return view.triggers.some(({ type, metadata }) => {
    return (type !== "prometheus" && type !== "cron") || ofQueue.test(stringAt(metadata, "query")?.value ?? "");
  });
}

/** Metrics of a router that holds requests back, or of a broker of messages. */
const ofQueue = /inference_|llm_d_|flow_control|kafka|rabbitmq|pubsub|sqs|nats|redis|queue|pending|backlog/i;

function servicesOf(graph: Graph, object: Autoscaler, { view }: StackObject<Workload>): readonly StackObject[] {
  const labels = view.template?.labels ?? new Map<string, string>();
  const selecting = [...labels].flatMap(([key, value]) => graph.lookup(`selects/${key}=${value}`));
  const whole = [...new Set(selecting)].filter((service) => {
    const { selector } = service.view as ServiceView;
    return selector.size > 0 && [...selector].every(([key, value]) => labels.get(key) === value);
  });
  return nearest(graph, object, whole);
}
