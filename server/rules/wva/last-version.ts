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
    bad: `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling # <-
metadata:
  name: llama
  labels:
    inference.optimization/acceleratorName: H100
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  modelID: meta-llama/Llama-3.1-8B-Instruct
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
