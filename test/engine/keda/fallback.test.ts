import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { sentence } from "../../../server/engine/decision/sentence.ts";
import { hpaOf } from "../../../server/engine/hpa/hpa.ts";
import { newHpaState } from "../../../server/engine/hpa/state.ts";
import { syncHpa } from "../../../server/engine/hpa/sync.ts";
import { answerHpa } from "../../../server/engine/keda/answer.ts";
import { fallbackReplicas, hasValidFallback, standInFor } from "../../../server/engine/keda/fallback.ts";
import { fallbackDecision } from "../../../server/engine/keda/fallback-decision.ts";
import { hpaMadeFor } from "../../../server/engine/keda/made-hpa.ts";
import type { FallbackBehavior, ScaledObjectSpec, Trigger } from "../../../server/engine/keda/spec.ts";
import { kedaFeatures } from "../../../server/engine/keda/version.ts";
import { prometheus, scaledObject } from "./scaled-object.ts";

const newest = kedaFeatures(20);
const five = { failureThreshold: 3, replicas: 5 };

/** What stands in for a trigger that failed so often, with 8 replicas of which 4 are ready. */
function standIn(
  spec: Partial<ScaledObjectSpec>,
  failures = 4,
  kedaMinor = 20,
  trigger: Trigger = prometheus,
  readyReplicas = 4,
) {
  const found = standInFor(
    scaledObject({ fallback: five, ...spec }).spec,
    trigger,
    failures,
    { replicas: 8, readyReplicas },
    kedaFeatures(kedaMinor),
  );
  return found.kind === "metric" ? found.value : found.kind === "nil" ? "nil" : found.because;
}

describe("how many replicas a fallback asks for", () => {
  // keda pkg/fallback/fallback.go doFallback: replicas 5 in the manifest.
  const table: readonly (readonly [behavior: FallbackBehavior | undefined, current: number, replicas: number])[] = [
    [undefined, 8, 5],
    ["static", 8, 5],
    ["currentReplicas", 8, 8],
    ["currentReplicasIfHigher", 8, 8],
    ["currentReplicasIfHigher", 2, 5],
    ["currentReplicasIfLower", 8, 5],
    ["currentReplicasIfLower", 2, 2],
  ];
  for (const [behavior, current, replicas] of table) {
    test(`${behavior ?? "no behavior"} with ${current}: ${replicas}`, () => {
      assert.equal(fallbackReplicas({ ...five, ...(behavior && { behavior }) }, current, newest), replicas);
    });
  }

  test("before KEDA 2.17 every fallback is static", () => {
    assert.equal(fallbackReplicas({ ...five, behavior: "currentReplicas" }, 8, kedaFeatures(16)), 5);
  });

  test("IfHigher is never below either number, IfLower never above", () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), (replicas, current) => {
        const higher = fallbackReplicas(
          { failureThreshold: 1, replicas, behavior: "currentReplicasIfHigher" },
          current,
          newest,
        );
        const lower = fallbackReplicas(
          { failureThreshold: 1, replicas, behavior: "currentReplicasIfLower" },
          current,
          newest,
        );
        assert.ok(higher >= replicas && higher >= current);
        assert.ok(lower <= replicas && lower <= current);
      }),
    );
  });
});

