import assert from "node:assert/strict";
import test from "node:test";
import {
  type Behavior,
  changeWithin,
  controllerDefaults,
  fillBehavior,
  limitByBehavior,
  limitWithoutBehavior,
  type Policy,
  type ScaleEvent,
  scaleDownLimit,
  scaleUpLimit,
  storeEvent,
} from "../../../server/engine/hpa/public.ts";

const now = 10_000;
/** [change, age in seconds] */
type Events = readonly (readonly [number, number])[];
const events = (list: Events): ScaleEvent[] =>
  list.map(([change, age]) => ({ change, at: now - age, outdated: false }));
const pods = (value: number, periodSeconds = 60): Policy => ({ type: "Pods", value, periodSeconds });
const percent = (value: number, periodSeconds = 60): Policy => ({ type: "Percent", value, periodSeconds });

/** convertDesiredReplicasWithRules; TestConvertDesiredReplicasWithRules. [current, desired, min, max] */
const legacy: readonly (readonly [string, readonly [number, number, number, number], number, string])[] = [
  ["zero where the minimum is", [1, 0, 0, 10], 0, "DesiredWithinRange"],
  ["never below the minimum", [5, 1, 3, 10], 3, "TooFewReplicas"],
  ["to 4 at least", [1, 50, 1, 100], 4, "ScaleUpLimit"],
  ["to double at most", [3, 50, 1, 100], 6, "ScaleUpLimit"],
  ["the maximum is the limit at double", [5, 50, 1, 10], 10, "TooManyReplicas"],
  ["the maximum before double", [20, 1000, 1, 10], 10, "TooManyReplicas"],
  ["down as far as it likes", [100, 1, 1, 100], 1, "DesiredWithinRange"],
];

for (const [title, [current, desired, minReplicas, maxReplicas], replicas, reason] of legacy) {
  test(`without behavior: ${title}`, () => {
    assert.deepEqual(limitWithoutBehavior(current, desired, { minReplicas, maxReplicas }), { replicas, reason });
  });
}

interface Rate {
  readonly title: string;
  readonly change: readonly [current: number, desired: number];
  readonly bounds?: readonly [min: number, max: number];
  readonly behavior?: Behavior;
  readonly ups?: Events;
  readonly downs?: Events;
  readonly leaves: readonly [replicas: number, reason: string];
}

/** convertDesiredReplicasWithBehaviorRate; TestScalingWithRules. */
const rates: readonly Rate[] = [
  { title: "the default adds four or doubles, whichever is more", change: [3, 50], leaves: [7, "ScaleUpLimit"] },
  { title: "from 10 it doubles", change: [10, 50], leaves: [20, "ScaleUpLimit"] },
  { title: "from 0 it adds four", change: [0, 50], bounds: [0, 100], leaves: [4, "ScaleUpLimit"] },
  { title: "the default removes all", change: [10, 1], leaves: [1, "DesiredWithinRange"] },
  { title: "within both", change: [5, 7], bounds: [3, 8], leaves: [7, "DesiredWithinRange"] },
  { title: "maxReplicas first", change: [20, 1000], bounds: [1, 10], leaves: [10, "TooManyReplicas"] },
  { title: "minReplicas last", change: [10, 0], bounds: [1, 1000], leaves: [1, "TooFewReplicas"] },
  {
    title: "one percent of three is rounded up to one",
    change: [3, 1000],
    bounds: [1, 2000],
    behavior: { scaleUp: { policies: [percent(1)] } },
    leaves: [4, "ScaleUpLimit"],
  },
  {
    title: "a share of nothing is nothing",
    change: [0, 5],
    bounds: [0, 10],
    behavior: { scaleUp: { policies: [percent(100)] } },
    leaves: [0, "ScaleUpLimit"],
  },
  {
    title: "Min takes the smaller step up",
    change: [10, 50],
    behavior: { scaleUp: { selectPolicy: "Min", policies: [pods(2), percent(50)] } },
    leaves: [12, "ScaleUpLimit"],
  },
  {
    title: "and the smaller step down",
    change: [10, 1],
    behavior: { scaleDown: { selectPolicy: "Min", policies: [pods(2), percent(50)] } },
    leaves: [8, "ScaleDownLimit"],
  },
  {
    title: "Max the larger",
    change: [10, 1],
    behavior: { scaleDown: { policies: [pods(2), percent(50)] } },
    leaves: [5, "ScaleDownLimit"],
  },
  {
    title: "Disabled keeps the count upwards",
    change: [2, 9],
    behavior: { scaleUp: { selectPolicy: "Disabled" } },
    leaves: [2, "ScaleUpLimit"],
  },
  {
    title: "and downwards",
    change: [10, 2],
    behavior: { scaleDown: { selectPolicy: "Disabled" } },
    leaves: [10, "ScaleDownLimit"],
  },
  {
    title: "what a period has added counts: (100 - 15) x 3",
    change: [100, 500],
    bounds: [1, 1000],
    behavior: { scaleUp: { policies: [percent(200, 120)] } },
    ups: [
      [1, 100],
      [5, 60],
      [9, 20],
    ],
    leaves: [255, "ScaleUpLimit"],
  },
  {
    title: "what it has removed does too: (6 - 4 + 2) x 4",
    change: [6, 24],
    behavior: { scaleUp: { policies: [percent(300, 300)] } },
    ups: [[4, 60]],
    downs: [[2, 60]],
    leaves: [16, "ScaleUpLimit"],
  },
  {
    title: "downwards: (10 - 2 + 4) / 2",
    change: [10, 1],
    behavior: { scaleDown: { policies: [percent(50, 180)] } },
    ups: [[2, 60]],
    downs: [[4, 60]],
    leaves: [6, "ScaleDownLimit"],
  },
  {
    title: "half of nine is cut off to four",
    change: [9, 1],
    behavior: { scaleDown: { policies: [percent(50)] } },
    leaves: [4, "ScaleDownLimit"],
  },
  {
    title: "a period that has used its share stands still",
    change: [10, 50],
    behavior: { scaleUp: { policies: [pods(4)] } },
    ups: [[6, 30]],
    leaves: [10, "ScaleUpLimit"],
  },
  {
    title: "downwards too",
    change: [10, 1],
    behavior: { scaleDown: { policies: [pods(4)] } },
    downs: [[6, 30]],
    leaves: [10, "ScaleDownLimit"],
  },
  {
    title: "an event exactly one period old counts no more",
    change: [10, 50],
    behavior: { scaleUp: { policies: [pods(4)] } },
    ups: [[4, 60]],
    leaves: [14, "ScaleUpLimit"],
  },
];

