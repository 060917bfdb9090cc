import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { admissionProblems, type TargetContainers } from "../../../server/engine/keda/admission.ts";
import type { ScaledObject, ScaledObjectSpec, Trigger } from "../../../server/engine/keda/spec.ts";
import { prometheus, scaledObject } from "./scaled-object.ts";

const cpu: Trigger = { type: "cpu", metricType: "Utilization", metadata: { value: "80" } };
const told = (object: ScaledObject, containers?: readonly TargetContainers[]) =>
  admissionProblems(object, containers).map(({ check, path, message }) => `${check} ${path}: ${message}`);

describe("the admission webhook", () => {
  // keda apis/keda/v1alpha1/scaledobject_webhook.go, scaledobject_types.go, scaletriggers_types.go.
  const table: readonly (readonly [spec: Partial<ScaledObjectSpec>, problem: string])[] = [
    [
      { minReplicaCount: 5, maxReplicaCount: 3 },
      "K-33 spec.minReplicaCount: MinReplicaCount=5 must be less than MaxReplicaCount=3",
    ],
    [{ minReplicaCount: 101 }, "K-33 spec.minReplicaCount: MinReplicaCount=101 must be less than MaxReplicaCount=100"],
    [{ idleReplicaCount: 0 }, "K-14 spec.idleReplicaCount: IdleReplicaCount=0 must be less than MinReplicaCount=0"],
    [
      { minReplicaCount: 2, idleReplicaCount: 2 },
      "K-14 spec.idleReplicaCount: IdleReplicaCount=2 must be less than MinReplicaCount=2",
    ],
    [{ triggers: [] }, "K-34 spec.triggers: no triggers defined"],
    [
      { triggers: [prometheus, prometheus] },
      'K-34 spec.triggers[1].name: triggerName "queue" is defined multiple times in the ScaledObject, but it must be unique',
    ],
    [
      { triggers: [prometheus, { type: "cron", useCachedMetrics: true, metadata: {} }] },
      'K-35 spec.triggers[1].useCachedMetrics: property "useCachedMetrics" is not supported for "cron" scaler',
    ],
    [
      { triggers: [cpu] },
      "K-36 spec.minReplicaCount: scaledobject has only cpu/memory triggers AND minReplica is 0 (scale to zero doesn't work in this case)",
    ],
    [
      { fallback: { failureThreshold: -1, replicas: 2 } },
      "K-09 spec.fallback: FailureThreshold=-1 & Replicas=2 must both be greater than or equal to 0",
    ],
    [
      { minReplicaCount: 1, triggers: [cpu], fallback: { failureThreshold: 1, replicas: 2 } },
      "K-09 spec.fallback: at least one trigger (that is not cpu or memory) has to have the AverageValue type for the fallback to be enabled",
    ],
    [
      { fallback: { failureThreshold: 1, replicas: 2, behavior: "scalingModifiers" } },
      "K-21 spec.fallback.behavior: scalingModifiers fallback behavior requires scalingModifiers.formula to be defined",
    ],
  ];
  for (const [spec, problem] of table) test(problem, () => assert.deepEqual(told(scaledObject(spec)), [problem]));

  test("has nothing against idle 0 below a minimum that is given, even as 0", () => {
    assert.deepEqual(told(scaledObject({ minReplicaCount: 0, idleReplicaCount: 0 })), []);
    assert.deepEqual(told(scaledObject({ minReplicaCount: 1, idleReplicaCount: 0 })), []);
  });

  test("points into the document", () => {
    const [problem] = admissionProblems(scaledObject({ triggers: [prometheus, prometheus] }));
    assert.deepEqual(problem?.keys, ["spec", "triggers", 1, "name"]);
  });

  test("looks for requests of the containers it is given", () => {
    const containers = [
      { name: "vllm", cpu: true, memory: true },
      { name: "sidecar", cpu: false, memory: true },
    ];
    const one = (trigger: Trigger) => told(scaledObject({ minReplicaCount: 1, triggers: [trigger] }), containers);
    assert.deepEqual(one(cpu), [
      "K-37 spec.triggers[0]: the scaledobject has a cpu trigger but the container sidecar doesn't have the cpu request defined",
    ]);
    assert.deepEqual(one({ ...cpu, metadata: { value: "80", containerName: "vllm" } }), []);
    assert.deepEqual(one({ ...cpu, type: "memory" }), []);
  });

  test("counts the characters of names, of the HPA's too", () => {
    const named = (name: string) => told({ ...scaledObject(), name }).map((text) => text.slice(0, text.indexOf('"')));
    assert.deepEqual(named("a".repeat(64)), ["K-23 metadata.name: scaledobject name "]);
    assert.deepEqual(named("a".repeat(55)), ["K-23 metadata.name: hpa name "]);
    assert.deepEqual(named("a".repeat(54)), []);
  });
});

describe("scaling modifiers are compiled as the webhook does", () => {
  const path = "K-21 spec.advanced.scalingModifiers";
  const formula = (text: string, more = {}) =>
    told(scaledObject({ advanced: { scalingModifiers: { formula: text, target: "2", ...more } } }));
  const table: readonly (readonly [text: string, problems: readonly string[], more?: object])[] = [
    ["queue * 2", []],
    ["que * 2", [`${path}.formula: error validating formula in ScalingModifiers: no trigger is named que`]],
    ["queue >", [`${path}.formula: error validating formula in ScalingModifiers: the formula ends too early`]],
    [
      "queue > 2",
      [`${path}.formula: error validating formula in ScalingModifiers: a formula gives a number, not true or false`],
    ],
    // Every trigger counts as -1 there.
    [
      "queue > 0 ? 1 : int(1/0)",
      [`${path}.formula: error validating formula in ScalingModifiers: Infinity has no integer`],
    ],
    ["queue > 0 ? int(1/0) : 1", []],
    ['queue > 0 ? float("2") : 1', []],
    ["", [`${path}.formula: error ScalingModifiers.Formula is mandatory`]],
    ["queue", [`${path}.target: formula is given but target is empty`], { target: "" }],
    ["queue", [`${path}.target: target is no number above 0`], { target: "0" }],
    [
      "queue",
      [`${path}.metricType: the type is Utilization, but it needs to be AverageValue or Value for external metrics`],
      { metricType: "Utilization" },
    ],
  ];
  for (const [text, problems, more] of table)
    test(problems[0] ?? `${text} is right`, () => assert.deepEqual(formula(text, more), problems));

  test("a fallback needs a whole target to count", () => {
    const fallback = { failureThreshold: 3, replicas: 2 };
    const advanced = (target: string) => ({ scalingModifiers: { formula: "queue", target } });
    assert.deepEqual(told(scaledObject({ fallback, advanced: advanced("2") })), []);
    assert.deepEqual(told(scaledObject({ fallback, advanced: advanced("2.5") })), [
      "K-11 spec.advanced.scalingModifiers.target: with target 2.5, which is no whole number, the fallback is off without a word",
    ]);
  });
});
