import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";

const rule = "prometheus/flow-control-off";

const trigger = (query: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  triggers:
    - type: prometheus
      metadata: {serverAddress: "http://prometheus:9090", query: "${query}", threshold: "5"}
`;

const router = (gates: string) => `---
apiVersion: inference.networking.x-k8s.io/v1alpha1
kind: EndpointPickerConfig
${gates}plugins: [{type: queue-scorer}]
`;

describe(rule, () => {
  const queue = trigger("sum(llm_d_epp_flow_control_queue_size)");
  for (const [name, text, count] of [
    ["no gate is written", queue + router(""), 1],
    ["the gate is off", queue + router("featureGates: [flowControl=false]\n"), 1],
    ["the gate is on", queue + router("featureGates: [flowControl]\n"), 0],
    ["the gate is filled in later", queue + router("featureGates: ['{{ .gate }}']\n"), 0],
    ["no router in sight", queue, 0],
    ["two routers", queue + router("") + router(""), 0],
    ["another metric of the router", trigger("sum(llm_d_epp_request_running)") + router(""), 0],
  ] as const) {
    test(`${name}: ${count}`, () => {
      assert.equal(lint({ "a.yaml": text }).filter((finding) => finding.rule === rule).length, count);
    });
  }
});