for (const { title, change, bounds = [1, 100], behavior = {}, ups = [], downs = [], leaves } of rates) {
  test(`with behavior: ${title}`, () => {
    const [current, desired] = change;
    const [minReplicas, maxReplicas] = bounds;
    const { replicas, reason } = limitByBehavior(
      current,
      desired,
      { minReplicas, maxReplicas },
      fillBehavior(behavior, controllerDefaults),
      { ups: events(ups), downs: events(downs) },
      now,
    );
    assert.deepEqual([replicas, reason], leaves);
  });
}

test("the limit names its policy", () => {
  const { scaleUp, scaleDown } = fillBehavior({ scaleUp: { policies: [pods(1), percent(100)] } }, controllerDefaults);
  const none = { ups: [], downs: [] };
  assert.deepEqual(scaleUpLimit(10, scaleUp, none, now), { replicas: 20, policy: 1 });
  assert.deepEqual(scaleDownLimit(10, scaleDown, none, now), { replicas: 0, policy: 0 });
  assert.deepEqual(scaleDownLimit(10, { ...scaleDown, selectPolicy: "Disabled" }, none, now), {
    replicas: 10,
    policy: undefined,
  });
});

test("a Pods policy of the largest value overflows as int32 does and adds nothing", () => {
  const behavior = fillBehavior({ scaleUp: { policies: [pods(2_147_483_647)] } }, controllerDefaults);
  const limited = limitByBehavior(1, 9, { minReplicas: 1, maxReplicas: 10 }, behavior, { ups: [], downs: [] }, now);
  assert.deepEqual(limited, { replicas: 1, reason: "ScaleUpLimit", policy: 0 });
});

/** pkg/apis/autoscaling/v2/defaults.go, TestGenerateScaleUpRules, TestGenerateScaleDownRules. */
test("each absent field of a behavior is filled by itself", () => {
  assert.deepEqual(fillBehavior({}, controllerDefaults), {
    scaleUp: {
      windowSeconds: 0,
      selectPolicy: "Max",
      policies: [pods(4, 15), percent(100, 15)],
      policiesDefaulted: true,
    },
    scaleDown: { windowSeconds: 300, selectPolicy: "Max", policies: [percent(100, 15)], policiesDefaulted: true },
  });
  const given = { stabilizationWindowSeconds: 7, selectPolicy: "Min", policies: [pods(1, 2)] } as const;
  assert.deepEqual(fillBehavior({ scaleUp: given, scaleDown: { policies: [] } }, controllerDefaults), {
    scaleUp: { windowSeconds: 7, selectPolicy: "Min", policies: [pods(1, 2)], policiesDefaulted: false },
    scaleDown: { windowSeconds: 300, selectPolicy: "Max", policies: [], policiesDefaulted: false },
  });
});

/** storeScaleEvent; TestStoreScaleEvents. */
const stores: readonly (readonly [string, Events, Policy[], readonly (readonly [number, number, boolean])[]])[] = [
  ["the first", [], [pods(10)], [[5, 0, false]]],
  [
    "after one that counts",
    [[7, 58]],
    [pods(10)],
    [
      [7, 58, false],
      [5, 0, false],
    ],
  ],
  [
    "after one that is exactly one period old",
    [[7, 60]],
    [pods(10)],
    [
      [7, 60, false],
      [5, 0, false],
    ],
  ],
  [
    "in the place of an older one",
    [
      [7, 61],
      [6, 59],
    ],
    [pods(10)],
    [
      [5, 0, false],
      [6, 59, false],
    ],
  ],
  [
    "of two older ones the last",
    [
      [7, 61],
      [6, 59],
      [8, 62],
    ],
    [pods(10)],
    [
      [7, 61, true],
      [6, 59, false],
      [5, 0, false],
    ],
  ],
  [
    "by the longest period",
    [[7, 61]],
    [pods(10), percent(1, 300)],
    [
      [7, 61, false],
      [5, 0, false],
    ],
  ],
];

for (const [title, before, policies, after] of stores) {
  test(`a scale event is stored: ${title}`, () => {
    const stored = storeEvent(Object.freeze(events(before)), 5, policies, now);
    assert.deepEqual(
      stored.map(({ change, at, outdated }) => [change, now - at, outdated]),
      after,
    );
  });
}

test("changes are counted that are younger than the period", () => {
  assert.equal(
    changeWithin(
      events([
        [1, 61],
        [2, 60],
        [4, 59],
        [8, 0],
      ]),
      60,
      now,
    ),
    12,
  );
});
