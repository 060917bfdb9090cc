import assert from "node:assert/strict";
import test from "node:test";
import { controllerDefaults, type Milli, type Pod, podsAverage } from "../../../server/engine/hpa/public.ts";
import { now, pod, pods } from "./pods.ts";

interface Case {
  readonly title: string;
  readonly current: number;
  readonly target: Milli;
  readonly pods: readonly Pod[];
  readonly resource?: string;
  readonly asks: readonly [replicas: number, usage: Milli];
}

/** calcPlainMetricReplicas; TestReplicaCalcPodMetric, TestReplicaCalcMissingMetrics and kin. */
const cases: readonly Case[] = [
  { title: "20/15 of 3", current: 3, target: 15_000, pods: pods([20_000, 10_000, 30_000]), asks: [4, 20_000] },
  {
    title: "the average is cut off",
    current: 3,
    target: 20_000,
    pods: pods([20_000, 21_000, 21_000]),
    asks: [3, 20_666],
  },
  {
    title: "down to 12/20 of 5",
    current: 5,
    target: 20_000,
    pods: pods([12e3, 12e3, 12e3, 12e3, 12e3]),
    asks: [3, 12_000],
  },
  {
    title: "a Running pod that is not ready counts",
    current: 3,
    target: 15_000,
    pods: [pod({ uses: 50_000, ready: false, startedAgo: 0 }), ...pods([15_000, 30_000])],
    asks: [7, 31_666],
  },
  {
    title: "a pending pod is idle on the way up",
    current: 3,
    target: 15_000,
    pods: [pod({ phase: "Pending" }), ...pods([30_000, 60_000])],
    asks: [6, 45_000],
  },
  {
    title: "a pod without a sample is on target on the way down: a rolling update's extra pod does not add one",
    current: 2,
    target: 17_000,
    pods: pods([10_000, 10_000, undefined]),
    asks: [2, 10_000],
  },
  {
    title: "and idle on the way up, which may come to rest within the tolerance",
    current: 4,
    target: 10_000,
    pods: pods([21_000, 21_000, undefined, undefined]),
    asks: [4, 21_000],
  },
  {
    title: "but never turns the change around",
    current: 3,
    target: 15_000,
    pods: pods([16_600, undefined, undefined]),
    asks: [3, 16_600],
  },
  {
    title: "exactly on target nothing is assumed of it",
    current: 2,
    target: 10_000,
    pods: pods([10_000, undefined]),
    asks: [2, 10_000],
  },
  {
    title: "on the way down a pending pod stays out",
    current: 3,
    target: 10_000,
    pods: [pod({ phase: "Pending" }), ...pods([9500, 9500])],
    asks: [3, 9500],
  },
  {
    title: "of cpu by value a starting pod is idle",
    current: 3,
    target: 300,
    resource: "cpu",
    pods: [pod({ uses: 900, ready: false, startedAgo: 5 }), ...pods([600, 600])],
    asks: [4, 600],
  },
  {
    title: "samples of pods that the selector does not list are averaged in",
    current: 1,
    target: 1000,
    pods: [...pods([1000]), pod({ uses: 3000, listed: false })],
    asks: [2, 2000],
  },
  {
    title: "sums beyond 2^53 are exact",
    current: 2,
    target: 2 ** 53 - 1,
    pods: pods([2 ** 53 - 1, 2 ** 53 - 3]),
    asks: [2, 2 ** 53 - 2],
  },
  {
    title: "samples beyond 2^53 are too",
    current: 1,
    target: 2n ** 60n,
    pods: pods([2n ** 60n + 3n]),
    asks: [1, 2n ** 60n + 3n],
  },
];

for (const { title, current, target, resource = "", pods, asks } of cases) {
  test(`average of pods: ${title}`, () => {
    const input = { currentReplicas: current, target, resource, tolerance: { down: 0.1, up: 0.1 }, pods, now };
    const result = podsAverage(input, controllerDefaults);
    assert.ok(!("error" in result));
    assert.deepEqual([result.replicas, result.usage], asks);
  });
}

test("an average of pods cannot be told without pods, nor without samples", () => {
  const input = { currentReplicas: 1, target: 1000, resource: "", tolerance: { down: 0.1, up: 0.1 }, now };
  assert.deepEqual(podsAverage({ ...input, pods: [] }, controllerDefaults), {
    error: "no pods returned by selector while calculating replica count",
  });
  assert.deepEqual(podsAverage({ ...input, pods: pods([undefined]) }, controllerDefaults), {
    error: "did not receive metrics for targeted pods (pods might be unready)",
  });
});
