import assert from "node:assert/strict";
import test from "node:test";
import { hpaOf, type MetricSpec, newHpaState, restartedHpa, syncHpa } from "../../../server/engine/hpa/public.ts";
import { failing, perPod, perReplica, type Situation, series, syncIn, utilization, whole } from "./autoscalers.ts";
import { now, pod, pods } from "./pods.ts";

const queue = perReplica("queue", 10_000);
const wanted = (replicas: number) => [queue, series(replicas * 10_000)] as const;
const ready = (count: number) => ({ listed: count, ready: count });

type Limited = readonly [boolean, string] | undefined;
type Active = readonly [boolean, string] | undefined;
interface Case extends Situation {
  readonly title: string;
  readonly ends: readonly [replicas: number, able: string, active: Active, limited: Limited];
}

const valid: Active = [true, "ValidMetricFound"];
const inRange: Limited = [false, "DesiredWithinRange"];

/** reconcileAutoscaler; the cases of horizontal_test.go that differ in a branch. */
const cases: readonly Case[] = [
  {
    title: "a Resource metric scales up: ceil(50/30 of 3)",
    spec: 3,
    max: 6,
    metrics: [[utilization("cpu", 30), { kind: "pods", pods: pods([300, 500, 700], 1000) }]],
    ends: [5, "SucceededRescale", valid, inRange],
  },
  {
    title: "a Pods metric ends at maxReplicas",
    spec: 3,
    max: 6,
    metrics: [[perPod("qps", 15_000), { kind: "pods", pods: pods([50_000, 15_000, 30_000]) }]],
    ends: [6, "SucceededRescale", valid, [true, "TooManyReplicas"]],
  },
  {
    title: "an Object's value multiplies ready pods",
    spec: 3,
    metrics: [
      [
        {
          type: "Object",
          object: {
            metric: { name: "qps" },
            describedObject: { kind: "Service", name: "chat" },
            target: { type: "Value", value: 15_000 },
          },
        },
        { kind: "series", values: [20_000], pods: ready(3) },
      ],
    ],
    ends: [4, "SucceededRescale", valid, inRange],
  },
  {
    title: "a ContainerResource metric by value",
    spec: 2,
    metrics: [
      [
        {
          type: "ContainerResource",
          containerResource: {
            name: "memory",
            container: "vllm",
            target: { type: "AverageValue", averageValue: 1000 },
          },
        },
        { kind: "pods", pods: pods([2000, 2000]) },
      ],
    ],
    ends: [4, "SucceededRescale", valid, inRange],
  },
  {
    title: "an average counts the replicas of status, not of spec",
    spec: 4,
    status: 6,
    metrics: [[queue, series(63_000)]],
    ends: [6, "SucceededRescale", valid, inRange],
  },
  {
    title: "one more at 12 is swallowed by the tolerance",
    spec: 12,
    metrics: [wanted(13)],
    ends: [12, "ReadyForNewScale", valid, inRange],
  },
  {
    title: 'a tolerance of "0" lets it through',
    spec: 12,
    behavior: { scaleUp: { tolerance: 0 } },
    metrics: [wanted(13)],
    ends: [13, "SucceededRescale", valid, inRange],
  },
  {
    title: "not where the gate is off",
    spec: 12,
    behavior: { scaleUp: { tolerance: 0 } },
    settings: { configurableTolerance: false },
    metrics: [wanted(13)],
    ends: [12, "ReadyForNewScale", valid, inRange],
  },
  {
    title: "the count found at first is a recommendation and holds the scale-down",
    spec: 5,
    metrics: [wanted(2)],
    ends: [5, "ScaleDownStabilized", valid, inRange],
  },
  {
    title: "an empty log holds nothing",
    spec: 5,
    log: [],
    metrics: [wanted(2)],
    ends: [2, "SucceededRescale", valid, inRange],
  },
  {
    title: "a scale-up window holds",
    spec: 3,
    behavior: { scaleUp: { stabilizationWindowSeconds: 60 } },
    log: [[3, 30]],
    metrics: [wanted(6)],
    ends: [3, "ScaleUpStabilized", valid, inRange],
  },
  {
    title: "a window may leave a part",
    spec: 3,
    behavior: { scaleUp: { stabilizationWindowSeconds: 60 } },
    log: [[4, 30]],
    metrics: [wanted(6)],
    ends: [4, "SucceededRescale", valid, inRange],
  },
  {
    title: "without behavior a step doubles",
    spec: 3,
    metrics: [wanted(20)],
    ends: [6, "SucceededRescale", valid, [true, "ScaleUpLimit"]],
  },
  {
    title: "with the default one it adds four",
    spec: 3,
    behavior: {},
    metrics: [wanted(20)],
    ends: [7, "SucceededRescale", valid, [true, "ScaleUpLimit"]],
  },
  {
    title: "down to minReplicas",
    spec: 5,
    min: 2,
    log: [],
    metrics: [wanted(1)],
    ends: [2, "SucceededRescale", valid, [true, "TooFewReplicas"]],
  },
  {
    title: "above maxReplicas nothing else is asked",
    spec: 50,
    behavior: { scaleDown: { policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] } },
    metrics: [wanted(50)],
    ends: [20, "SucceededRescale", undefined, undefined],
  },
  {
    title: "at maxReplicas the metrics are",
    spec: 20,
    metrics: [wanted(20)],
    ends: [20, "ReadyForNewScale", valid, inRange],
  },
  {
    title: "without behavior whatever is held is a scale-down",
    spec: 20,
    log: [[30, 60]],
    metrics: [wanted(20)],
    ends: [20, "ScaleDownStabilized", valid, [true, "TooManyReplicas"]],
  },
  {
    title: "nor below minReplicas",
    spec: 1,
    min: 3,
    metrics: [wanted(10)],
    ends: [3, "SucceededRescale", undefined, undefined],
  },
  {
    title: "at zero nothing happens",
    spec: 0,
    metrics: [wanted(5)],
    ends: [0, "SucceededGetScale", [false, "ScalingDisabled"], undefined],
  },
  {
    title: "the largest of several metrics wins",
    spec: 3,
    max: 10,
    metrics: [wanted(4), [whole("kv", 1000), { kind: "series", values: [2000], pods: ready(3) }], wanted(5)],
    ends: [6, "SucceededRescale", valid, inRange],
  },
  {
    title: "an unreadable one does not block a scale-up",
    spec: 3,
    metrics: [[whole("kv", 1000), failing()], wanted(5)],
    ends: [5, "SucceededRescale", valid, inRange],
  },
  {
    title: "nor what stays",
    spec: 3,
    metrics: [wanted(3), [whole("kv", 1000), failing()]],
    ends: [3, "ReadyForNewScale", valid, inRange],
  },
  {
    title: "it blocks a scale-down",
    spec: 3,
    log: [],
    metrics: [wanted(1), [whole("kv", 1000), failing()]],
    ends: [3, "SucceededGetScale", [false, "FailedGetExternalMetric"], undefined],
  },
  {
    title: "when all fail the first one is told",
    spec: 3,
    metrics: [
      [perPod("qps", 1000), failing()],
      [queue, failing()],
    ],
    ends: [3, "SucceededGetScale", [false, "FailedGetPodsMetric"], undefined],
  },
  {
    title: "a utilization without requests fails",
    spec: 1,
    metrics: [[utilization("cpu", 50), { kind: "pods", pods: [pod({ uses: 400 })] }]],
    ends: [1, "SucceededGetScale", [false, "FailedGetResourceMetric"], undefined],
  },
  {
    title: "an empty answer fails",
    spec: 3,
    metrics: [[queue, series()]],
    ends: [3, "SucceededGetScale", [false, "FailedGetExternalMetric"], undefined],
  },
  {
    title: "a type that nobody knows fails",
    spec: 3,
    metrics: [[{ type: "Guess" } as unknown as MetricSpec, series(1)]],
    ends: [3, "SucceededGetScale", [false, "InvalidMetricSourceType"], undefined],
  },
  {
    title: "a scale without a selector stops it",
    spec: 3,
    selectorProblem: "InvalidSelector",
    metrics: [wanted(5)],
    ends: [3, "SucceededGetScale", [false, "InvalidSelector"], undefined],
  },
  {
    title: "so do pods of two HPAs",
    spec: 3,
    selectorProblem: "AmbiguousSelector",
    metrics: [wanted(5)],
    ends: [3, "SucceededGetScale", [false, "AmbiguousSelector"], undefined],
  },
  {
    title: "but not back to maxReplicas",
    spec: 30,
    selectorProblem: "AmbiguousSelector",
    metrics: [wanted(5)],
    ends: [20, "SucceededRescale", undefined, undefined],
  },
];

