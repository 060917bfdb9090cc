import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";

/** A ScaledObject as guides print it, for envsubst. */
const scaled = (query: string, more = "") => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: baseline, namespace: "\${NAMESPACE}"}
spec:
  scaleTargetRef: {name: "\${TARGET}"}
  minReplicaCount: 1
  maxReplicaCount: 8
  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus:9090
        query: ${query}
        threshold: "0.7"${more}
`;
const pool = `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: baseline}
spec:
  selector: {matchLabels: {app: qwen}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: epp, port: {number: 9002}}
`;
const said = (query: string, rest: Record<string, string> = {}) =>
  lint({ "so.yaml": scaled(query), ...rest }).flatMap(({ rule, severity }) => (severity === "info" ? [] : [rule]));

describe("a query with labels that are filled in later", () => {
  test("is read", () => {
    assert.deepEqual(said(`max(llm_d_epp_flow_control_pool_saturation{namespace="\${NAMESPACE}"})`), [
      "prometheus/mean-as-average-value",
    ]);
    assert.ok(said(`vllm:num_requests_waiting{namespace='\${NAMESPACE}'}`).includes("keda/several-series"));
  });
  test("names no pool yet", () => {
    const query = `sum(llm_d_epp_flow_control_queue_size{inference_pool="\${POOL}"})`;
    assert.ok(!said(query, { "pool.yaml": pool }).includes("prometheus/other-pool"));
  });
  test("is nothing to judge where more is filled in", () => {
    for (const query of [`"\${QUERY}"`, `max(\${METRIC}{namespace="a"})`, `vllm:num_requests_waiting{\${LABELS}}`])
      assert.deepEqual(said(query), []);
  });
});
