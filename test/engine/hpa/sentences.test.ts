import assert from "node:assert/strict";
import test from "node:test";
import { sentence } from "../../../server/engine/decision/sentence.ts";
import { failing, perPod, perReplica, type Situation, series, syncIn, utilization, whole } from "./autoscalers.ts";
import { now, pod, pods } from "./pods.ts";

const queue = perReplica("queue", 10_000);
const wanted = (replicas: number) => [queue, series(replicas * 10_000)] as const;
const ready = (count: number) => ({ listed: count, ready: count });

const cases: readonly (Situation & { readonly tells: string })[] = [
  {
    spec: 3,
    metrics: [wanted(6)],
    tells:
      "chat: 3 -> 6, because the metric is above its target (queue per replica 20 > averageValue 10, ratio 2 > 1 + tolerance 1.1).",
  },
  {
    spec: 12,
    metrics: [wanted(13)],
    tells:
      "chat stays at 12, because the metric is as close to its target as the tolerance allows (queue per replica 10.83 > averageValue 10, ratio 1.083 <= 1 + tolerance 1.1).",
  },
  {
    spec: 12,
    behavior: { scaleUp: { tolerance: 0.05 } },
    metrics: [wanted(13)],
    tells:
      "chat: 12 -> 13, because the metric is above its target (queue per replica 10.83 > averageValue 10, ratio 1.083 > 1 + scaleUp.tolerance 1.05).",
  },
  {
    spec: 5,
    log: [
      [5, 120],
      [4, 30],
    ],
    metrics: [wanted(2), [whole("kv", 1000), { kind: "series", values: [600], pods: ready(5) }]],
    tells:
      "chat stays at 5, because every metric is below its target (kv 0.6 < value 1, ratio 0.6 < 1 - tolerance 0.9). It wanted 3; the controller's downscale-stabilization allows 5 for another 180 s. Not queue: it asks for 2.",
  },
  {
    spec: 3,
    behavior: { scaleUp: { stabilizationWindowSeconds: 60 } },
    log: [
      [4, 20],
      [3, 45],
    ],
    metrics: [wanted(6)],
    tells:
      "chat stays at 3, because the metric is above its target (queue per replica 20 > averageValue 10, ratio 2 > 1 + tolerance 1.1). It wanted 6; scaleUp.stabilizationWindowSeconds allows 3 for another 15 s.",
  },
  {
    spec: 3,
    behavior: {},
    metrics: [wanted(30)],
    tells:
      "chat: 3 -> 7, because the metric is above its target (queue per replica 100 > averageValue 10, ratio 10 > 1 + tolerance 1.1). It wanted 30; the default scaleUp.policies[0] allows 7 for another 15 s.",
  },
  {
    spec: 10,
    behavior: {
      scaleDown: { stabilizationWindowSeconds: 0, policies: [{ type: "Pods", value: 2, periodSeconds: 60 }] },
    },
    state: { downs: [{ change: 1, at: now - 40, outdated: false }] },
    metrics: [wanted(1)],
    tells:
      "chat: 10 -> 9, because every metric is below its target (queue per replica 1 < averageValue 10, ratio 0.1 < 1 - tolerance 0.9). It wanted 1; scaleDown.policies[0] allows 9 for another 20 s.",
  },
  {
    spec: 10,
    log: [],
    behavior: { scaleDown: { selectPolicy: "Disabled" } },
    metrics: [wanted(1)],
    tells:
      "chat stays at 10, because every metric is below its target (queue per replica 1 < averageValue 10, ratio 0.1 < 1 - tolerance 0.9). It wanted 1; scaleDown.selectPolicy allows 10.",
  },
  {
    spec: 3,
    metrics: [wanted(30)],
    tells:
      "chat: 3 -> 6, because the metric is above its target (queue per replica 100 > averageValue 10, ratio 10 > 1 + tolerance 1.1). It wanted 30; the limit of one step without a behavior allows 6.",
  },
  {
    spec: 5,
    max: 6,
    metrics: [wanted(9)],
    tells:
      "chat: 5 -> 6, because the metric is above its target (queue per replica 18 > averageValue 10, ratio 1.8 > 1 + tolerance 1.1). It wanted 9; maxReplicas allows 6.",
  },
  {
    spec: 5,
    min: 4,
    log: [],
    metrics: [wanted(1)],
    tells:
      "chat: 5 -> 4, because every metric is below its target (queue per replica 2 < averageValue 10, ratio 0.2 < 1 - tolerance 0.9). It wanted 1; minReplicas allows 4.",
  },
  {
    spec: 4,
    log: [],
    metrics: [wanted(2), [whole("kv", 1000), failing("no such series")]],
    tells:
      "chat stays at 4, because a metric could not be read, and the others ask for fewer replicas (queue per replica 5 < averageValue 10, ratio 0.5 < 1 - tolerance 0.9). It wanted 2; kv allows 4. Not kv: it could not be read (no such series).",
  },
  {
    spec: 4,
    metrics: [[queue, failing("timeout")]],
    tells: "chat stays at 4, because no metric could be read. Not queue: it could not be read (timeout).",
  },
  {
    spec: 2,
    max: 40,
    metrics: [[whole("wva_desired_replicas", 1000), { kind: "series", values: [4000], pods: ready(2) }]],
    tells:
      "chat: 2 -> 4, because the metric is above its target (wva_desired_replicas 4 > value 1, ratio 4 > 1 + tolerance 1.1). It wanted 8; the limit of one step without a behavior allows 4.",
  },
  {
    spec: 4,
    log: [],
    metrics: [[whole("kv", 1000), { kind: "series", values: [2000], pods: ready(1) }]],
    tells:
      "chat: 4 -> 2, because the metric is above its target, but over fewer ready pods than the target has replicas (kv 2 > value 1, ratio 2 > 1 + tolerance 1.1).",
  },
  {
    spec: 4,
    status: 6,
    metrics: [wanted(6)],
    tells:
      "chat: 4 -> 6, because the metric is within the tolerance for the replicas that status shows, and the controller keeps those (queue per replica 10 = averageValue 10, ratio 1 <= 1 + tolerance 1.1).",
  },
  {
    spec: 3,
    metrics: [
      [
        utilization("cpu", 30),
        {
          kind: "pods",
          pods: [pod({ uses: 300, requests: 1000, ready: false, startedAgo: 9 }), ...pods([500, 700], 1000)],
        },
      ],
    ],
    tells:
      "chat: 3 -> 4, because the metric is above its target (cpu utilization 60 % > averageUtilization 30 %, ratio over all pods 1.333 > 1 + tolerance 1.1).",
  },
  {
    spec: 3,
    metrics: [[perPod("qps", 15_000), { kind: "pods", pods: pods([16_600, undefined, undefined]) }]],
    tells:
      "chat stays at 3, because the change would turn around once unready pods and pods without a sample are counted in (qps per pod 16.6 > averageValue 15, ratio over all pods 0.3689 < 1 - tolerance 0.9).",
  },
  {
    spec: 0,
    status: 0,
    min: 0,
    state: { scaledToZero: true },
    metrics: [wanted(3)],
    tells: "chat: 0 -> 3, because the metric is above its target (queue 30 > averageValue 10).",
  },
  {
    spec: 0,
    min: 2,
    state: { scaledToZero: true },
    behavior: {},
    metrics: [wanted(0)],
    tells:
      "chat: 0 -> 2, because the metric asks for the replicas that are there (queue 0 < averageValue 10). It wanted 0; minReplicas allows 2.",
  },
  {
    spec: 0,
    metrics: [wanted(3)],
    tells: "chat stays at 0, because the target has no replicas, which switches autoscaling off.",
  },
  {
    spec: 0,
    min: 0,
    metrics: [wanted(3)],
    tells: "chat stays at 0, because it was not the HPA that scaled the target to zero, so it does not wake it.",
  },
  {
    spec: 30,
    metrics: [wanted(3)],
    tells:
      "chat: 30 -> 20, because there are more replicas than maxReplicas, whatever the metrics say (replicas 30 > maxReplicas 20).",
  },
  {
    spec: 1,
    min: 2,
    metrics: [wanted(3)],
    tells:
      "chat: 1 -> 2, because there are fewer replicas than minReplicas, whatever the metrics say (replicas 1 < minReplicas 2).",
  },
  {
    spec: 3,
    selectorProblem: "AmbiguousSelector",
    metrics: [wanted(5)],
    tells: "chat stays at 3, because other HPAs select the same pods.",
  },
  {
    spec: 3,
    selectorProblem: "InvalidSelector",
    metrics: [wanted(5)],
    tells: "chat stays at 3, because the scale of the target has no selector.",
  },
];

for (const { tells, ...situation } of cases) {
  test(`a sync tells: ${tells}`, () => {
    assert.equal(sentence(syncIn(situation).decision), tells);
  });
}