for (const { title, ends, ...situation } of cases) {
  test(`a sync: ${title}`, () => {
    const { replicas, conditions } = syncIn(situation);
    const pair = (condition: { status: boolean; reason: string } | undefined) =>
      condition && [condition.status, condition.reason];
    assert.equal(conditions.ableToScale.status, true);
    assert.deepEqual(
      [replicas, conditions.ableToScale.reason, pair(conditions.scalingActive), pair(conditions.scalingLimited)],
      ends,
    );
  });
}

test("Object goes by target.type, External by the field that is filled", () => {
  const target = { type: "Value", averageValue: 1000 } as const;
  const metric = { name: "qps" };
  const object: MetricSpec = {
    type: "Object",
    object: { metric, describedObject: { kind: "Service", name: "chat" }, target },
  };
  assert.equal(
    syncIn({ spec: 3, metrics: [[object, series(6000)]] }).conditions.scalingActive?.reason,
    "FailedGetObjectMetric",
  );
  assert.equal(
    syncIn({ spec: 3, metrics: [[{ type: "External", external: { metric, target } }, series(6000)]] }).replicas,
    6,
  );
});

test("averageValue of a resource outranks averageUtilization, whatever target.type says", () => {
  const resource = (target: { averageValue?: number; averageUtilization?: number }): MetricSpec => ({
    type: "Resource",
    resource: { name: "cpu", target: { type: "Utilization", ...target } },
  });
  const reading = { kind: "pods", pods: pods([600, 600], 1000) } as const;
  assert.equal(
    syncIn({ spec: 2, metrics: [[resource({ averageValue: 200, averageUtilization: 60 }), reading]] }).replicas,
    4,
  );
  const nothing = syncIn({ spec: 2, metrics: [[resource({}), reading]] });
  assert.equal(nothing.conditions.scalingActive?.reason, "FailedGetResourceMetric");
});

