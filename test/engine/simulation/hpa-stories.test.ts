import assert from "node:assert/strict";
import { test } from "node:test";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import type { Measure } from "../../../server/engine/simulation/signal.ts";
import { simulate } from "../../../server/engine/simulation/simulation.ts";
import { given } from "../../../server/engine/sourced.ts";
import { changes, external, hpa, pool, scenario, server, signal, toldLog, variant } from "./world.ts";

/** Two minutes of more than two replicas can do, with pods that take longer than that to start, and GPUs for twelve. */
function burst(window: number, guard: boolean) {
  const behavior = {
    scaleUp: { stabilizationWindowSeconds: window, policies: [{ type: "Pods", value: 4, periodSeconds: 15 }] },
    scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: "Pods", value: 4, periodSeconds: 60 }] },
  } as const;
  const spec = { minReplicas: 2, maxReplicas: 16, metrics: [external("waiting", "AverageValue", 20)], behavior };
  const origins = new Map([["scaleUp.stabilizationWindowSeconds", "hpa.yaml:20"]]);
  const input = scenario({
    variants: [variant("llama", 2)],
    pools: [{ ...pool, gpusPerNode: 6 }],
    signals: [signal("waiting", { of: "waiting", over: "sum" })],
    autoscalers: [hpa("llama", "waiting", spec, { origins, ...(guard ? { guard: given("credit-pending") } : {}) })],
    traffic: { rate: (at) => (at >= 120 && at < 240 ? 20 : 4), promptTokens: 500, outputTokens: 200 },
    duration: 600,
  });
  return simulate(input, new FluidTier(input));
}

test("a window of 15 s and no guard: a burst that is over before a pod starts asks for 16, and 4 never find a GPU", () => {
  const { log, timeline } = burst(15, false);
  assert.deepEqual(toldLog(log), [
    "15-120 s hpa x8 held: llama stays at 2, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; scaleDown.stabilizationWindowSeconds allows 2 for another 300 s.",
    "135 s hpa same: llama stays at 2, because the metric asks for the replicas that are there (waiting per replica 13.13 < averageValue 20, ratio 0.6562 < 1 - tolerance 0.9).",
    "150 s hpa changed: llama: 2 -> 6, because the metric is above its target (waiting per replica 51.68 > averageValue 20, ratio 2.584 > 1 + tolerance 1.1).",
    "165 s hpa changed: llama: 6 -> 10, because the metric is above its target (waiting per replica 30.07 > averageValue 20, ratio 1.503 > 1 + tolerance 1.1).",
    "180 s hpa changed: llama: 10 -> 13, because the metric is above its target (waiting per replica 25.75 > averageValue 20, ratio 1.287 > 1 + tolerance 1.1).",
    "195 s hpa changed: llama: 13 -> 16, because the metric is above its target (waiting per replica 25.73 > averageValue 20, ratio 1.287 > 1 + tolerance 1.1). It wanted 17; maxReplicas allows 16.",
    "210-255 s hpa x4 held: llama stays at 16, because the metric is above its target (waiting per replica 25.73 > averageValue 20, ratio 1.286 > 1 + tolerance 1.1). It wanted 21; maxReplicas allows 16.",
    "270-540 s hpa x19 held: llama stays at 16, because every metric is below its target (waiting per replica 11.66 < averageValue 20, ratio 0.5828 < 1 - tolerance 0.9). It wanted 10; scaleDown.stabilizationWindowSeconds allows 16 for another 285 s.",
    "555 s hpa changed: llama: 16 -> 12, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; scaleDown.stabilizationWindowSeconds allows 10 for another 15 s. It wanted 10; scaleDown.policies[0] allows 12 for another 60 s.",
    "570-600 s hpa x3 held: llama stays at 12, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; scaleDown.policies[0] allows 12 for another 45 s.",
  ]);
  assert.equal(Math.max(...(timeline.variants.get("llama")?.pending ?? [])), 4);
});

