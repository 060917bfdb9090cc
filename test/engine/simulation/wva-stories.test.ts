import assert from "node:assert/strict";
import { test } from "node:test";
import { simulate } from "../../../server/engine/simulation/simulation.ts";
import { given } from "../../../server/engine/sourced.ts";
import type { SaturationThresholds } from "../../../server/engine/wva/v1/analyze.ts";
import { changes, desiredOf, external, hpa, scenario, type Told, ToldTier, toldLog, variant, wva } from "./world.ts";

const usual = { kvCacheThreshold: 0.8, queueLengthThreshold: 5, kvSpareTrigger: 0.1, queueSpareTrigger: 3 };

/** WVA 0.5 and an HPA that does what it says, on replicas that have what the story tells. */
function under(
  {
    replicas,
    minutes,
    spec = {},
    thresholds = usual,
    interval = 30,
  }: {
    replicas: number;
    minutes: number;
    spec?: Parameters<typeof hpa>[2];
    thresholds?: SaturationThresholds;
    interval?: number;
  },
  story: (at: number, serving: number) => Told,
) {
  const input = scenario({
    variants: [variant("llama", replicas)],
    wva: wva(["llama"], { thresholds, interval: given(interval) }),
    signals: [desiredOf("llama")],
    autoscalers: [hpa("llama", "wva_desired_replicas", spec)],
    duration: 60 * minutes,
  });
  return simulate(input, new ToldTier(story));
}

test("S1's interactive profile adds a replica in every settled cycle with no load at all", () => {
  const chat = { kvCacheThreshold: 0.7, queueLengthThreshold: 3, kvSpareTrigger: 0.2, queueSpareTrigger: 5 };
  const run = under({ replicas: 1, minutes: 10, thresholds: chat, spec: { maxReplicas: 3 } }, () => ({}));
  assert.deepEqual(toldLog(run.log), [
    "15-30 s hpa x2 same: llama stays at 1, because no metric could be read. Not wva_desired_replicas: it could not be read (WVA has not decided about it yet).",
    "30 s wva changed: llama: 1 -> 2, because the spare queue is below its trigger (avgSpareQueue 3 < queueSpareTrigger 5).",
    "45 s hpa changed: llama: 1 -> 2, because the metric is above its target (wva_desired_replicas per replica 2 > averageValue 1, ratio 2 > 1 + tolerance 1.1).",
    "60-120 s wva x3 held: llama stays at 2, because the model is in transition and WVA decides nothing before it ends (llama: reporting 1 < current 2). It wanted 3; the transition of the model allows 2.",
    "60-150 s hpa x7 same: llama stays at 2, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "150 s wva changed: llama: 2 -> 3, because the spare queue is below its trigger (avgSpareQueue 3 < queueSpareTrigger 5).",
    "165 s hpa changed: llama: 2 -> 3, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1).",
    "180-240 s wva x3 held: llama stays at 3, because the model is in transition and WVA decides nothing before it ends (llama: reporting 2 < current 3). It wanted 4; the transition of the model allows 3.",
    "180-270 s hpa x7 same: llama stays at 3, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "270 s wva changed: llama: 3 -> 4, because the spare queue is below its trigger (avgSpareQueue 3 < queueSpareTrigger 5).",
    "285-600 s hpa x22 held: llama stays at 3, because the metric is above its target (wva_desired_replicas per replica 1.334 > averageValue 1, ratio 1.333 > 1 + tolerance 1.1). It wanted 4; maxReplicas allows 3.",
    "300-600 s wva x11 held: llama: 3 -> 4, because the model is in transition and WVA decides nothing before it ends (llama: desired 4 > current 3).",
  ]);
});

const restless = (_: number, serving: number) => ({ kvUsage: 0.9 / serving, waiting: serving <= 2 ? 3 : 0 });
const windows = (up: number, down: number) =>
  ({
    behavior: {
      scaleUp: { stabilizationWindowSeconds: up, policies: [{ type: "Pods", value: 2, periodSeconds: 60 }] },
      scaleDown: { stabilizationWindowSeconds: down, policies: [{ type: "Pods", value: 1, periodSeconds: 120 }] },
    },
  }) as const;