test("the unstabilised recommendation is remembered, and the count found at first before it", () => {
  const { state } = syncIn({ spec: 5, metrics: [wanted(2)] });
  assert.deepEqual(state.recommendations, [
    { replicas: 5, at: now },
    { replicas: 2, at: now },
  ]);
  assert.deepEqual(restartedHpa(state), newHpaState);
});

test("a metric below nothing asks for none", () => {
  const negative = { kind: "series", values: [-5000], pods: ready(3) } as const;
  const { state } = syncIn({ spec: 3, log: [], metrics: [[whole("kv", 1000), negative]] });
  assert.deepEqual(state.recommendations, [{ replicas: 0, at: now }]);
});

test("scale events are stored for a behavior alone, and for changes back into the bounds too", () => {
  const up = { change: 2, at: now, outdated: false };
  assert.deepEqual(syncIn({ spec: 3, behavior: {}, metrics: [wanted(5)] }).state.ups, [up]);
  assert.deepEqual(syncIn({ spec: 3, metrics: [wanted(5)] }).state.ups, []);
  assert.deepEqual(syncIn({ spec: 22, behavior: {}, metrics: [wanted(5)] }).state.downs, [up]);
});

test("the default scale-up goes 1, 5, 10, 20 within three syncs", () => {
  const hpa = hpaOf("chat", { maxReplicas: 40, metrics: [queue], behavior: {} });
  const counts = [1];
  let state = newHpaState;
  for (let at = 0; at < 60; at += 15) {
    const replicas = counts.at(-1) as number;
    const result = syncHpa(
      hpa,
      { now: at, specReplicas: replicas, statusReplicas: replicas, readings: [series(400_000)] },
      state,
    );
    counts.push(result.replicas);
    state = result.state;
  }
  assert.deepEqual(counts, [1, 5, 10, 20, 40]);
});
