// The tables of the guide "WVA in depth" (saturation-based autoscaling), with its two slips put right: 0.70 + 0.65 + 0.60
// is 1.95, and 1.95 / 2 is 0.975.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sentence } from "../../../server/engine/decision/sentence.ts";
import { degeneracies, setPoint, workableQueueTrigger } from "../../../server/engine/wva/config/degenerate.ts";
import { decideModel } from "../../../server/engine/wva/cycle.ts";
import { analyzeSaturation, isSaturated } from "../../../server/engine/wva/v1/analyze.ts";
import { state, thresholds, usual, variant } from "./model.ts";

const exampleOfStepOne = variant("llama", 5, [0.75, 3], [0.85, 6], [0.6, 2]);
const exampleOfStepFour = variant("llama", 5, [0.7, 2], [0.65, 3], [0.6, 2]);

test("step 1: of A 0.75/3, B 0.85/6 and C 0.60/2, B is saturated", () => {
  assert.deepEqual(
    exampleOfStepOne.map(({ kvUsage, queueLength }) => !isSaturated(usual, kvUsage, queueLength)),
    [true, false, true],
  );
});

test("step 2: the mean spare of A and C is 0.125 of the KV cache and 2.5 of the queue", () => {
  const { nonSaturated, avgSpareKv, avgSpareQueue, variants } = analyzeSaturation(usual, exampleOfStepOne, "v0.5");
  assert.equal(nonSaturated, 2);
  assert.ok(Math.abs(avgSpareKv - 0.125) < 1e-12);
  assert.equal(avgSpareQueue, 2.5);
  assert.deepEqual(variants[0]?.saturatedPods, ["llama-1"]);
});

test("step 3: 2.5 is below the queue's trigger of 3, so WVA scales up", () => {
  const { trigger, shouldScaleUp, scaleDownSafe } = analyzeSaturation(usual, exampleOfStepOne, "v0.5");
  assert.deepEqual(
    { trigger, shouldScaleUp, scaleDownSafe },
    { trigger: "queue", shouldScaleUp: true, scaleDownSafe: false },
  );
});

test("step 4: a removal would leave -0.175 of the KV cache, which is not safe", () => {
  const { scaleDownSafe, spareAfterRemoval } = analyzeSaturation(usual, exampleOfStepFour, "v0.5");
  assert.equal(scaleDownSafe, false);
  assert.ok(Math.abs((spareAfterRemoval?.kv ?? 0) - (0.8 - 0.975)) < 1e-12);
  assert.ok(Math.abs((spareAfterRemoval?.queue ?? 0) - (5 - 3.5)) < 1e-12);
});

test("step 4 never comes: its own numbers scale up first, for the mean spare queue is 2.667", () => {
  const { avgSpareQueue, shouldScaleUp } = analyzeSaturation(usual, exampleOfStepFour, "v0.5");
  assert.ok(Math.abs(avgSpareQueue - 8 / 3) < 1e-12);
  assert.equal(shouldScaleUp, true);
});

test("a step on an L40S for 5 an hour is taken before one on an A100 for 20", () => {
  const decisions = decideModel({
    thresholds: usual,
    replicas: [...variant("llama-a100", 20, [0.6, 2], [0.55, 3]), ...variant("llama-l40s", 5, [0.75, 3], [0.6, 2])],
    states: [state("llama-a100", 2, { desired: 2 }), state("llama-l40s", 2, { desired: 2 })],
    profile: "v0.5",
  });
  assert.deepEqual(decisions.map(sentence), [
    "llama-a100 stays at 2, because another variant takes the step of this cycle (cost 20 > cost of llama-l40s 5).",
    "llama-l40s: 2 -> 3, because the spare queue is below its trigger (avgSpareQueue 2.5 < queueSpareTrigger 3). Not llama-a100: it costs 20, more than 5.",
  ]);
});

test("the guide's state table (a100: 4 with 3 ready) lets the L40S grow in January's code, and blocks the model in 0.5", () => {
  const cycle = {
    thresholds: usual,
    replicas: [...variant("a100", 20, [0.75, 4], [0.75, 4], [0.75, 4]), ...variant("l40s", 5, [0.75, 4], [0.75, 4])],
    states: [state("a100", 4, { desired: 4, pending: 1 }), state("l40s", 2, { desired: 2 })],
  };
  const targets = (profile: "v0.5-rc" | "v0.5") => decideModel({ ...cycle, profile }).map(({ to }) => to);
  assert.deepEqual(targets("v0.5-rc"), [4, 3]);
  assert.deepEqual(targets("v0.5"), [4, 2]);
});

/** Situation, thresholds, and the mean load of a replica at which WVA adds one. */
const situations = [
  ["content generation", thresholds(0.8, 5, 0.1, 3), { kvUsage: 0.7, queueLength: 2 }],
  ["batch", thresholds(0.9, 15, 0.05, 2), { kvUsage: 0.85, queueLength: 13 }],
  ["mixed", thresholds(0.8, 8, 0.15, 4), { kvUsage: 0.65, queueLength: 4 }],
] as const;

for (const [name, entry, at] of situations)
  test(`the thresholds for ${name} work, and scale up above ${at.kvUsage} or ${at.queueLength} waiting`, () => {
    assert.deepEqual(degeneracies(entry), []);
    const point = setPoint(entry);
    assert.ok(Math.abs(point.kvUsage - at.kvUsage) < 1e-12);
    assert.equal(point.queueLength, at.queueLength);
  });

test("the thresholds for interactive chat (3 waiting, trigger 5) can never be satisfied; a trigger of 2 would do", () => {
  const chat = thresholds(0.7, 3, 0.2, 5);
  assert.deepEqual(
    degeneracies(chat).map(({ id }) => id),
    ["queue-trigger-above-threshold"],
  );
  const trigger = workableQueueTrigger(chat.queueLengthThreshold);
  assert.equal(trigger, 2);
  assert.deepEqual(degeneracies({ ...chat, queueSpareTrigger: trigger }), []);
  assert.equal(analyzeSaturation(chat, variant("v", 5, [0, 0], [0, 0]), "v0.5").shouldScaleUp, true);
  const mended = { ...chat, queueSpareTrigger: trigger };
  assert.equal(analyzeSaturation(mended, variant("v", 5, [0, 0], [0, 0]), "v0.5").shouldScaleUp, false);
});
