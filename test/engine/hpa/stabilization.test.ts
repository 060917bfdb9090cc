import assert from "node:assert/strict";
import test from "node:test";
import { type Recommendation, stabilize, stabilizeScaleDown } from "../../../server/engine/hpa/public.ts";

const now = 10_000;
/** [replicas, age in seconds] */
type Log = readonly (readonly [number, number])[];
const logOf = (log: Log): Recommendation[] => log.map(([replicas, age]) => ({ replicas, at: now - age }));
const ofLog = (log: readonly Recommendation[]) => log.map(({ replicas, at }) => [replicas, now - at]);

/** stabilizeRecommendation; TestNormalizeDesiredReplicas. The window is 300 s. */
const withoutBehavior: readonly (readonly [string, number, Log, number, Log])[] = [
  ["nothing is remembered at first", 5, [], 5, [[5, 0]]],
  [
    "the highest of the window holds",
    3,
    [
      [4, 120],
      [5, 60],
    ],
    5,
    [
      [4, 120],
      [5, 60],
      [3, 0],
    ],
  ],
  [
    "lower ones do not",
    3,
    [
      [1, 120],
      [2, 60],
    ],
    3,
    [
      [1, 120],
      [2, 60],
      [3, 0],
    ],
  ],
  [
    "a scale-up never waits",
    9,
    [[4, 1]],
    9,
    [
      [4, 1],
      [9, 0],
    ],
  ],
  [
    "exactly one window old still counts",
    5,
    [[10, 300]],
    10,
    [
      [10, 300],
      [5, 0],
    ],
  ],
  ["older gives its place", 5, [[10, 301]], 5, [[5, 0]]],
  [
    "of several older ones the last does",
    3,
    [
      [9, 400],
      [4, 100],
      [8, 301],
    ],
    4,
    [
      [9, 400],
      [4, 100],
      [3, 0],
    ],
  ],
];

for (const [title, desired, log, replicas, after] of withoutBehavior) {
  test(`stabilisation without behavior: ${title}`, () => {
    const stabilized = stabilizeScaleDown(desired, 300, logOf(log), now);
    assert.deepEqual([stabilized.replicas, ofLog(stabilized.log)], [replicas, after]);
  });
}

type Windows = readonly [up: number, down: number];
/** stabilizeRecommendationWithBehaviors; TestScalingWithRules, TestNormalizeDesiredReplicasWithBehavior and kin. */
const withBehavior: readonly (readonly [string, number, number, Windows, Log, number, Log])[] = [
  [
    "a window of 0 holds no scale-up",
    1,
    3,
    [0, 300],
    [
      [4, 120],
      [5, 60],
    ],
    3,
    [
      [4, 120],
      [5, 60],
      [3, 0],
    ],
  ],
  [
    "nor a scale-down",
    8,
    3,
    [300, 0],
    [
      [4, 120],
      [5, 60],
    ],
    3,
    [
      [4, 120],
      [5, 60],
      [3, 0],
    ],
  ],
  [
    "up to the lowest of the window",
    1,
    100,
    [300, 0],
    [
      [10, 6000],
      [6, 60],
      [5, 120],
    ],
    5,
    [
      [100, 0],
      [6, 60],
      [5, 120],
    ],
  ],
  [
    "down to the highest of the window",
    10,
    2,
    [0, 300],
    [
      [7, 200],
      [4, 60],
    ],
    7,
    [
      [7, 200],
      [4, 60],
      [2, 0],
    ],
  ],
  [
    "each direction looks into its own window",
    5,
    8,
    [60, 300],
    [
      [3, 200],
      [6, 30],
    ],
    6,
    [
      [3, 200],
      [6, 30],
      [8, 0],
    ],
  ],
  [
    "a count between the two stays",
    2,
    1,
    [300, 300],
    [
      [2, 6000],
      [3, 180],
    ],
    2,
    [
      [1, 0],
      [3, 180],
    ],
  ],
  [
    "up but not past what was lower",
    4,
    9,
    [300, 300],
    [[2, 10]],
    4,
    [
      [2, 10],
      [9, 0],
    ],
  ],
  [
    "exactly one window old counts no more, and keeps its place",
    1,
    9,
    [60, 60],
    [[2, 60]],
    9,
    [
      [2, 60],
      [9, 0],
    ],
  ],
  [
    "older than one window alone keeps its place",
    1,
    9,
    [60, 300],
    [[2, 61]],
    9,
    [
      [2, 61],
      [9, 0],
    ],
  ],
  ["older than both gives it", 1, 9, [60, 300], [[2, 301]], 9, [[9, 0]]],
];

for (const [title, current, desired, [up, down], log, replicas, after] of withBehavior) {
  test(`stabilisation with behavior: ${title}`, () => {
    const windows = { scaleUpSeconds: up, scaleDownSeconds: down };
    const stabilized = stabilize(current, desired, windows, logOf(log), now);
    assert.deepEqual([stabilized.replicas, ofLog(stabilized.log)], [replicas, after]);
  });
}

test("stabilisation leaves the log it was given as it was", () => {
  const log = Object.freeze(logOf([[10, 400]]));
  stabilizeScaleDown(3, 300, log, now);
  stabilize(1, 3, { scaleUpSeconds: 0, scaleDownSeconds: 0 }, log, now);
  assert.deepEqual(ofLog(log), [[10, 400]]);
});