test("S1's flapping: a queue asks for the third replica, empties with it, and the third is called superfluous", () => {
  const run = under({ replicas: 2, minutes: 8, spec: windows(60, 120) }, restless);
  assert.deepEqual(toldLog(run.log), [
    "15-30 s hpa x2 same: llama stays at 2, because no metric could be read. Not wva_desired_replicas: it could not be read (WVA has not decided about it yet).",
    "30 s wva changed: llama: 2 -> 3, because the spare queue is below its trigger (avgSpareQueue 2 < queueSpareTrigger 3).",
    "45-60 s hpa x2 held: llama stays at 2, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1). It wanted 3; scaleUp.stabilizationWindowSeconds allows 2 for another 30 s.",
    "60 s wva held: llama: 2 -> 3, because the model is in transition and WVA decides nothing before it ends (llama: desired 3 > current 2).",
    "75 s hpa changed: llama: 2 -> 3, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1).",
    "90-150 s wva x3 held: llama stays at 3, because the model is in transition and WVA decides nothing before it ends (llama: reporting 2 < current 3). It wanted 4; the transition of the model allows 3.",
    "90-240 s hpa x11 same: llama stays at 3, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "180-210 s wva x2 same: llama stays at 3, because there is room, but not for one replica less (avgSpareKv 0.4 >= kvSpareTrigger 0.1, avgSpareQueue 3 >= queueSpareTrigger 3, spareQueueAfterRemoval 2 < queueSpareTrigger 3).",
    "240 s wva changed: llama: 3 -> 2, because the load still fits with one replica less (spareKvAfterRemoval 0.35 >= kvSpareTrigger 0.1, spareQueueAfterRemoval 5 >= queueSpareTrigger 3).",
    "255-345 s hpa x7 held: llama stays at 3, because every metric is below its target (wva_desired_replicas per replica 0.667 < averageValue 1, ratio 0.6667 < 1 - tolerance 0.9). It wanted 2; scaleDown.stabilizationWindowSeconds allows 3 for another 105 s.",
    "270-360 s wva x4 held: llama: 3 -> 2, because the model is in transition and WVA decides nothing before it ends (llama: desired 2 < current 3).",
    "360 s hpa changed: llama: 3 -> 2, because every metric is below its target (wva_desired_replicas per replica 0.667 < averageValue 1, ratio 0.6667 < 1 - tolerance 0.9).",
    "375-390 s hpa x2 same: llama stays at 2, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "390 s wva changed: llama: 2 -> 3, because the spare queue is below its trigger (avgSpareQueue 2 < queueSpareTrigger 3).",
    "405-435 s hpa x3 held: llama stays at 2, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1). It wanted 3; scaleUp.stabilizationWindowSeconds allows 2 for another 45 s.",
    "420-450 s wva x2 held: llama: 2 -> 3, because the model is in transition and WVA decides nothing before it ends (llama: desired 3 > current 2).",
    "450 s hpa changed: llama: 2 -> 3, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1).",
    "465-480 s hpa x2 same: llama stays at 3, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "480 s wva held: llama stays at 3, because the model is in transition and WVA decides nothing before it ends (llama: reporting 2 < current 3). It wanted 4; the transition of the model allows 3.",
  ]);
});

const stepsOf = (run: ReturnType<typeof under>) => changes(run.log).filter((line) => line.includes("hpa")).length;

test("over two hours the first cure makes 13 steps of 40, the second leaves them, the third makes 30", () => {
  const hours = { replicas: 2, minutes: 120 };
  assert.equal(stepsOf(under({ ...hours, spec: windows(60, 120) }, restless)), 40);
  assert.equal(stepsOf(under({ ...hours, spec: windows(300, 600) }, restless)), 13);
  const trigger = { ...usual, kvSpareTrigger: 0.15 };
  const raised = under({ ...hours, spec: windows(60, 120), thresholds: trigger }, restless);
  assert.deepEqual(changes(raised.log), changes(under({ ...hours, spec: windows(60, 120) }, restless).log));
  // An interval of 120 s is what 0.5 does not read; a version that does flaps on.
  assert.equal(stepsOf(under({ ...hours, spec: windows(60, 120), interval: 120 }, restless)), 30);
});

