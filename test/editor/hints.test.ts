import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Showcase } from "./support/shown.ts";

const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: chat}
spec:
  maxReplicas: 8
  metrics:
    - type: Pods
      pods: {metric: {name: usage}, target: {type: AverageValue, averageValue: 500m}}
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 1800
    scaleDown:
      policies:
        - {type: Pods, value: 1, periodSeconds: 90}
`;
const half = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: half}
spec:
  minReplicas: 1
  maxReplicas: 8
  behavior:
    scaleDown: {selectPolicy: Disabled}
`;
const sleeping = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: sleeping}
spec:
  maxReplicaCount: 4
  cooldownPeriod: 3600
`;
const awake = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: awake}
spec:
  minReplicaCount: 1
`;
const pod = `apiVersion: v1
kind: Pod
metadata: {name: chat}
spec:
  terminationGracePeriodSeconds: 45
  activeDeadlineSeconds: "7200"
  containers:
    - name: vllm
      resources: {limits: {memory: 150Gi}, requests: {memory: 161061273600}}
`;
const thresholds = `apiVersion: v1
kind: ConfigMap
metadata: {name: wva-saturation-scaling-config}
data:
  default: |
    kvCacheThreshold: 0.7
    queueLengthThreshold: 8
  llama: |
    model_id: llama
    namespace: llm
    kvCacheThreshold: 0.9
    kvSpareTrigger: 0.2
`;

const files: Record<string, string> = {
  "hpa.yaml": hpa,
  "half.yaml": half,
  "sleeping.yaml": sleeping,
  "awake.yaml": awake,
  "pod.yaml": pod,
  "thresholds.yaml": thresholds,
  "old/headroom.config.yaml": "versions: {wva: 0.4.2}\n",
  "old/thresholds.yaml": thresholds,
  "later/headroom.config.yaml": "versions: {wva: 0.5.1}\n",
  "later/thresholds.yaml": thresholds,
};

describe("hints", { timeout: 120_000 }, () => {
  const show = new Showcase(files);

  const table: [what: string, file: string, ...told: string[]][] = [
    [
      "what sections of an HPA leave out, and hard units, one to a line",
      "hpa.yaml",
      "4: spec: ‹minReplicas 1›",
      "8: pods: {metric: {name: usage}, target: {type: AverageValue, averageValue: 500m ‹0.5›",
      "10: scaleUp: ‹at most 4 pods or 100 % in 15 s›",
      "11: stabilizationWindowSeconds: 1800 ‹30 min›",
      "12: scaleDown: ‹window 300 s›",
      "14: - {type: Pods, value: 1, periodSeconds: 90 ‹1 min 30 s›",
    ],
    [
      "a direction that is not written",
      "half.yaml",
      "7: behavior: ‹scaleUp window 0 s, at most 4 pods or 100 % in 15 s›",
    ],
    [
      "how often a ScaledObject that sleeps is looked at",
      "sleeping.yaml",
      "4: spec: ‹minReplicaCount 0, pollingInterval 30 s›",
      "6: cooldownPeriod: 3600 ‹1 h›",
    ],
    ["not what is without effect", "awake.yaml", "4: spec: ‹maxReplicaCount 100›"],
    [
      "bytes and long times, and not what is readable",
      "pod.yaml",
      '6: activeDeadlineSeconds: "7200" ‹2 h›',
      "9: resources: {limits: {memory: 150Gi}, requests: {memory: 161061273600 ‹150 GiB (161.1 GB)›",
    ],
    ["no thresholds where no version is known", "thresholds.yaml"],
    [
      "what WVA 0.4 takes from the entry default",
      "old/thresholds.yaml",
      "5: default: | ‹kvSpareTrigger 0.1, queueSpareTrigger 3›",
      "8: llama: | ‹queueLengthThreshold 8, queueSpareTrigger 3›",
    ],
    [
      "nothing of an entry that WVA 0.5 does not read",
      "later/thresholds.yaml",
      "5: default: | ‹kvSpareTrigger 0, queueSpareTrigger 0›",
    ],
  ];
  for (const [what, file, ...told] of table) {
    test(`tell ${what}`, async () => assert.deepEqual(await show.hints(file, files[file] ?? ""), told));
  }

  test("are of the lines that are asked for alone", async () => {
    const range = { start: { line: 10, character: 0 }, end: { line: 11, character: 0 } };
    assert.deepEqual(await show.hints("hpa.yaml", hpa, range), ["11: stabilizationWindowSeconds: 1800 ‹30 min›"]);
  });
});

describe("hints that are switched off", { timeout: 120_000 }, () => {
  const show = new Showcase(files, { initializationOptions: { hints: { enabled: false } } });
  test("are none", async () => assert.deepEqual(await show.hints("hpa.yaml", hpa), []));
});
