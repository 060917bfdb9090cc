import { variantAutoscaling } from "../../kinds/wva/variant-autoscaling.ts";
import { scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { toKeda } from "./to-keda.ts";

const migration = "https://github.com/headroom-llm/headroom/blob/main/docs/migrate-from-wva.md";

export const lastVersion = defineRule({
  id: "wva/last-version",
  title: "WVA comes to its end",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["W-21"],
  docs: {
    summary:
      "The workspace has VariantAutoscalings. Said once, at the first of them by path: the last version of WVA that upstream names is 0.9, and 0.9 no longer has the kind.",
    why: "0.8 marks VariantAutoscaling as deprecated; 0.9 finds variants by annotations on HPAs and ScaledObjects, and llm-d calls it the final version. Its guides scale by what the router measures, with KEDA or an HPA and nothing between.",
    mend: `No hurry while it runs. [From WVA to KEDA](../../migrate-from-wva.md) shows what takes the place of what, as YAML. The fix writes the ScaledObject where the files show all that it needs: the HPA in the same file, the pool, a router with flow control, and the address of Prometheus.`,
    sources: [
      "https://github.com/llm-d/llm-d/tree/main/guides/workload-autoscaling",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/releases",
    ],
  },
  examples: {
    bad: `# file: scale.yaml
apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling # <-
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
      stabilizationWindowSeconds: 240
      policies: [{type: Pods, value: 1, periodSeconds: 120}]
    scaleDown:
      stabilizationWindowSeconds: 600
      policies: [{type: Pods, value: 1, periodSeconds: 120}]
# file: router.yaml
apiVersion: inference.networking.k8s.io/v1
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
# file: adapter-values.yaml
prometheus: {url: "http://prometheus.monitoring.svc", port: 9090}
rules:
  external:
    - seriesQuery: wva_desired_replicas
      resources: {overrides: {exported_namespace: {resource: namespace}}}
      name: {as: wva_desired_replicas}
      metricsQuery: max(<<.Series>>{<<.LabelMatchers>>}) by (variant_name)
`,
    good: `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata:
  name: llama
spec:
  selector:
    matchLabels:
      app: llama
  targetPorts:
    - number: 8000
  endpointPickerRef:
    name: llama-router
    port:
      number: 9002
`,
  },
  messages: {
    ends: `WVA's last version is 0.9, and 0.9 has no VariantAutoscaling any more. Upstream now scales by the router's own metrics, with KEDA or an HPA: ${migration} shows the way.`,
  },
  reads: [variantAutoscaling],
  check({ object, graph, report }) {
    const [first] = graph.lookup(`kind/${variantAutoscaling.id}`);
    if (first !== object) return;
    report({ at: scalarAt(object.root, "kind") ?? object, message: "ends", slots: {}, fixes: toKeda(graph, object) });
  },
});
