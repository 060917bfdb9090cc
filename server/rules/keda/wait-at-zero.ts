import type { Settings } from "../../config/settings.ts";
import type { Graph } from "../../graph/graph.ts";
import { podStartup } from "../../graph/pod-startup.ts";
import { routerBeside } from "../../graph/router-beside.ts";
import { routerVersionOf } from "../../graph/router-version.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import { scalesModelServers } from "../../graph/serving.ts";
import { isGateOn } from "../../kinds/epp/gates.ts";
import type { EppView } from "../../kinds/epp/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Node } from "../../text/node.ts";
import { at, stringAt } from "../../text/read.ts";
import { parseDuration } from "../../text/values/duration.ts";
import { isFrom } from "../epp/router.ts";
import { defineRule } from "../rule.ts";

const example = (ttl: string, mark: string) => `# file: headroom.config.yaml
podStartup: 240s
# file: stack.yaml
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 0${mark}
  maxReplicaCount: 8
  cooldownPeriod: 600
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleUp: {stabilizationWindowSeconds: 480}
        scaleDown: {stabilizationWindowSeconds: 600, policies: [{type: Pods, value: 1, periodSeconds: 240}]}
  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus.monitoring:9090
        query: sum(llm_d_epp_flow_control_queue_size{inference_pool="llama"})
        threshold: "5"
---
apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
featureGates: [flowControl]
plugins:
  - type: queue-scorer
flowControl:
  defaultRequestTTL: ${ttl}
`;

/** Seconds that a request waits where nothing is written, since router 0.10 (llm-d-router PR 2123). */
const usualWait = 60;

export const waitAtZero = defineRule({
  id: "keda/wait-at-zero",
  title: "Requests that give up before the first pod is there",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["HPA-05", "EPP-32"],
  docs: {
    summary:
      "A ScaledObject goes to zero, and the router lets requests wait (flowControl.noEndpointRequestTTL, else defaultRequestTTL) for less time than a pod takes to start.",
    why: "At zero, requests wait in the router, and that queue is what wakes the workload. A request that gives up before the first pod serves fails, and with all gone the queue is empty again before anything is served.",
    mend: "Let requests wait longer than a start: raise flowControl.defaultRequestTTL (60s since router 0.10), or keep one replica.",
    sources: ["https://github.com/llm-d/llm-d-router/pull/2123"],
  },
  examples: { bad: example("60s", " # <-"), good: example("300s", "") },
  messages: {
    short:
      "{object} goes to zero, a pod takes {start} s to start, and {router} lets requests wait {wait}: the first ones always fail. Raise {key} above the start, or keep a replica.",
  },
  reads: [scaledObject],
  check({ object, graph, settings, report }) {
    const { minReplicas, target } = object.view;
    // Zero is also what counts where nothing is written, but then nobody thought of it.
    if (minReplicas?.value !== 0 || !scalesModelServers(graph, object)) return;
    const router = routerBeside(graph, object);
    const wait = router === undefined ? undefined : waitIn(graph, router, settings);
    if (router === undefined || wait === undefined || wait.seconds === 0) return;
    const { seconds: start } = podStartup(object, workloadOf(graph, object, target), settings);
    if (wait.seconds >= start) return;
    report({
      at: minReplicas.node,
      message: "short",
      slots: { object: object.title, start, router: router.title, wait: wait.text, key: wait.key },
      related: [{ at: wait.node ?? router, message: "How long requests wait" }],
    });
  },
});

interface Wait {
  readonly key: string;
  readonly seconds: number;
  readonly text: string;
  readonly node: Node | undefined;
}

/** How long requests wait without a pod; 0 is for ever. Absent where flow control is off, or it is not known. */
function waitIn(graph: Graph, router: StackObject<EppView>, settings: Settings): Wait | undefined {
  const { root } = router;
  if (isGateOn(root, "flowControl") !== true) return undefined;
  const control = at(root, "flowControl");
  for (const key of ["noEndpointRequestTTL", "defaultRequestTTL"]) {
    if (at(control, key) === undefined) continue;
    const written = stringAt(control, key);
    const seconds = written === undefined ? undefined : parseDuration(written.value)?.seconds;
    if (written === undefined || seconds === undefined) return undefined;
    return { key: `flowControl.${key}`, seconds, text: written.value, node: written.node };
  }
  if (!isFrom(routerVersionOf(graph, router, settings), "0.10")) return undefined;
  const key = "flowControl.defaultRequestTTL";
  return { key, seconds: usualWait, text: `${usualWait}s (the default)`, node: undefined };
}
