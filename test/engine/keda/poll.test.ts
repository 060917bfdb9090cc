import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { sentence } from "../../../server/engine/decision/sentence.ts";
import { nextPoll, type Poll, poll, pollingDecides } from "../../../server/engine/keda/poll.ts";
import type { TriggerReading } from "../../../server/engine/keda/reading.ts";
import type { ScaledObject } from "../../../server/engine/keda/spec.ts";
import { seconds } from "../../../server/engine/units.ts";
import { prometheus, scaledObject } from "./scaled-object.ts";

const value = (number: number): TriggerReading => ({ kind: "value", value: number });
const down: TriggerReading = { kind: "error", because: "Prometheus did not answer" };

interface Moment {
  readonly replicas?: number;
  readonly now?: number;
  readonly lastActive?: number;
  readonly failures?: number;
}

function turn(
  object: ScaledObject,
  { replicas = 0, now = 1000, lastActive, failures }: Moment,
  readings: TriggerReading[],
  kedaMinor = 20,
) {
  const workload = {
    now: seconds(now),
    created: seconds(0),
    ...(lastActive === undefined ? {} : { lastActive: seconds(lastActive) }),
    replicas,
    readyReplicas: replicas,
    health: new Map(failures === undefined ? [] : [["s0-prometheus", failures]]),
  };
  return poll(object, workload, readings, kedaMinor);
}

const told = ({ decision: { from, to, reason }, ready }: Poll) =>
  `${from} -> ${to} ${reason.id.replace("keda/", "")} ${ready}`;

describe("one poll", () => {
  // keda pkg/scaling/executor/scale_scaledobjects.go RequestScale: every branch, in its order.
  const idle = { minReplicaCount: 2, idleReplicaCount: 0 };
  const fallback = { failureThreshold: 3, replicas: 4 };
  const table: readonly (readonly [
    what: string,
    outcome: string,
    object: ScaledObject,
    moment: Moment,
    readings: TriggerReading[],
  ])[] = [
    ["a value above 0 wakes from zero", "0 -> 1 activated True", scaledObject(), {}, [value(0.001)]],
    ["a value of 0 does not", "0 -> 0 unchanged True", scaledObject(), {}, [value(0)]],
    ["it wakes to the minimum", "0 -> 3 activated True", scaledObject({ minReplicaCount: 3 }), {}, [value(9)]],
    ["from idle it wakes to the minimum", "0 -> 2 activated True", scaledObject(idle), {}, [value(1)]],
    ["with replicas the HPA decides", "4 -> 4 active True", scaledObject(), { replicas: 4 }, [value(1)]],
    [
      "a failing trigger beside an active one is only partly wrong",
      "4 -> 4 partial-error Unknown",
      scaledObject({ triggers: [prometheus, { ...prometheus, type: "kafka" }] }),
      { replicas: 4 },
      [value(1), down],
    ],
    ["failing without fallback nothing happens", "4 -> 4 trigger-error False", scaledObject(), { replicas: 4 }, [down]],
    [
      "failing with one the HPA falls back",
      "4 -> 4 waits-for-fallback True",
      scaledObject({ fallback }),
      { replicas: 4 },
      [down],
    ],
    [
      "failing with a fallback of 0 it goes to zero",
      "4 -> 0 deactivated True",
      scaledObject({ fallback: { ...fallback, replicas: 0 } }),
      { replicas: 4 },
      [down],
    ],
    [
      "never active, it goes to zero at the first poll",
      "4 -> 0 deactivated True",
      scaledObject(),
      { replicas: 4, now: 1 },
      [value(0)],
    ],
    [
      "idle below the minimum",
      "3 -> 0 deactivated True",
      scaledObject(idle),
      { replicas: 3, lastActive: 0 },
      [value(0)],
    ],
    [
      "with a minimum it stays",
      "3 -> 3 unchanged True",
      scaledObject({ minReplicaCount: 1 }),
      { replicas: 3, lastActive: 0 },
      [value(0)],
    ],
    ["below its minimum it is raised", "0 -> 2 minimum True", scaledObject({ minReplicaCount: 2 }), {}, [value(0)]],
    ["idle is not below its minimum", "0 -> 0 unchanged True", scaledObject(idle), {}, [value(0)]],
    [
      "on cpu alone it is always active",
      "0 -> 1 activated True",
      scaledObject({ triggers: [{ type: "cpu", metricType: "Utilization", metadata: { value: "80" } }] }),
      {},
      [],
    ],
    [
      "a formula that does not compile",
      "2 -> 2 formula False",
      scaledObject({ advanced: { scalingModifiers: { formula: "que", target: "1" } } }),
      { replicas: 2 },
      [value(1)],
    ],
    [
      "a formula that is right but not evaluated here",
      "2 -> 2 formula-unknown Unknown",
      scaledObject({ advanced: { scalingModifiers: { formula: 'float("2")', target: "1" } } }),
      { replicas: 2 },
      [value(0)],
    ],
    ["paused", "0 -> 0 paused True", scaledObject({}, { paused: "true" }), {}, [value(9)]],
    ["paused by what is no boolean", "0 -> 0 paused True", scaledObject({}, { paused: "no" }), {}, [value(9)]],
    ["not paused", "0 -> 1 activated True", scaledObject({}, { paused: "false" }), {}, [value(9)]],
    [
      "paused at a count, whatever paused says",
      "0 -> 6 paused-replicas True",
      scaledObject({}, { paused: "false", "paused-replicas": "6" }),
      {},
      [value(0)],
    ],
    [
      "paused at no count",
      "2 -> 2 paused-unreadable True",
      scaledObject({}, { "paused-replicas": "six" }),
      { replicas: 2 },
      [value(0)],
    ],
    ["scale-out paused", "0 -> 0 activated True", scaledObject({}, { "paused-scale-out": "true" }), {}, [value(9)]],
    [
      "scale-in paused",
      "4 -> 4 deactivated True",
      scaledObject({}, { "paused-scale-in": "true" }),
      { replicas: 4 },
      [value(0)],
    ],
    ["forced", "0 -> 1 forced True", scaledObject({}, { "force-activation": "true" }), {}, [value(0)]],
    [
      "forced and up",
      "1 -> 1 forced True",
      scaledObject({}, { "force-activation": "true" }),
      { replicas: 1 },
      [value(0)],
    ],
  ];
  for (const [what, outcome, object, moment, readings] of table) {
    test(`${what}: ${outcome}`, () => assert.equal(told(turn(object, moment, readings)), outcome));
  }
});