test("S1's first cure, longer windows: the same flapping, four times slower", () => {
  const run = under({ replicas: 2, minutes: 20, spec: windows(300, 600) }, restless);
  assert.deepEqual(toldLog(run.log), [
    "15-30 s hpa x2 same: llama stays at 2, because no metric could be read. Not wva_desired_replicas: it could not be read (WVA has not decided about it yet).",
    "30 s wva changed: llama: 2 -> 3, because the spare queue is below its trigger (avgSpareQueue 2 < queueSpareTrigger 3).",
    "45-300 s hpa x18 held: llama stays at 2, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1). It wanted 3; scaleUp.stabilizationWindowSeconds allows 2 for another 270 s.",
    "60-300 s wva x9 held: llama: 2 -> 3, because the model is in transition and WVA decides nothing before it ends (llama: desired 3 > current 2).",
    "315 s hpa changed: llama: 2 -> 3, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1).",
    "330-390 s wva x3 held: llama stays at 3, because the model is in transition and WVA decides nothing before it ends (llama: reporting 2 < current 3). It wanted 4; the transition of the model allows 3.",
    "330-480 s hpa x11 same: llama stays at 3, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "420-450 s wva x2 same: llama stays at 3, because there is room, but not for one replica less (avgSpareKv 0.4 >= kvSpareTrigger 0.1, avgSpareQueue 3 >= queueSpareTrigger 3, spareQueueAfterRemoval 2 < queueSpareTrigger 3).",
    "480 s wva changed: llama: 3 -> 2, because the load still fits with one replica less (spareKvAfterRemoval 0.35 >= kvSpareTrigger 0.1, spareQueueAfterRemoval 5 >= queueSpareTrigger 3).",
    "495-1065 s hpa x39 held: llama stays at 3, because every metric is below its target (wva_desired_replicas per replica 0.667 < averageValue 1, ratio 0.6667 < 1 - tolerance 0.9). It wanted 2; scaleDown.stabilizationWindowSeconds allows 3 for another 585 s.",
    "510-1080 s wva x20 held: llama: 3 -> 2, because the model is in transition and WVA decides nothing before it ends (llama: desired 2 < current 3).",
    "1080 s hpa changed: llama: 3 -> 2, because every metric is below its target (wva_desired_replicas per replica 0.667 < averageValue 1, ratio 0.6667 < 1 - tolerance 0.9).",
    "1095-1110 s hpa x2 same: llama stays at 2, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "1110 s wva changed: llama: 2 -> 3, because the spare queue is below its trigger (avgSpareQueue 2 < queueSpareTrigger 3).",
    "1125-1200 s hpa x6 held: llama stays at 2, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1). It wanted 3; scaleUp.stabilizationWindowSeconds allows 2 for another 285 s.",
    "1140-1200 s wva x3 held: llama: 2 -> 3, because the model is in transition and WVA decides nothing before it ends (llama: desired 3 > current 2).",
  ]);
});

test("S1's second cure, a higher spare trigger of the KV cache: nothing changes, for it is the queue that asks", () => {
  const thresholds = { ...usual, kvSpareTrigger: 0.15 };
  const run = under({ replicas: 2, minutes: 8, spec: windows(60, 120), thresholds }, restless);
  assert.deepEqual(toldLog(run.log), [
    "15-30 s hpa x2 same: llama stays at 2, because no metric could be read. Not wva_desired_replicas: it could not be read (WVA has not decided about it yet).",
    "30 s wva changed: llama: 2 -> 3, because the spare queue is below its trigger (avgSpareQueue 2 < queueSpareTrigger 3).",
    "45-60 s hpa x2 held: llama stays at 2, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1). It wanted 3; scaleUp.stabilizationWindowSeconds allows 2 for another 30 s.",
    "60 s wva held: llama: 2 -> 3, because the model is in transition and WVA decides nothing before it ends (llama: desired 3 > current 2).",
    "75 s hpa changed: llama: 2 -> 3, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1).",
    "90-150 s wva x3 held: llama stays at 3, because the model is in transition and WVA decides nothing before it ends (llama: reporting 2 < current 3). It wanted 4; the transition of the model allows 3.",
    "90-240 s hpa x11 same: llama stays at 3, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "180-210 s wva x2 same: llama stays at 3, because there is room, but not for one replica less (avgSpareKv 0.4 >= kvSpareTrigger 0.15, avgSpareQueue 3 >= queueSpareTrigger 3, spareQueueAfterRemoval 2 < queueSpareTrigger 3).",
    "240 s wva changed: llama: 3 -> 2, because the load still fits with one replica less (spareKvAfterRemoval 0.35 >= kvSpareTrigger 0.15, spareQueueAfterRemoval 5 >= queueSpareTrigger 3).",
    "255-345 s hpa x7 held: llama stays at 3, because every metric is below its target (wva_desired_replicas per replica 0.667 < averageValue 1, ratio 0.6667 < 1 - tolerance 0.9). It wanted 2; scaleDown.stabilizationWindowSeconds allows 3 for another 105 s.",
    "270-360 s wva x4 held: llama: 3 -> 2, because the model is in transition and WVA decides nothing before it ends (llama: desired 2 < current 3).",
    "360 s hpa changed: llama: 3 -> 2, because every metric is below its target (wva_desired_replicas per replica 0.667 < averageValue 1, ratio 0.6667 < 1 - tolerance 0.9).",
    "375-390 s hpa x2 same: llama stays at 2, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "390 s wva changed: llama: 2 -> 3, because the spare queue is below its trigger (avgSpareQueue 2 < queueSpareTrigger 3).",
    "405-435 s hpa x3 held: llama stays at 2, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1). It wanted 3; scaleUp.stabilizationWindowSeconds allows 2 for another 45 s.",
    "420-450 s wva x2 held: llama: 2 -> 3, because the model is in transition and WVA decides nothing before it ends (llama: desired 3 > current 2).",
    "450 s hpa changed: llama: 2 -> 3, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1).",
    "465-480 s hpa x2 same: llama stays at 3, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "480 s wva held: llama stays at 3, because the model is in transition and WVA decides nothing before it ends (llama: reporting 2 < current 3). It wanted 4; the transition of the model allows 3.",
  ]);
});