describe("the metric of a fallback", () => {
  const half = { ...prometheus, metadata: { threshold: "0.5" } };
  const byValue: Trigger = { ...prometheus, metricType: "Value" };
  const scalingModifiers = { formula: "queue", target: "2" };

  test("is target x replicas, once there were more failures than the threshold", () => {
    assert.equal(standIn({}, 4), 25_000);
    assert.equal(standIn({}, 3), "it has not failed often enough for its fallback");
    assert.equal(standIn({ fallback: { ...five, behavior: "currentReplicasIfHigher" } }), 40_000);
  });

  test("of a target of 0.5 was 0 before KEDA 2.18", () => {
    assert.equal(standIn({}, 4, 20, half), 2500);
    assert.equal(standIn({}, 4, 17, half), 0);
  });

  test("of type Value is divided by the ready pods, needs one, and KEDA 2.18", () => {
    assert.equal(standIn({}, 4, 20, byValue), 6250);
    assert.equal(standIn({}, 4, 20, byValue, 0), "a fallback for metricType Value needs a ready pod");
    assert.equal(standIn({}, 4, 17, byValue), "a fallback needs metricType AverageValue before KEDA 2.18");
  });

  test("with scaling modifiers goes by their target, which must be a whole number", () => {
    assert.equal(standIn({ advanced: { scalingModifiers } }), 10_000);
    const none = "there is no fallback that counts";
    for (const target of ["2.5", "0", "-1", "two", "1e1", ""]) {
      assert.equal(standIn({ advanced: { scalingModifiers: { ...scalingModifiers, target } } }), none, target);
    }
  });

  test("can be left to the formula from KEDA 2.20 on; before, it is static", () => {
    const spec: Partial<ScaledObjectSpec> = {
      fallback: { ...five, behavior: "scalingModifiers" },
      advanced: { scalingModifiers },
    };
    assert.equal(standIn(spec), "nil");
    assert.equal(standIn(spec, 4, 19), 10_000);
  });

  test("does not exist without a fallback or with negative numbers", () => {
    assert.equal(hasValidFallback(scaledObject().spec), false);
    assert.equal(hasValidFallback(scaledObject({ fallback: { failureThreshold: -1, replicas: 1 } }).spec), false);
    assert.equal(hasValidFallback(scaledObject({ fallback: { failureThreshold: 0, replicas: 0 } }).spec), true);
  });
});

const down = { kind: "error", because: "Prometheus did not answer" } as const;

describe("what the HPA is answered", () => {
  const pods = { replicas: 3, readyReplicas: 3 };
  const { spec } = scaledObject({ fallback: five });

  test("a value, in thousandths, which sets the failures back", () => {
    const { answer, health } = answerHpa(
      spec,
      "s0-prometheus",
      [{ kind: "value", value: 12.3456 }],
      new Map([["s0-prometheus", 2]]),
      pods,
    );
    assert.deepEqual(answer, { kind: "metric", value: 12_346, fallback: false });
    assert.equal(health.get("s0-prometheus"), 0);
  });

  test("until KEDA 2.19 cut off, and 0 where it does not fit", () => {
    const old = (value: number) =>
      answerHpa(spec, "s0-prometheus", [{ kind: "value", value }], new Map(), pods, 19).answer;
    assert.deepEqual(old(12.3456), { kind: "metric", value: 12_345, fallback: false });
    assert.deepEqual(old(1e16), { kind: "metric", value: 0, fallback: false });
    const { answer } = answerHpa(spec, "s0-prometheus", [{ kind: "value", value: 1e16 }], new Map(), pods);
    assert.deepEqual(answer, { kind: "metric", value: 10n ** 19n, fallback: false });
  });

  test("halves between two thousandths go to the even one", () => {
    const rounded = [0.0625, 0.1875, 0.0005, 0.0004, -0.0625].map((value) => {
      const { answer } = answerHpa(spec, "s0-prometheus", [{ kind: "value", value }], new Map(), pods);
      return answer.kind === "metric" ? answer.value : answer.because;
    });
    assert.deepEqual(rounded, [62, 188, 1, 0, -62]);
  });

  test("errors up to the threshold, then the fallback", () => {
    let health: ReadonlyMap<string, number> = new Map();
    const answers = [1, 2, 3, 4, 5].map(() => {
      const asked = answerHpa(spec, "s0-prometheus", [down], health, pods);
      health = asked.health;
      return asked.answer.kind;
    });
    assert.deepEqual(answers, ["error", "error", "error", "metric", "metric"]);
  });

  test("an error for a metric that it has not", () => {
    assert.deepEqual(answerHpa(spec, "s9-kafka", [], new Map(), pods).answer, {
      kind: "error",
      because: "no matching metrics found",
    });
  });

  test("with a fallback each sync of its HPA holds that many replicas", () => {
    const made = hpaMadeFor({ name: "chat", spec: { ...spec, minReplicaCount: 1, maxReplicaCount: 10 } });
    assert.ok(made.spec !== undefined);
    const { answer } = answerHpa(spec, "s0-prometheus", [down], new Map([["s0-prometheus", 3]]), pods);
    assert.ok(answer.kind === "metric");
    const { replicas } = syncHpa(
      hpaOf("chat", made.spec),
      { now: 0, specReplicas: 3, statusReplicas: 3, readings: [{ kind: "series", values: [answer.value] }] },
      newHpaState,
    );
    assert.equal(replicas, 5);
  });
});

