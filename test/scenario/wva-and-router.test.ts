import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hpa, scenarioIn, server } from "./stack.ts";

const variant = `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: chat-h100, labels: {inference.optimization/acceleratorName: H100}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
  modelID: Qwen/Qwen3-32B
  variantCost: "20.0"
`;
const saturation = `apiVersion: v1
kind: ConfigMap
metadata: {name: wva-saturation-scaling-config}
data:
  default: |
    kvCacheThreshold: 0.7
    queueLengthThreshold: 4
    kvSpareTrigger: 0.2
    queueSpareTrigger: 1
`;
const wvaHpa = hpa.replace(
  '{name: "vllm:num_requests_waiting"}',
  "{name: wva_desired_replicas, selector: {matchLabels: {variant_name: chat-h100}}}",
);
const keda = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: chat}
spec:
  scaleTargetRef: {name: chat}
  minReplicaCount: 1
  maxReplicaCount: 6
  pollingInterval: 0
  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus:9090
        query: QUERY
        threshold: "8"
`;
const files = { "chat.yaml": server, "hpa.yaml": wvaHpa, "variant.yaml": variant, "saturation.yaml": saturation };

describe("WVA in a scenario", () => {
  test("has its variants, thresholds and version", () => {
    const config = 'versions: {wva: "0.5.1"}\n';
    const { scenario, gaps } = scenarioIn({ ...files, "headroom.config.yaml": config });
    const { wva } = scenario;
    assert.equal(wva?.profile, "v0.5");
    assert.equal(wva?.interval.value, 30);
    assert.deepEqual(wva?.thresholds, {
      kvCacheThreshold: 0.7,
      queueLengthThreshold: 4,
      kvSpareTrigger: 0.2,
      queueSpareTrigger: 1,
    });
    assert.equal(wva?.origins?.get("kvSpareTrigger"), "saturation.yaml:8");
    assert.deepEqual(wva?.variants, [
      { name: "chat", cost: { value: 20, origin: "variant.yaml:7" }, accelerator: "H100" },
    ]);
    assert.deepEqual(scenario.signals[0]?.measure, { of: "desired-replicas", variant: "chat" });
    assert.ok(!gaps.some(({ what }) => what === "version of WVA"));
  });

  test("lists a version that nobody says", () => {
    assert.ok(scenarioIn(files).gaps.some(({ what }) => what === "version of WVA"));
  });

  test("gives a series of an unknown variant no value", () => {
    const { scenario } = scenarioIn({ ...files, "hpa.yaml": wvaHpa.replace("chat-h100", "other") });
    assert.equal(scenario.signals[0]?.missing?.value, 'no VariantAutoscaling "other" of this model is in these files');
  });
});

describe("KEDA in a scenario", () => {
  const measure = (query: string) => {
    const { scenario } = scenarioIn({ "chat.yaml": server, "keda.yaml": keda.replace("QUERY", query) });
    return scenario.signals[0]?.missing === undefined ? scenario.signals[0]?.measure : "unknown";
  };

  test("has queries that mean one thing, and no guess of others", () => {
    assert.deepEqual(measure('sum(vllm:num_requests_waiting{namespace="a"})'), {
      of: "waiting",
      over: "sum",
      variant: "chat",
    });
    assert.deepEqual(measure("sum(vllm:num_requests_running) + sum(vllm:num_requests_waiting)"), {
      of: "requests",
      over: "sum",
      variant: "chat",
    });
    assert.deepEqual(measure("sum(rate(vllm:request_success_total[2m]))"), {
      of: "finished-rate",
      over: "sum",
      variant: "chat",
      window: { value: 120 },
    });
    assert.deepEqual(measure("max(llm_d_epp_flow_control_queue_size)"), { of: "held" });
    assert.equal(measure("sum(vllm:num_requests_waiting) * 2"), "unknown");
    assert.equal(measure("sum(vllm:request_success_total)"), "unknown");
    assert.equal(measure("sum(my_metric)"), "unknown");
  });

  test("never stands still, whatever interval a file has", () => {
    const { scenario } = scenarioIn({ "chat.yaml": server, "keda.yaml": keda });
    const [scaler] = scenario.autoscalers;
    assert.ok(scaler?.kind === "keda");
    assert.equal(scaler.scaledObject.spec.pollingInterval, 1);
  });
});

describe("the router in a scenario", () => {
  const router = `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
featureGates: [flowControl]
plugins:
  - type: utilization-detector
    parameters: {kvCacheUtilThreshold: 0.6, queueDepthThreshold: 3}
  - type: queue-scorer
  - {type: prefix-cache-scorer, name: prefix}
  - type: own-scorer
schedulingProfiles:
  - name: default
    plugins:
      - {pluginRef: queue-scorer, weight: 2}
      - {pluginRef: prefix, weight: 3}
      - {pluginRef: own-scorer, weight: 1}
`;

  test("has weights, thresholds and flow control, and says which scorer is not simulated", () => {
    const { scenario, gaps } = scenarioIn({ "chat.yaml": server, "router.yaml": router });
    const { profile, detector, flowControl } = scenario.router;
    assert.deepEqual(
      profile?.scorers.map(({ scorer, weight }) => [scorer.name, weight]),
      [
        ["queue-scorer", 2],
        ["prefix-cache-scorer", 3],
      ],
    );
    assert.deepEqual(detector, {
      queueDepth: { value: 3, origin: "router.yaml:6:66" },
      kvUsage: { value: 0.6, origin: "router.yaml:6" },
    });
    assert.equal(flowControl?.timeout?.value, 60);
    assert.ok(gaps.some(({ what }) => what === "router: own-scorer"));
  });
});
