import assert from "node:assert/strict";
import test from "node:test";
import { controllerDefaults, type Pod, resourceUtilization } from "../../../server/engine/hpa/public.ts";
import { now, pod, pods } from "./pods.ts";

const settings = { ...controllerDefaults, cpuInitializationPeriodSeconds: 120, initialReadinessDelaySeconds: 10 };
const ten = { down: 0.1, up: 0.1 };

interface Case {
  readonly title: string;
  readonly current: number;
  readonly target: number;
  readonly pods: readonly Pod[];
  readonly resource?: string;
  readonly tolerance?: { readonly down: number; readonly up: number };
  readonly asks: readonly [replicas: number, utilization: number, average: number];
}

const starting = { startedAgo: 0, readyAgo: 0 };

/** GetResourceReplicas; first column of TestReplicaCalcResourceScale, TestReplicaCalcResourceMissingMetrics and kin. */
const cases: readonly Case[] = [
  { title: "ceil(50/30 of 3)", current: 3, target: 30, pods: pods([300, 500, 700], 1000), asks: [5, 50, 500] },
  {
    title: "an unready pod is left out of the average and counts as idle on the way up: ceil(40/30 of 3)",
    current: 3,
    target: 30,
    pods: [pod({ uses: 300, requests: 1000, ready: false }), ...pods([500, 700], 1000)],
    asks: [4, 60, 600],
  },
  {
    title: "a pod that just started does so too",
    current: 3,
    target: 30,
    pods: [pod({ uses: 300, requests: 1000, ...starting }), ...pods([500, 700], 1000)],
    asks: [4, 60, 600],
  },
  {
    title: "of memory it counts like any other",
    current: 3,
    target: 30,
    resource: "memory",
    pods: [pod({ uses: 300, requests: 1000, ...starting }), ...pods([500, 700], 1000)],
    asks: [5, 50, 500],
  },
  {
    title: "unready pods that would turn the change around keep the count",
    current: 3,
    target: 30,
    pods: [
      pod({ uses: 400, requests: 1000 }),
      ...[500, 700].map((uses) => pod({ uses, requests: 1000, ready: false })),
    ],
    asks: [3, 40, 400],
  },
  {
    title: "ceil(28/50 of 5)",
    current: 5,
    target: 50,
    pods: pods([100, 300, 500, 250, 250], 1000),
    asks: [3, 28, 280],
  },
  {
    title: "on the way down unready pods stay out",
    current: 5,
    target: 50,
    pods: [...pods([100, 300, 500], 1000), ...[250, 250].map((uses) => pod({ uses, requests: 1000, ...starting }))],
    asks: [2, 30, 300],
  },
  {
    title: "pods that ended or are being deleted count for nothing",
    current: 2,
    target: 30,
    pods: [
      ...pods([500, 700], 1000),
      pod({ requests: 1000, deleted: true }),
      pod({ requests: 1000, phase: "Succeeded" }),
    ],
    asks: [4, 60, 600],
  },
  {
    title: "a missing pod uses all it requests on the way down: (20 + 100)/2 of 80",
    current: 2,
    target: 80,
    pods: pods([200, undefined], 1000),
    asks: [2, 20, 200],
  },
  {
    title: "or the target, where that is above 100 %",
    current: 3,
    target: 200,
    pods: pods([100, 100, undefined], 1000),
    asks: [2, 10, 100],
  },
  {
    title: "a missing pod is idle on the way up",
    current: 3,
    target: 30,
    pods: pods([600, 600, undefined], 1000),
    asks: [4, 60, 600],
  },
  {
    title: "exactly on target nothing is assumed of it",
    current: 2,
    target: 50,
    pods: pods([500, undefined], 1000),
    asks: [2, 50, 500],
  },
  {
    title: "samples of pods that the selector does not list are not counted",
    current: 4,
    target: 100,
    pods: [...pods([4000, 9500, 3000, 7000], 1000), pod({ uses: 3200, listed: false })],
    asks: [24, 587, 5875],
  },
  {
    title: "11 % above is within a tolerance of 11 %",
    current: 3,
    target: 100,
    tolerance: { down: 0, up: 0.11 },
    pods: pods([1110, 1110, 1110], 1000),
    asks: [3, 111, 1110],
  },
  {
    title: "and above one of 10 %",
    current: 3,
    target: 100,
    pods: pods([1110, 1110, 1110], 1000),
    asks: [4, 111, 1110],
  },
  {
    title: "percent are cut off: 50.999 % is 50 %",
    current: 2,
    target: 50,
    tolerance: { down: 0, up: 0 },
    pods: pods([50_999, 50_999], 100_000),
    asks: [2, 50, 50_999],
  },
  {
    title: "memory beyond 2^53 in thousandths of a byte times 100 is exact",
    current: 2,
    target: 50,
    resource: "memory",
    // 100 Gi and 1 m more than half of it.
    pods: pods([107_374_182_400_000 / 2 + 1, 107_374_182_400_000 / 2], 107_374_182_400_000),
    asks: [2, 50, 53_687_091_200_000],
  },
];

for (const { title, current, target, resource = "cpu", tolerance = ten, pods, asks } of cases) {
  test(`utilization: ${title}`, () => {
    const input = { currentReplicas: current, target, resource, tolerance, pods, now };
    const result = resourceUtilization(input, settings);
    assert.ok(!("error" in result));
    assert.deepEqual([result.replicas, result.utilization, result.usage], asks);
  });
}

const failures: readonly (readonly [string, readonly Pod[], string])[] = [
  ["no pods", [], "no pods returned by selector while calculating replica count"],
  ["no sample", pods([undefined], 1000), "did not receive metrics for targeted pods (pods might be unready)"],
  [
    "samples of unready pods alone",
    [pod({ uses: 1, requests: 1000, ready: false, startedAgo: 1 })],
    "did not receive metrics for targeted pods (pods might be unready)",
  ],
  ["a pod without a request", [...pods([400], 1000), pod({ uses: 400 })], "missing request for cpu"],
  ["a pod being deleted without a request", [...pods([400], 1000), pod({ deleted: true })], "missing request for cpu"],
  ["requests of nothing", pods([400], 0), "no metrics returned matched known pods"],
];

for (const [title, pods, error] of failures) {
  test(`utilization cannot be told with ${title}`, () => {
    const input = { currentReplicas: 1, target: 50, resource: "cpu", tolerance: ten, pods, now };
    assert.deepEqual(resourceUtilization(input, settings), { error });
  });
}
