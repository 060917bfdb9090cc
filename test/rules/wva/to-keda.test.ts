import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, type Files, lint } from "../../support/lint.ts";

const rule = "wva/last-version";

const autoscalers = `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: llama-h100
  namespace: llm
  labels:
    inference.optimization/acceleratorName: H100
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  modelID: meta-llama/Llama-3.1-8B-Instruct
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
  namespace: llm
spec:
  # Seven GPUs are ours.
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  minReplicas: 1
  maxReplicas: 7
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector:
            matchLabels:
              variant_name: llama-h100
        target:
          type: AverageValue
          averageValue: "1"
  behavior:
    scaleUp:
      # Twice the start of a pod.
      stabilizationWindowSeconds: 240
      policies: [{type: Pods, value: 1, periodSeconds: 120}]
    scaleDown:
      stabilizationWindowSeconds: 600
      policies: [{type: Pods, value: 1, periodSeconds: 120}]
`;

const around: Files = {
  "pool.yaml": `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama, namespace: llm}
spec:
  selector: {matchLabels: {app: llama}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: router, port: {number: 9002}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: router, namespace: llm}
data:
  router.yaml: |
    apiVersion: llm-d.ai/v1alpha1
    kind: EndpointPickerConfig
    featureGates: [flowControl]
    plugins: [{type: queue-scorer}, {type: kv-cache-utilization-scorer}]
`,
  "adapter.yaml": `prometheus: {url: "http://prometheus.monitoring.svc", port: 9090}
rules:
  external:
    - seriesQuery: wva_desired_replicas
      resources: {overrides: {exported_namespace: {resource: namespace}}}
      name: {as: wva_desired_replicas}
      metricsQuery: max(<<.Series>>{<<.LabelMatchers>>}) by (variant_name)
`,
};
const files: Files = { "scale.yaml": autoscalers, ...around };
const fixOf = (given: Files) => lint(given).find((finding) => finding.rule === rule)?.fixes[0];

describe("a ScaledObject in place of a VariantAutoscaling and its HPA", () => {
  test("is written from what they say", () => {
    const fix = fixOf(files);
    const after = applyEdits(files, fix?.edits ?? []);
    assert.equal(fix?.safe, false);
    assert.equal(
      after["scale.yaml"],
      `# ScaledObject llama has taken over.
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: llama
  namespace: llm
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  minReplicaCount: 1
  maxReplicaCount: 7
  fallback:
    failureThreshold: 3
    replicas: 1
    behavior: currentReplicasIfHigher
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleUp:
          # Twice the start of a pod.
          stabilizationWindowSeconds: 240
          policies: [{type: Pods, value: 1, periodSeconds: 120}]
        scaleDown:
          stabilizationWindowSeconds: 600
          policies: [{type: Pods, value: 1, periodSeconds: 120}]
  triggers:
    - type: prometheus
      name: saturation
      # A mean over the pods.
      metricType: Value
      metadata:
        serverAddress: http://prometheus.monitoring.svc:9090
        query: max(llm_d_epp_flow_control_pool_saturation{inference_pool="llama"})
        threshold: "0.8"
        ignoreNullValues: "false"
`,
    );
    const before = new Set(lint(files).map((finding) => finding.rule));
    const left = lint(after).filter((finding) => finding.rule === rule || !before.has(finding.rule));
    assert.deepEqual(
      left.map(({ message }) => message),
      [],
    );
  });

  const table: [title: string, change: (text: string) => string, where?: string][] = [
    ["where no maximum is written", (text) => text.replace("  maxReplicas: 7\n", "")],
    ["where the target may be empty", (text) => text.replace("minReplicas: 1", "minReplicas: 0")],
    ["where the HPA asks for more", (text) => text.replace("  metrics:\n", "  metrics:\n    - {type: Resource}\n")],
    [
      "of a model with two variants",
      (text) => `${text}---\n${text.replace(/^---[\s\S]*/m, "").replace("llama-h100", "b")}`,
    ],
    ["without a router that holds back", (text) => text.replace("[flowControl]", "[]"), "pool.yaml"],
    ["without a pool", (text) => text.replace("kind: InferencePool", "kind: InferenceObjective"), "pool.yaml"],
    ["where Prometheus wants credentials", (text) => text.replace("http://", "https://"), "adapter.yaml"],
  ];
  for (const [title, change, where = "scale.yaml"] of table) {
    test(`is not offered ${title}`, () => {
      const given = { ...files, [where]: change(files[where] ?? "") };
      assert.notEqual(given[where], files[where]);
      assert.equal(fixOf(given), undefined);
    });
  }
});