test("S1's third cure, an interval of 120 s, which 0.5 does not read: where it is read, flapping goes on", () => {
  const run = under({ replicas: 2, minutes: 12, spec: windows(60, 120), interval: 120 }, restless);
  assert.deepEqual(toldLog(run.log), [
    "15-120 s hpa x8 same: llama stays at 2, because no metric could be read. Not wva_desired_replicas: it could not be read (WVA has not decided about it yet).",
    "120 s wva changed: llama: 2 -> 3, because the spare queue is below its trigger (avgSpareQueue 2 < queueSpareTrigger 3).",
    "135 s hpa changed: llama: 2 -> 3, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1).",
    "150-360 s hpa x15 same: llama stays at 3, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "240 s wva same: llama stays at 3, because there is room, but not for one replica less (avgSpareKv 0.4 >= kvSpareTrigger 0.1, avgSpareQueue 3 >= queueSpareTrigger 3, spareQueueAfterRemoval 2 < queueSpareTrigger 3).",
    "360 s wva changed: llama: 3 -> 2, because the load still fits with one replica less (spareKvAfterRemoval 0.35 >= kvSpareTrigger 0.1, spareQueueAfterRemoval 5 >= queueSpareTrigger 3).",
    "375-465 s hpa x7 held: llama stays at 3, because every metric is below its target (wva_desired_replicas per replica 0.667 < averageValue 1, ratio 0.6667 < 1 - tolerance 0.9). It wanted 2; scaleDown.stabilizationWindowSeconds allows 3 for another 105 s.",
    "480 s wva held: llama: 3 -> 2, because the model is in transition and WVA decides nothing before it ends (llama: desired 2 < current 3).",
    "480 s hpa changed: llama: 3 -> 2, because every metric is below its target (wva_desired_replicas per replica 0.667 < averageValue 1, ratio 0.6667 < 1 - tolerance 0.9).",
    "495-600 s hpa x8 same: llama stays at 2, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "600 s wva changed: llama: 2 -> 3, because the spare queue is below its trigger (avgSpareQueue 2 < queueSpareTrigger 3).",
    "615-645 s hpa x3 held: llama stays at 2, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1). It wanted 3; scaleUp.stabilizationWindowSeconds allows 2 for another 45 s.",
    "660 s hpa changed: llama: 2 -> 3, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1).",
    "675-720 s hpa x4 same: llama stays at 3, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "720 s wva held: llama stays at 3, because the model is in transition and WVA decides nothing before it ends (llama: reporting 2 < current 3). It wanted 4; the transition of the model allows 3.",
  ]);
});

test("what cures it is a queue trigger that the queue of two replicas does not reach", () => {
  const thresholds = { ...usual, queueSpareTrigger: 2 };
  const run = under({ replicas: 2, minutes: 12, spec: windows(60, 120), thresholds }, restless);
  assert.deepEqual(toldLog(run.log), [
    "15-30 s hpa x2 same: llama stays at 2, because no metric could be read. Not wva_desired_replicas: it could not be read (WVA has not decided about it yet).",
    "30-720 s wva x24 same: llama stays at 2, because there is room, but not for one replica less (avgSpareKv 0.35 >= kvSpareTrigger 0.1, avgSpareQueue 2 >= queueSpareTrigger 2, spareKvAfterRemoval -0.1 < kvSpareTrigger 0.1, spareQueueAfterRemoval -1 < queueSpareTrigger 2).",
    "45-720 s hpa x46 same: llama stays at 2, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
  ]);
  const longer = under({ replicas: 2, minutes: 120, spec: windows(60, 120), thresholds }, restless);
  assert.deepEqual(changes(longer.log), []);
});

