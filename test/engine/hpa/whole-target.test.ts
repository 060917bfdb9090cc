import assert from "node:assert/strict";
import test from "node:test";
import {
  type Milli,
  perPodUsage,
  type Tolerance,
  targetAverage,
  targetValue,
} from "../../../server/engine/hpa/public.ts";

const ten = { down: 0.1, up: 0.1 };
const maxInt64 = 2n ** 63n - 1n;

type Ready = number;
/** getUsageRatioReplicaCount; TestReplicaCalcObjectMetric, TestReplicaCalcExternalMetric and kin. */
const values: readonly (readonly [
  title: string,
  current: number,
  ready: Ready,
  target: Milli,
  values: readonly Milli[],
  tolerance: Tolerance,
  asks: readonly [number, Milli],
])[] = [
  ["ceil(20/15 of 3)", 3, 3, 15_000, [20_000], ten, [4, 20_000]],
  ["down to ceil(8.6/14.334 of 5)", 5, 5, 14_334, [8600], ten, [3, 8600]],
  ["8.6 of 8.888 is close enough", 3, 3, 8888, [8600], ten, [3, 8600]],
  ["not for a tolerance of 1 % upwards", 3, 3, 20_000, [20_666], { down: 0.1, up: 0.01 }, [4, 20_666]],
  ["the edge of the tolerance belongs to it", 10, 10, 1000, [1100], ten, [10, 1100]],
  ["series are summed", 2, 2, 1000, [1000, 3000], ten, [8, 4000]],
  ["only ready pods are multiplied: 4 wanted of 2 ready gives 8", 4, 2, 1000, [4000], ten, [8, 4000]],
  ["with none ready it asks for none", 4, 0, 1000, [4000], ten, [0, 4000]],
  ["from zero the ratio itself counts", 0, 0, 1000, [4000], ten, [4, 4000]],
  ["and no tolerance does", 0, 0, 1000, [1050], ten, [2, 1050]],
  ["nothing measured keeps zero", 0, 0, 1000, [0], ten, [0, 0]],
  ["the largest integer ends at the largest count", 3, 3, 1, [maxInt64], ten, [2_147_483_647, maxInt64]],
  ["sums stop at the end of int64", 3, 3, maxInt64, [maxInt64, maxInt64], ten, [3, maxInt64]],
  ["2^53 + 1 is not rounded in the sum", 1, 1, 2n ** 53n, [2 ** 53 - 1, 2], ten, [1, 2n ** 53n + 1n]],
];

for (const [title, currentReplicas, ready, target, series, tolerance, asks] of values) {
  test(`a metric against a value: ${title}`, () => {
    const pods = { listed: Math.max(ready, currentReplicas), ready };
    const result = targetValue({ currentReplicas, target, values: series, tolerance, pods });
    assert.ok(!("error" in result));
    assert.deepEqual([result.replicas, result.usage], asks);
  });
}

test("a value cannot be multiplied by pods that nobody knows, and need not be within the tolerance", () => {
  const input = { currentReplicas: 2, target: 1000, tolerance: ten, pods: undefined };
  const error = "no pods returned by selector while calculating replica count";
  assert.deepEqual(targetValue({ ...input, values: [5000] }), { error });
  assert.deepEqual(targetValue({ ...input, values: [5000], pods: { listed: 0, ready: 0 } }), { error });
  const within = targetValue({ ...input, values: [1000] });
  assert.ok(!("error" in within) && within.replicas === 2);
});

/** GetExternalPerPodMetricReplicas, GetObjectPerPodMetricReplicas; TestReplicaCalcExternalPerPodMetric and kin. */
const averages: readonly (readonly [
  title: string,
  status: number,
  target: Milli,
  values: readonly Milli[],
  asks: readonly [number, Milli],
])[] = [
  ["40 at 10 each", 3, 10_000, [40_000], [4, 13_334]],
  ["8.6 at 2.2 each is close enough for 4", 4, 2200, [8600], [4, 2150]],
  ["8.6 at 3 each", 5, 3000, [8600], [3, 1720]],
  ["13 wanted at 12 is within ten percent", 12, 1000, [13_000], [12, 1084]],
  ["11 wanted at 10 is too", 10, 1000, [11_000], [10, 1100]],
  ["10 wanted at 9 is not", 9, 1000, [10_000], [10, 1112]],
  ["9 wanted at 10 is within", 10, 1000, [9000], [10, 900]],
  ["several series are one sum", 2, 1000, [2000, 3000], [5, 2500]],
  ["from none", 0, 5000, [20_000], [4, 0]],
  ["nothing at none", 0, 5000, [0], [0, 0]],
  ["the largest integer ends at the largest count", 1, 1, [maxInt64], [2_147_483_647, maxInt64]],
  ["a target as large leaves it", 1, maxInt64, [maxInt64], [1, maxInt64]],
];

for (const [title, statusReplicas, target, series, asks] of averages) {
  for (const external of [true, false]) {
    test(`${external ? "an external" : "an object's"} metric against an average: ${title}`, () => {
      const result = targetAverage({ statusReplicas, target, values: series, tolerance: ten, external });
      assert.deepEqual([result.replicas, result.usage], asks);
    });
  }
}

test("a negative sum is an overflow to the controller for external averages alone", () => {
  const input = { statusReplicas: 1, target: 1000, values: [-5000], tolerance: ten };
  assert.equal(targetAverage({ ...input, external: true }).replicas, 2_147_483_647);
  assert.equal(targetAverage({ ...input, external: false }).replicas, -5);
});

/** TestGetPerPodUsage */
const perPod: readonly (readonly [Milli, number, Milli])[] = [
  [1000, 3, 334],
  [1000, 0, 0],
  [0, 3, 0],
  [maxInt64, 1, maxInt64],
  [maxInt64, 0, maxInt64],
  [2n ** 62n, 2, 2n ** 61n],
];
for (const [total, replicas, usage] of perPod) {
  test(`usage of a pod: ${total} over ${replicas} is ${usage}`, () => {
    assert.equal(perPodUsage(total, replicas), usage);
  });
}