test("with 180 s the same burst asks for nothing, and the window is what each second of the breach waited for", () => {
  const { log, timeline, violations } = burst(180, false);
  assert.deepEqual(toldLog(log), [
    "15-120 s hpa x8 held: llama stays at 2, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; scaleDown.stabilizationWindowSeconds allows 2 for another 300 s.",
    "135 s hpa same: llama stays at 2, because the metric asks for the replicas that are there (waiting per replica 13.13 < averageValue 20, ratio 0.6562 < 1 - tolerance 0.9).",
    "150-285 s hpa x10 held: llama stays at 2, because the metric is above its target (waiting per replica 51.68 > averageValue 20, ratio 2.584 > 1 + tolerance 1.1). It wanted 6; scaleUp.stabilizationWindowSeconds allows 2 for another 165 s.",
    "300-570 s hpa x19 held: llama stays at 2, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; scaleDown.stabilizationWindowSeconds allows 2 for another 285 s.",
    "585-600 s hpa x2 held: llama stays at 2, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; minReplicas allows 2.",
  ]);
  assert.equal(Math.max(...(timeline.variants.get("llama")?.pending ?? [])), 0);
  assert.deepEqual(violations, [
    {
      from: 135,
      to: 300,
      blame: [
        { part: "stabilization", by: "scaleUp.stabilizationWindowSeconds", origin: "hpa.yaml:20", seconds: 150 },
        { part: "signal", seconds: 15 },
      ],
    },
  ]);
});

test("credit for pods on the way slows the cascade down, and does not end it while the queue grows", () => {
  assert.deepEqual(changes(burst(15, false).log).slice(0, 4), [
    "150 s hpa 2 -> 6",
    "165 s hpa 6 -> 10",
    "180 s hpa 10 -> 13",
    "195 s hpa 13 -> 16",
  ]);
  assert.deepEqual(changes(burst(15, true).log).slice(0, 5), [
    "150 s hpa 2 -> 6",
    "180 s hpa 6 -> 9",
    "210 s hpa 9 -> 13",
    "240 s hpa 13 -> 16",
    "555 s hpa 16 -> 12",
  ]);
});

test("a spike that the HPA's policy staggers: one pod a minute, whatever the metric asks for", () => {
  const behavior = {
    scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: "Pods", value: 1, periodSeconds: 60 }] },
    scaleDown: { stabilizationWindowSeconds: 300 },
  } as const;
  const input = scenario({
    variants: [variant("llama", 2)],
    signals: [signal("running", { of: "router-running" })],
    autoscalers: [
      hpa("llama", "running", { minReplicas: 2, metrics: [external("running", "AverageValue", 40)], behavior }),
    ],
    traffic: { rate: (at) => (at >= 120 ? 30 : 6), promptTokens: 500, outputTokens: 200 },
    duration: 420,
  });
  assert.deepEqual(toldLog(simulate(input, new FluidTier(input)).log), [
    "15-120 s hpa x8 held: llama stays at 2, because every metric is below its target (running per replica 8.463 < averageValue 40, ratio 0.2116 < 1 - tolerance 0.9). It wanted 1; scaleDown.stabilizationWindowSeconds allows 2 for another 300 s.",
    "135 s hpa changed: llama: 2 -> 3, because the metric is above its target (running per replica 141.8 > averageValue 40, ratio 3.544 > 1 + tolerance 1.1). It wanted 8; scaleUp.policies[0] allows 3 for another 60 s.",
    "150-180 s hpa x3 held: llama stays at 3, because the metric is above its target (running per replica 170.2 > averageValue 40, ratio 4.255 > 1 + tolerance 1.1). It wanted 13; scaleUp.policies[0] allows 3 for another 45 s.",
    "195 s hpa changed: llama: 3 -> 4, because the metric is above its target (running per replica 397.2 > averageValue 40, ratio 9.931 > 1 + tolerance 1.1). It wanted 30; scaleUp.policies[0] allows 4 for another 60 s.",
    "210-240 s hpa x3 held: llama stays at 4, because the metric is above its target (running per replica 354.7 > averageValue 40, ratio 8.868 > 1 + tolerance 1.1). It wanted 36; scaleUp.policies[0] allows 4 for another 45 s.",
    "255 s hpa changed: llama: 4 -> 5, because the metric is above its target (running per replica 495.6 > averageValue 40, ratio 12.39 > 1 + tolerance 1.1). It wanted 50; scaleUp.policies[0] allows 5 for another 60 s.",
    "270-300 s hpa x3 held: llama stays at 5, because the metric is above its target (running per replica 419.6 > averageValue 40, ratio 10.49 > 1 + tolerance 1.1). It wanted 53; scaleUp.policies[0] allows 5 for another 45 s.",
    "315 s hpa changed: llama: 5 -> 6, because the metric is above its target (running per replica 468.1 > averageValue 40, ratio 11.7 > 1 + tolerance 1.1). It wanted 59; scaleUp.policies[0] allows 6 for another 60 s.",
    "330-360 s hpa x3 held: llama stays at 6, because the metric is above its target (running per replica 391.9 > averageValue 40, ratio 9.797 > 1 + tolerance 1.1). It wanted 59; scaleUp.policies[0] allows 6 for another 45 s.",
    "375 s hpa changed: llama: 6 -> 7, because the metric is above its target (running per replica 379.9 > averageValue 40, ratio 9.497 > 1 + tolerance 1.1). It wanted 57; scaleUp.policies[0] allows 7 for another 60 s.",
    "390-420 s hpa x3 held: llama stays at 7, because the metric is above its target (running per replica 316.2 > averageValue 40, ratio 7.904 > 1 + tolerance 1.1). It wanted 56; scaleUp.policies[0] allows 7 for another 45 s.",
  ]);
});