const idleThenFull = (at: number) => (at < 300 ? { kvUsage: 0.05 } : { kvUsage: 0.9, waiting: 12 });

test("the bounds deadlock: an HPA minimum of 2 that WVA 0.5 does not know ends all scaling once it was idle", () => {
  const run = under({ replicas: 3, minutes: 20, spec: { minReplicas: 2 } }, idleThenFull);
  assert.deepEqual(toldLog(run.log), [
    "15-30 s hpa x2 same: llama stays at 3, because no metric could be read. Not wva_desired_replicas: it could not be read (WVA has not decided about it yet).",
    "30 s wva changed: llama: 3 -> 2, because the load still fits with one replica less (spareKvAfterRemoval 0.725 >= kvSpareTrigger 0.1, spareQueueAfterRemoval 5 >= queueSpareTrigger 3).",
    "45 s hpa changed: llama: 3 -> 2, because every metric is below its target (wva_desired_replicas per replica 0.667 < averageValue 1, ratio 0.6667 < 1 - tolerance 0.9).",
    "60 s wva changed: llama: 2 -> 1, because the load still fits with one replica less (spareKvAfterRemoval 0.7 >= kvSpareTrigger 0.1, spareQueueAfterRemoval 5 >= queueSpareTrigger 3).",
    "60 s hpa same: llama stays at 2, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "75-1200 s hpa x76 held: llama stays at 2, because every metric is below its target (wva_desired_replicas per replica 0.5 < averageValue 1, ratio 0.5 < 1 - tolerance 0.9). It wanted 1; minReplicas allows 2.",
    "90-270 s wva x7 held: llama: 2 -> 1, because the model is in transition and WVA decides nothing before it ends (llama: desired 1 < current 2).",
    "300-1200 s wva x31 held: llama: 2 -> 1, because the model is in transition and WVA decides nothing before it ends (llama: desired 1 < current 2). It wanted 3; the transition of the model allows 1.",
  ]);
});

test("with a minimum of 1 the same load is answered", () => {
  const run = under({ replicas: 3, minutes: 12, spec: { minReplicas: 1 } }, idleThenFull);
  assert.deepEqual(changes(run.log), [
    "30 s wva 3 -> 2",
    "45 s hpa 3 -> 2",
    "60 s wva 2 -> 1",
    "75 s hpa 2 -> 1",
    "300 s wva 1 -> 2",
    "315 s hpa 1 -> 2",
    "420 s wva 2 -> 3",
    "435 s hpa 2 -> 3",
    "540 s wva 3 -> 4",
    "555 s hpa 3 -> 4",
    "660 s wva 4 -> 5",
    "675 s hpa 4 -> 5",
  ]);
});