describe("the composite metric", () => {
  const two: Trigger = { type: "metrics-api", name: "rps", metadata: { targetValue: "1", valueLocation: "data.rps" } };
  const formula = "queue ?? rps ?? 7";
  const spec: ScaledObjectSpec = {
    triggers: [prometheus, two],
    fallback: { ...five, behavior: "scalingModifiers" },
    advanced: { scalingModifiers: { formula, target: "2" } },
  };
  const pods = { replicas: 3, readyReplicas: 3 };
  const often = new Map([
    ["s0-prometheus", 9],
    ["s1-metric-api-data-rps", 9],
  ]);
  const value = (number: number) => ({ kind: "value", value: number }) as const;
  const ask = (changed: Partial<ScaledObjectSpec>, readings: Parameters<typeof answerHpa>[2], health = often) => {
    const { answer } = answerHpa({ ...spec, ...changed }, "composite-metric", readings, health, pods);
    return answer.kind === "metric" ? answer.value : answer.because;
  };

  test("is the formula over all triggers, cut off behind the third decimal", () => {
    assert.equal(
      ask({ advanced: { scalingModifiers: { formula: "queue / 3 + rps", target: "2" } } }, [value(1), value(2)]),
      2333,
    );
  });

  test("goes on without the triggers that failed", () => {
    assert.equal(ask({}, [down, value(4)]), 4000);
    assert.equal(ask({}, [down, down]), 7000);
  });

  // keda pkg/scaling/modifiers/formula_test.go: replicas 7 and target 2 give 14.
  test("is fallback.replicas x target where the formula has nothing left", () => {
    const nothing = { formula: "queue ?? rps", target: "2" };
    assert.equal(
      ask(
        {
          fallback: { failureThreshold: 3, replicas: 7, behavior: "scalingModifiers" },
          advanced: { scalingModifiers: nothing },
        },
        [down, down],
      ),
      14_000,
    );
  });

  // keda issue 5371: 12, not 24.
  test("of two triggers that fall back is that of one", () => {
    const modifiers = { formula: "max(queue, rps)", target: "1" };
    assert.equal(
      ask({ fallback: { failureThreshold: 4, replicas: 12 }, advanced: { scalingModifiers: modifiers } }, [down, down]),
      12_000,
    );
  });

  test("is an error while a trigger fails without fallback, and where the formula gives no number", () => {
    assert.equal(ask({}, [down, value(4)], new Map()), "Prometheus did not answer");
    assert.equal(
      ask({ advanced: { scalingModifiers: { formula: "queue / 0", target: "2" } } }, [value(1), value(4)]),
      "the formula gave no number",
    );
    assert.equal(
      ask({ advanced: { scalingModifiers: { formula: "que", target: "2" } } }, [value(1), value(4)]),
      "no trigger is named que",
    );
  });
});

test("what a fallback comes to is bounded by the HPA and reads as a sentence", () => {
  const object = scaledObject({ fallback: five, maxReplicaCount: 4 });
  const decision = fallbackDecision(object, "s0-prometheus", 4, { kind: "metric", value: 25_000, replicas: 5 }, 2);
  assert.equal(
    sentence(decision),
    "chat: 2 -> 4, because a trigger failed more often than its fallback puts up with (failures of s0-prometheus 4 > failureThreshold 3). " +
      "It wanted 5; maxReplicaCount allows 4.",
  );
});

test("a fallback never leaves the bounds of the HPA", () => {
  fc.assert(
    fc.property(fc.nat(20), fc.integer({ min: 1, max: 20 }), fc.nat(40), fc.nat(40), (min, more, wanted, current) => {
      const object = scaledObject({ minReplicaCount: min, maxReplicaCount: min + more });
      const { to } = fallbackDecision(
        object,
        "s0-prometheus",
        4,
        { kind: "metric", value: 0, replicas: wanted },
        current,
      );
      assert.ok(to >= Math.max(1, min) && to <= min + more);
    }),
  );
});