describe("what activates", () => {
  test("a value above activationThreshold, not at it", () => {
    const object = scaledObject({
      triggers: [{ ...prometheus, metadata: { threshold: "5", activationThreshold: "2" } }],
    });
    assert.equal(turn(object, {}, [value(2)]).decision.to, 0);
    assert.equal(turn(object, {}, [value(2.5)]).decision.to, 1);
  });

  test("with a formula its result, not the triggers", () => {
    const scalingModifiers = { formula: "queue / 4", target: "1", activationTarget: "1" };
    const object = scaledObject({ advanced: { scalingModifiers } });
    assert.equal(turn(object, {}, [value(4)]).decision.to, 0);
    assert.equal(turn(object, {}, [value(5)]).decision.to, 1);
    assert.deepEqual(turn(object, {}, [value(5)]).decision.compared, [
      { left: { name: "composite-metric", value: 1.25 }, relation: ">", right: { name: "activationTarget", value: 1 } },
    ]);
  });

  test("a formula that fails while it runs counts as nothing to do, and the target goes to zero", () => {
    const scalingModifiers = { formula: "queue > 3 ? int(1/0) : 1", target: "1" };
    assert.equal(
      told(turn(scaledObject({ advanced: { scalingModifiers } }), { replicas: 2 }, [value(5)])),
      "2 -> 0 deactivated True",
    );
  });

  test("a window of a cron trigger", () => {
    const cron = {
      type: "cron",
      metadata: { timezone: "UTC", start: "0 8 * * *", end: "0 20 * * *", desiredReplicas: "3" },
    };
    const object = scaledObject({ triggers: [cron] });
    assert.equal(turn(object, {}, [{ kind: "value", value: 1, active: false }]).decision.to, 0);
    assert.equal(turn(object, {}, [{ kind: "value", value: 3, active: true }]).decision.to, 1);
  });
});

