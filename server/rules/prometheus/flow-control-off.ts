import { routerBeside } from "../../graph/router-beside.ts";
import { isGateOn } from "../../kinds/epp/gates.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { at, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { placeOf, readQueriesOf } from "./queries.ts";

const example = (gates: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleUp: {stabilizationWindowSeconds: 180}
  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus.monitoring:9090
        query: sum(llm_d_epp_flow_control_queue_size{inference_pool="llama"})MARK
        threshold: "5"
---
apiVersion: inference.networking.x-k8s.io/v1alpha1
kind: EndpointPickerConfig
${gates}plugins:
  - type: queue-scorer
`;

export const flowControlOff = defineRule({
  id: "prometheus/flow-control-off",
  title: "Trigger on flow control that is switched off",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: [],
  docs: {
    summary: "A KEDA trigger reads a flow control metric of the router, whose configuration has the feature gate off.",
    why: "The router has these series only with its gate flowControl. Without them the query is empty, KEDA takes that for 0 by default, and the workload never scales out.",
    mend: "Add flowControl to featureGates of the EndpointPickerConfig and restart the router, or scale on another metric such as llm_d_epp_request_running.",
    sources: ["https://github.com/llm-d/llm-d-inference-scheduler/blob/main/docs/metrics.md"],
  },
  examples: {
    bad: example("").replace("MARK", " # <-"),
    good: example("featureGates: [flowControl]\n").replace("MARK", ""),
  },
  messages: {
    off: "{object}: {metric} exists only with the router's feature gate flowControl, which {router} does not switch on. The query is empty and the trigger never scales out.",
  },
  reads: [scaledObject],
  check({ object, graph, report }) {
    const reads = readQueriesOf(object).flatMap(({ query, series }) => series.map((one) => ({ query, one })));
    const found = reads.filter(({ one }) => /^(?:llm_d_epp|inference_extension)_flow_control_/.test(one.name.text));
    if (found.length === 0) return;
    const router = routerBeside(graph, object);
    if (router === undefined || !isOff(router)) return;
    for (const { query, one } of found) {
      const slots = { object: object.title, metric: one.name.text, router: router.title };
      const related = [{ at: router, message: "The router's configuration" }];
      report({ at: placeOf(query, one.name) ?? query.node, message: "off", slots, related });
    }
  },
});

/** Only whole configurations tell: guides print parts of them. */
function isOff({ root }: StackObject): boolean {
  if (stringAt(root, "kind") === undefined || at(root, "plugins") === undefined) return false;
  return isGateOn(root, "flowControl") === false;
}