/** Traffic grows fivefold after two minutes; the HPA holds 2 a second to be a replica's share. */
function surge(measure: Measure) {
  const roomy = { ...server, capacity: given(1e6), maxRunning: given(256) };
  const input = scenario({
    variants: [variant("llama", 4, { server: roomy })],
    signals: [signal("rate", measure)],
    autoscalers: [
      hpa("llama", "rate", { minReplicas: 4, maxReplicas: 16, metrics: [external("rate", "AverageValue", 2)] }),
    ],
    traffic: { rate: (at) => (at >= 120 ? 40 : 8), promptTokens: 2000, outputTokens: 400 },
    duration: 240,
  });
  return simulate(input, new FluidTier(input));
}

test("saturation makes demand fall that is read from finished requests: prompts crowd out the answers", () => {
  const { log, timeline } = surge({ of: "finished-rate", over: "sum", window: given(30) });
  assert.deepEqual(toldLog(log), [
    "15 s hpa held: llama stays at 4, because every metric is below its target (rate per replica 1.059 < averageValue 2, ratio 0.5292 < 1 - tolerance 0.9). It wanted 3; minReplicas allows 4.",
    "30 s hpa same: llama stays at 4, because the metric asks for the replicas that are there (rate per replica 1.746 < averageValue 2, ratio 0.8728 < 1 - tolerance 0.9).",
    "45-120 s hpa x6 same: llama stays at 4, because the metric is as close to its target as the tolerance allows (rate per replica 1.913 < averageValue 2, ratio 0.9564 >= 1 - tolerance 0.9).",
    "135-150 s hpa x2 held: llama stays at 4, because every metric is below its target (rate per replica 0.569 < averageValue 2, ratio 0.2841 < 1 - tolerance 0.9). It wanted 2; minReplicas allows 4.",
    "165 s hpa same: llama stays at 4, because the metric asks for the replicas that are there (rate per replica 1.534 < averageValue 2, ratio 0.7666 < 1 - tolerance 0.9).",
    "180-195 s hpa x2 same: llama stays at 4, because the metric is as close to its target as the tolerance allows (rate per replica 1.851 < averageValue 2, ratio 0.9251 >= 1 - tolerance 0.9).",
    "210 s hpa changed: llama: 4 -> 5, because the metric is above its target (rate per replica 2.296 > averageValue 2, ratio 1.148 > 1 + tolerance 1.1).",
    "225 s hpa same: llama stays at 5, because the metric is as close to its target as the tolerance allows (rate per replica 1.964 < averageValue 2, ratio 0.9819 >= 1 - tolerance 0.9).",
    "240 s hpa changed: llama: 5 -> 7, because the metric is above its target (rate per replica 2.521 > averageValue 2, ratio 1.26 > 1 + tolerance 1.1).",
  ]);
  const rate = [...(timeline.signals.get("rate") ?? [])].map((value) => Math.round(value * 10) / 10);
  assert.deepEqual(rate, [Number.NaN, 4.2, 7, 7.7, 7.9, 8, 8, 8, 8, 2.3, 4.5, 6.1, 7.4, 8.4, 9.2, 9.8, 12.6]);
});

test("demand that is read from what arrives rises at once", () => {
  const { log } = surge({ of: "arrival-rate", window: given(30) });
  assert.deepEqual(changes(log), ["135 s hpa 4 -> 14", "150 s hpa 14 -> 16"]);
});