test("the runaway of type Value: a count of replicas is taken times the replicas", () => {
  const story = (_: number, serving: number) => ({ kvUsage: serving <= 1 ? 0.75 : 0.45 });
  const spec = { metrics: [external("wva_desired_replicas", "Value", 1)] };
  const run = under({ replicas: 1, minutes: 10, spec }, story);
  assert.deepEqual(toldLog(run.log), [
    "15-30 s hpa x2 same: llama stays at 1, because no metric could be read. Not wva_desired_replicas: it could not be read (WVA has not decided about it yet).",
    "30 s wva changed: llama: 1 -> 2, because the spare KV cache is below its trigger (avgSpareKv 0.05 < kvSpareTrigger 0.1).",
    "45 s hpa changed: llama: 1 -> 2, because the metric is above its target (wva_desired_replicas 2 > value 1, ratio 2 > 1 + tolerance 1.1).",
    "60-120 s wva x3 held: llama stays at 2, because the model is in transition and WVA decides nothing before it ends (llama: reporting 1 < current 2). It wanted 3; the transition of the model allows 2.",
    "60-135 s hpa x6 same: llama stays at 2, because the metric asks for the replicas that are there (wva_desired_replicas 2 > value 1, ratio 2 > 1 + tolerance 1.1).",
    "150 s wva same: llama stays at 2, because there is room, but not for one replica less (avgSpareKv 0.2 >= kvSpareTrigger 0.1, avgSpareQueue 5 >= queueSpareTrigger 3, spareKvAfterRemoval -0.4 < kvSpareTrigger 0.1).",
    "150 s hpa changed: llama: 2 -> 4, because the metric is above its target (wva_desired_replicas 2 > value 1, ratio 2 > 1 + tolerance 1.1).",
    "165-240 s hpa x6 same: llama stays at 4, because the metric asks for the replicas that are there (wva_desired_replicas 2 > value 1, ratio 2 > 1 + tolerance 1.1).",
    "180-240 s wva x3 held: llama: 4 -> 2, because the model is in transition and WVA decides nothing before it ends (llama: desired 2 < current 4, llama: reporting 2 < current 4).",
    "255 s hpa changed: llama: 4 -> 8, because the metric is above its target (wva_desired_replicas 2 > value 1, ratio 2 > 1 + tolerance 1.1).",
    "270-600 s wva x12 held: llama: 8 -> 2, because the model is in transition and WVA decides nothing before it ends (llama: desired 2 < current 8, llama: reporting 4 < current 8). It wanted 7; the transition of the model allows 2.",
    "270-345 s hpa x6 same: llama stays at 8, because the metric asks for the replicas that are there (wva_desired_replicas 2 > value 1, ratio 2 > 1 + tolerance 1.1).",
    "360 s hpa changed: llama: 8 -> 10, because the metric is above its target (wva_desired_replicas 2 > value 1, ratio 2 > 1 + tolerance 1.1). It wanted 16; maxReplicas allows 10.",
    "375-600 s hpa x16 held: llama stays at 10, because the metric is above its target (wva_desired_replicas 2 > value 1, ratio 2 > 1 + tolerance 1.1). It wanted 16; maxReplicas allows 10.",
  ]);
  assert.deepEqual(changes(under({ replicas: 1, minutes: 10 }, story).log), ["30 s wva 1 -> 2", "45 s hpa 1 -> 2"]);
});

test("while WVA's series are away it says again what it said, and changes nothing", () => {
  const away = { outages: [{ from: 60, to: 300 }] };
  const input = scenario({
    variants: [variant("llama", 2)],
    wva: wva(["llama"], away),
    signals: [{ ...desiredOf("llama"), ...away }],
    autoscalers: [hpa("llama", "wva_desired_replicas")],
    duration: 420,
  });
  const run = simulate(input, new ToldTier((at) => ({ kvUsage: at < 60 ? 0.5 : 0.9 })));
  assert.deepEqual(toldLog(run.log), [
    "15-30 s hpa x2 same: llama stays at 2, because no metric could be read. Not wva_desired_replicas: it could not be read (WVA has not decided about it yet).",
    "30 s wva same: llama stays at 2, because there is room, but not for one replica less (avgSpareKv 0.3 >= kvSpareTrigger 0.1, avgSpareQueue 5 >= queueSpareTrigger 3, spareKvAfterRemoval -0.2 < kvSpareTrigger 0.1).",
    "45 s hpa same: llama stays at 2, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "60-270 s wva x8 same: llama stays at 2, because no replica reports, and WVA keeps what is there.",
    "60-285 s hpa x16 same: llama stays at 2, because no metric could be read. Not wva_desired_replicas: it could not be read (Prometheus did not answer).",
    "300 s wva changed: llama: 2 -> 3, because the spare KV cache and the spare queue are below their triggers (avgSpareKv 0 < kvSpareTrigger 0.1, avgSpareQueue 0 < queueSpareTrigger 3).",
    "300 s hpa same: llama stays at 2, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "315 s hpa changed: llama: 2 -> 3, because the metric is above its target (wva_desired_replicas per replica 1.5 > averageValue 1, ratio 1.5 > 1 + tolerance 1.1).",
    "330-390 s wva x3 held: llama stays at 3, because the model is in transition and WVA decides nothing before it ends (llama: reporting 2 < current 3). It wanted 4; the transition of the model allows 3.",
    "330-420 s hpa x7 same: llama stays at 3, because the metric is as close to its target as the tolerance allows (wva_desired_replicas per replica 1 = averageValue 1, ratio 1 <= 1 + tolerance 1.1).",
    "420 s wva changed: llama: 3 -> 4, because the spare KV cache and the spare queue are below their triggers (avgSpareKv 0 < kvSpareTrigger 0.1, avgSpareQueue 0 < queueSpareTrigger 3).",
  ]);
  const read = run.timeline.signals.get("wva_desired_replicas") ?? [];
  assert.deepEqual([...read].slice(0, 8), [
    Number.NaN,
    Number.NaN,
    Number.NaN,
    2,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
});
