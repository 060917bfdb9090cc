import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, type Files, lint } from "../../support/lint.ts";
import { all, deployment } from "../capacity/manifests.ts";

const variant = (target: string) => `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: ${target}-h100}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${target}}, modelID: m}
`;

const wva =
  "{type: External, external: {metric: {name: wva_desired_replicas, selector: {matchLabels: {variant_name: llama-h100}}}, target: {type: AverageValue, averageValue: 1}}}";
const queue =
  "{type: Pods, pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 5}}}";
const cpu = "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}";
const gpu = "{type: Resource, resource: {name: nvidia.com/gpu, target: {type: Utilization, averageUtilization: 70}}}";

const hpa = (metrics: string[], target = "llama") => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: ${target}}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${target}}
  maxReplicas: 4
  metrics: [${metrics.join(", ")}]
`;

const query = (text: string) =>
  `{type: prometheus, metadata: {serverAddress: "http://p", query: '${text}', threshold: "1"}}`;
const cron = "{type: cron, metadata: {timezone: UTC, start: 0 8 * * *, end: 0 20 * * *, desiredReplicas: '2'}}";

const scaledObject = (triggers: string[], spec = "") => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  triggers: [${triggers.join(", ")}]
${spec}
`;

const vpa = (spec: string) => `apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: llama}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  ${spec}
`;

function said(rule: string, files: Files): string[] {
  return lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(files, finding).slice(0, 40)}`);
}

const tables: Record<string, [title: string, files: Files, expected: string[]][]> = {
  "autoscaler/wva-ignored": [
    ["the HPA follows WVA", all(variant("llama"), hpa([wva])), []],
    ["the HPA follows the queue", all(variant("llama"), hpa([queue])), ["error vllm_num_requests_waiting"]],
    ["the HPA follows both: another mistake", all(variant("llama"), hpa([wva, queue])), []],
    ["no variant", all(hpa([queue])), []],
    ["a variant of another target", all(variant("qwen"), hpa([queue])), []],
    ["a metric that nobody serves is a mistake of its own", all(variant("llama"), hpa([gpu])), []],
    [
      "an older name of the metric is one too",
      all(variant("llama"), hpa([queue.replace("vllm_num_requests_waiting", "inferno_desired_replicas")])),
      [],
    ],
    [
      "KEDA follows the queue",
      all(variant("llama"), scaledObject([query("sum(vllm:num_requests_waiting)")])),
      ["error 'sum(vllm:num_requests_waiting)'"],
    ],
    ["KEDA follows WVA", all(variant("llama"), scaledObject([query("max(wva_desired_replicas)")])), []],
    ["a query that is filled in later", all(variant("llama"), scaledObject([query("${QUERY}")])), []],
    [
      "another namespace",
      all(variant("llama"), hpa([queue]).replace("name: llama}", "name: llama, namespace: b}")),
      [],
    ],
  ],
  "autoscaler/wva-beside-load": [
    ["alone", all(hpa([wva])), []],
    ["beside the queue", all(hpa([wva, queue])), ["warning vllm_num_requests_waiting"]],
    ["beside cpu", all(hpa([cpu, wva])), ["warning cpu"]],
    ["without WVA", all(hpa([cpu, queue])), []],
    [
      "KEDA, beside the queue",
      all(scaledObject([query("max(wva_desired_replicas)"), query("sum(q)")])),
      ["warning 'sum(q)'"],
    ],
    ["KEDA, beside a schedule", all(scaledObject([query("max(wva_desired_replicas)"), cron])), []],
    [
      "KEDA, in a formula",
      all(
        scaledObject(
          [query("max(wva_desired_replicas)"), query("sum(q)")],
          "  advanced: {scalingModifiers: {formula: a, target: '1'}}",
        ),
      ),
      [],
    ],
  ],
  "autoscaler/variant-not-scaled": [
    ["its target has an autoscaler", all(deployment(), variant("llama"), hpa([wva])), []],
    ["no autoscaler in sight", all(deployment(), variant("llama")), []],
    [
      "others have one",
      all(deployment(), variant("llama"), deployment({ name: "qwen" }), hpa([queue], "qwen")),
      ["warning llama-h100"],
    ],
    [
      "an autoscaler of something missing may be its own",
      all(deployment(), variant("llama"), hpa([queue], "lama")),
      [],
    ],
    [
      "an autoscaler that names it",
      all(deployment(), variant("llama"), deployment({ name: "qwen" }), hpa([wva], "qwen")),
      [],
    ],
    ["its own target is missing", all(variant("llama"), deployment({ name: "qwen" }), hpa([queue], "qwen")), []],
    [
      "a template beside",
      {
        ...all(deployment(), variant("llama"), deployment({ name: "qwen" }), hpa([queue], "qwen")),
        "t.yaml": "metadata: {{ .Values.m }}\n",
      },
      [],
    ],
  ],
  "autoscaler/vertical-on-same-resource": [
    ["both on cpu, Auto by default", all(deployment(), vpa("resourcePolicy: {}"), hpa([cpu])), ["warning llama"]],
    ["Recreate", all(deployment(), vpa("updatePolicy: {updateMode: Recreate}"), hpa([cpu])), ["warning Recreate"]],
    ["Off", all(deployment(), vpa('updatePolicy: {updateMode: "Off"}'), hpa([cpu])), []],
    ["Initial", all(deployment(), vpa("updatePolicy: {updateMode: Initial}"), hpa([cpu])), []],
    [
      "memory alone",
      all(
        deployment(),
        vpa('resourcePolicy: {containerPolicies: [{containerName: "*", controlledResources: [memory]}]}'),
        hpa([cpu]),
      ),
      [],
    ],
    [
      "a policy for each container",
      all(deployment(), vpa("resourcePolicy: {containerPolicies: [{containerName: server}]}"), hpa([cpu])),
      [],
    ],
    ["the HPA follows the queue", all(deployment(), vpa("updatePolicy: {updateMode: Auto}"), hpa([queue])), []],
    [
      "KEDA on cpu",
      all(
        deployment(),
        vpa("updatePolicy: {updateMode: Auto}"),
        scaledObject(["{type: cpu, metricType: Utilization, metadata: {value: '70'}}"]),
      ),
      ["warning Auto"],
    ],
  ],
};

for (const [rule, table] of Object.entries(tables)) {
  describe(rule, () => {
    for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));
  });
}
