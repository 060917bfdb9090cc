import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { said } from "./support.ts";

const trigger = (name: string, query: string) => `    - type: prometheus
      name: ${name}
      metadata: {serverAddress: "http://prometheus:9090", query: ${JSON.stringify(query)}, threshold: "1"}
`;

/** Scales at once, on the router's queue by a formula. */
const guarded = (formula: string, coming: string) => ({
  "so.yaml": `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleUp:
          stabilizationWindowSeconds: 0
          policies: [{type: Percent, value: 100, periodSeconds: 15}]
    scalingModifiers: {formula: ${formula}, target: "1"}
  triggers:
${trigger("queue", "sum(llm_d_epp_flow_control_queue_size)")}${trigger("coming", coming)}`,
});

describe("a formula that knows of pods on their way", () => {
  const unavailable = 'max(kube_deployment_status_replicas_unavailable{deployment="llama"})';
  for (const rule of ["hpa/scale-up-window", "hpa/scale-up-burst"]) {
    test(`needs nothing of ${rule}`, () => {
      assert.deepEqual(said(rule, guarded("queue - coming", unavailable)), []);
    });
    test(`is another than one of two queues, for ${rule}`, () => {
      assert.equal(said(rule, guarded("queue + coming", "sum(vllm:num_requests_waiting)")).length, 1);
    });
  }
});
