import assert from "node:assert/strict";
import test from "node:test";
import { failing, perReplica, type Situation, series, syncIn, utilization } from "./autoscalers.ts";
import { pods } from "./pods.ts";

const queue = perReplica("queue", 10_000);
const idle = [[queue, series(0)]] as const;
const busy = [[queue, series(25_000)]] as const;
const cpu = [[utilization("cpu", 50), { kind: "pods", pods: pods([900], 1000) }]] as const;
const asleep = { scaledToZero: true };

interface Case extends Omit<Situation, "spec"> {
  readonly title: string;
  readonly spec: number;
  readonly ends: readonly [replicas: number, reason: string | undefined, scaledToZero: boolean];
}

/** horizontal.go of 1.36 and later: ScaledToZero tells a count that the HPA took to zero from one that a person did. */
const cases: readonly Case[] = [
  {
    title: "the last replica goes and the HPA remembers",
    spec: 3,
    min: 0,
    log: [],
    metrics: idle,
    ends: [0, "ScaledToZero", true],
  },
  { title: "then load wakes it", spec: 0, min: 0, metrics: busy, state: asleep, ends: [3, "NotScaledToZero", false] },
  { title: "and nothing does not", spec: 0, min: 0, metrics: idle, state: asleep, ends: [0, undefined, true] },
  { title: "a person's zero is never woken", spec: 0, min: 0, metrics: busy, ends: [0, undefined, false] },
  {
    title: "before 1.36 it is",
    spec: 0,
    min: 0,
    metrics: busy,
    settings: { wakesFromZero: "metrics" },
    ends: [3, undefined, false],
  },
  {
    title: "before 1.36 it is not with a minimum",
    spec: 0,
    min: 1,
    metrics: busy,
    settings: { wakesFromZero: "metrics" },
    ends: [0, undefined, false],
  },
  {
    title: "a minimum raised while it slept holds at once",
    spec: 0,
    min: 2,
    metrics: idle,
    state: asleep,
    ends: [2, "NotScaledToZero", false],
  },
  {
    title: "with a behavior too",
    spec: 0,
    min: 2,
    behavior: { scaleUp: { stabilizationWindowSeconds: 300 } },
    log: [[0, 10]],
    metrics: busy,
    state: asleep,
    ends: [2, "NotScaledToZero", false],
  },
  {
    title: "a metric that cannot be read keeps it asleep",
    spec: 0,
    min: 0,
    metrics: [[queue, failing()]],
    state: asleep,
    ends: [0, undefined, true],
  },
  {
    title: "cpu sees no pods at zero and wakes nothing",
    spec: 0,
    min: 0,
    metrics: cpu,
    state: asleep,
    ends: [0, undefined, true],
  },
  {
    title: "any other change forgets the sleep",
    spec: 3,
    min: 0,
    metrics: [[queue, series(50_000)]],
    state: asleep,
    ends: [5, "NotScaledToZero", false],
  },
  {
    title: "a share of zero never leaves it",
    spec: 0,
    min: 0,
    behavior: { scaleUp: { policies: [{ type: "Percent", value: 100, periodSeconds: 15 }] } },
    metrics: busy,
    state: asleep,
    ends: [0, undefined, true],
  },
];

for (const { title, ends, ...situation } of cases) {
  test(`scale to zero: ${title}`, () => {
    const { replicas, conditions, state } = syncIn(situation);
    assert.deepEqual([replicas, conditions.scaledToZero?.reason, state.scaledToZero], ends);
  });
}