describe("the cooldown", () => {
  const object = scaledObject({ cooldownPeriod: 120, initialCooldownPeriod: 300 });

  test("counts from the last activity and holds at its very end", () => {
    const at = (now: number) => turn(object, { replicas: 2, lastActive: 1000, now }, [value(0)]).decision;
    assert.deepEqual(at(1100).held, [{ by: "cooldownPeriod", wanted: 0, allowed: 2, forSeconds: 20 }]);
    assert.deepEqual(at(1120).held, [{ by: "cooldownPeriod", wanted: 0, allowed: 2, forSeconds: 0 }]);
    assert.deepEqual([at(1121).to, at(1121).held], [0, []]);
  });

  test("of one that was never active counts from its creation", () => {
    const at = (now: number) => turn(object, { replicas: 2, now }, [value(0)]).decision;
    assert.deepEqual(at(300).held, [{ by: "initialCooldownPeriod", wanted: 0, allowed: 2, forSeconds: 0 }]);
    assert.equal(at(301).to, 0);
  });

  test("is 300 s unless given, and starts anew with each active poll", () => {
    const active = turn(scaledObject(), { replicas: 2, lastActive: 10, now: 50 }, [value(1)]);
    assert.equal(active.lastActive, 50);
    assert.equal(turn(scaledObject(), { replicas: 2, lastActive: 50, now: 350 }, [value(0)]).decision.to, 2);
    assert.equal(turn(scaledObject(), { replicas: 2, lastActive: 50, now: 351 }, [value(0)]).decision.to, 0);
  });
});

describe("polling and fallback", () => {
  const object = scaledObject({ fallback: { failureThreshold: 2, replicas: 4 } });

  test("from KEDA 2.19 on a trigger that keeps failing wakes from zero", () => {
    const turns = [0, 1, 2].map((failures) => turn(object, { failures }, [down]));
    assert.deepEqual(turns.map(told), [
      "0 -> 0 waits-for-fallback True",
      "0 -> 0 waits-for-fallback True",
      "0 -> 1 activated True",
    ]);
    assert.deepEqual(
      turns.map(({ health }) => health.get("s0-prometheus")),
      [1, 2, 3],
    );
  });

  test("before, it never does, and polls are not counted", () => {
    const { decision, health } = turn(object, { failures: 9 }, [down], 18);
    assert.equal(decision.to, 0);
    assert.equal(health.get("s0-prometheus"), 9);
  });
});

test("polls are 30 s apart unless said otherwise, and decide nothing above a minimum", () => {
  assert.equal(nextPoll(scaledObject().spec, seconds(100)), 130);
  assert.equal(nextPoll(scaledObject({ pollingInterval: 5 }).spec, seconds(100)), 105);
  assert.deepEqual(
    [{}, { minReplicaCount: 1 }, { minReplicaCount: 1, idleReplicaCount: 0 }].map((spec) =>
      pollingDecides(scaledObject(spec).spec),
    ),
    [true, false, true],
  );
});

test("a poll reads as a sentence", () => {
  assert.equal(
    sentence(turn(scaledObject(), {}, [value(3)]).decision),
    "chat: 0 -> 1, because a trigger is active (queue 3 > activation 0).",
  );
  assert.equal(
    sentence(turn(scaledObject(), { replicas: 2, lastActive: 900 }, [value(0)]).decision),
    "chat stays at 2, because no trigger is active (queue 0 <= activation 0). It wanted 0; cooldownPeriod allows 2 for another 200 s.",
  );
  assert.equal(
    sentence(turn(scaledObject(), { replicas: 2 }, [down]).decision),
    "chat stays at 2, because a trigger failed and there is no fallback. Not queue: Prometheus did not answer.",
  );
});

const counts = fc.record(
  { minReplicaCount: fc.integer({ min: 0, max: 4 }), idleReplicaCount: fc.constant(0), cooldownPeriod: fc.nat(600) },
  { requiredKeys: [] },
);
const readings = fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }).map(value), fc.constant(down));

test("a poll changes nothing between minimum and maximum", () => {
  fc.assert(
    fc.property(
      counts,
      fc.integer({ min: 0, max: 12 }),
      fc.nat(2000),
      readings,
      fc.integer({ min: 14, max: 20 }),
      (spec, replicas, now, reading, minor) => {
        const { decision } = turn(scaledObject(spec), { replicas, now }, [reading], minor);
        const minimum = spec.minReplicaCount ?? 0;
        const allowed = [replicas, minimum, Math.max(1, minimum), spec.idleReplicaCount ?? minimum];
        assert.ok(allowed.includes(decision.to));
        if (replicas > minimum && minimum > 0 && spec.idleReplicaCount === undefined)
          assert.equal(decision.to, replicas);
        if (reading.kind === "value" && reading.value > 0)
          assert.ok(decision.to >= Math.max(1, Math.min(replicas, minimum)));
      },
    ),
  );
});
