import assert from "node:assert/strict";
import { test } from "node:test";
import { analyzeSaturation } from "../../../server/engine/wva/v1/analyze.ts";
import { collectReplicas } from "../../../server/engine/wva/v1/collect.ts";
import type { ReplicaLoad } from "../../../server/engine/wva/variant.ts";
import { allProfiles, thresholds, usual, variant } from "./model.ts";

interface Row {
  readonly says: string;
  readonly entry?: typeof usual;
  readonly replicas: readonly ReplicaLoad[];
  readonly up: "both" | "kv" | "queue" | "none";
  readonly safe: boolean;
}

/** llm-d-workload-variant-autoscaler internal/saturation/analyzer.go at v0.5.1 and its test; all releases agree. */
const rows: readonly Row[] = [
  { says: "no replicas: neither", replicas: [], up: "none", safe: false },
  { says: "little KV to spare", replicas: variant("v", 5, [0.75, 2], [0.76, 2]), up: "kv", safe: false },
  { says: "little queue to spare", replicas: variant("v", 5, [0.1, 3], [0.1, 3]), up: "queue", safe: false },
  { says: "little of both", replicas: variant("v", 5, [0.75, 4]), up: "both", safe: false },
  { says: "all saturated counts as nothing to spare", replicas: variant("v", 5, [1, 400]), up: "both", safe: false },
  { says: "two idle replicas", replicas: variant("v", 5, [0, 0], [0, 0]), up: "none", safe: true },
  { says: "one idle replica is never too many", replicas: variant("v", 5, [0, 0]), up: "none", safe: false },
  { says: "0.62 on two is 1.24 on one", replicas: variant("v", 5, [0.62, 1], [0.62, 1]), up: "none", safe: false },
  {
    says: "a spare equal to its trigger does not scale up, and is enough after a removal",
    entry: thresholds(0.75, 8, 0.25, 4),
    replicas: variant("v", 5, [0.25, 2], [0.25, 2]),
    up: "none",
    safe: true,
  },
  {
    says: "a usage equal to its threshold is saturated",
    replicas: variant("v", 5, [0.8, 0], [0, 5], [0, 0]),
    up: "none",
    safe: false,
  },
  {
    says: "a saturated replica is left out of the removal check",
    replicas: variant("v", 5, [0.95, 10], [0.1, 0], [0.1, 0]),
    up: "none",
    safe: true,
  },
  {
    says: "a trigger equal to the KV threshold scales up on any use",
    entry: thresholds(0.5, 5, 0.5, 3),
    replicas: variant("v", 5, [0.25, 0], [0.25, 0]),
    up: "kv",
    safe: false,
  },
  {
    says: "without triggers nothing ever scales up",
    entry: thresholds(0.8, 5, 0, 0),
    replicas: variant("v", 5, [1, 99], [1, 99]),
    up: "none",
    safe: false,
  },
];

for (const { says, entry = usual, replicas, up, safe } of rows)
  test(says, () => {
    for (const profile of allProfiles) {
      const { trigger, shouldScaleUp, scaleDownSafe } = analyzeSaturation(entry, replicas, profile);
      assert.deepEqual(
        { trigger, shouldScaleUp, scaleDownSafe },
        { trigger: up, shouldScaleUp: up !== "none", scaleDownSafe: safe },
      );
    }
  });

test("spares are averaged in each variant, and over variants by their replicas", () => {
  const replicas = [...variant("a", 5, [0.7, 2], [0.75, 3]), ...variant("b", 20, [0.6, 1], [0.65, 2])];
  const { avgSpareKv, avgSpareQueue, variants } = analyzeSaturation(usual, replicas, "v0.5");
  assert.ok(Math.abs(avgSpareKv - 0.125) < 1e-12);
  assert.equal(avgSpareQueue, 3);
  assert.deepEqual(
    variants.map(({ variant: name, cost, reporting, maxQueueLength }) => [name, cost, reporting, maxQueueLength]),
    [
      ["a", 5, 2, 3],
      ["b", 20, 2, 2],
    ],
  );
});

test("replicas of one variant need not stand in a row, and names that objects know are names like others", () => {
  const [first, second] = variant("__proto__", 5, [0.1, 0], [0.3, 0]);
  assert.ok(first && second);
  const { variants } = analyzeSaturation(usual, [first, ...variant("constructor", 1, [0.2, 0]), second], "main");
  assert.deepEqual(
    variants.map(({ variant: name, reporting, avgKvUsage }) => [name, reporting, avgKvUsage]),
    [
      ["__proto__", 2, 0.2],
      ["constructor", 1, 0.2],
    ],
  );
});

test("the mean usage counts saturated replicas, the mean spare does not", () => {
  const [own] = analyzeSaturation(usual, variant("v", 5, [0.85, 2], [0.4, 2], [0.55, 2]), "main").variants;
  assert.ok(own);
  assert.ok(Math.abs(own.avgKvUsage - 0.6) < 1e-12);
  assert.ok(Math.abs(own.avgSpareKv - 0.325) < 1e-12);
  assert.equal(own.maxKvUsage, 0.85);
});

test("a series that is missing or not a number counts as 0, and a pod without both is no replica", () => {
  const scraped = [
    { variant: "v", pod: "both", kvUsage: 0.5, queueLength: 2, cost: 5 },
    { variant: "v", pod: "no queue", kvUsage: 0.5, queueLength: null, cost: 5 },
    { variant: "v", pod: "no kv", kvUsage: null, queueLength: 4, cost: 5 },
    { variant: "v", pod: "neither", kvUsage: null, queueLength: null, cost: 5 },
    { variant: "v", pod: "not a number", kvUsage: Number.NaN, queueLength: Number.POSITIVE_INFINITY, cost: 5 },
  ];
  assert.deepEqual(
    collectReplicas(scraped).map(({ pod, kvUsage, queueLength }) => [pod, kvUsage, queueLength]),
    [
      ["both", 0.5, 2],
      ["no queue", 0.5, 0],
      ["no kv", 0, 4],
      ["not a number", 0, 0],
    ],
  );
});
