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
    "15-135 s hpa x9 held: llama stays at 2, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; scaleDown.stabilizationWindowSeconds allows 2 for another 300 s.",
    "150 s hpa changed: llama: 2 -> 5, because the metric is above its target (waiting per replica 45.2 > averageValue 20, ratio 2.26 > 1 + tolerance 1.1).",
    "165 s hpa changed: llama: 5 -> 9, because the metric is above its target (waiting per replica 32.37 > averageValue 20, ratio 1.618 > 1 + tolerance 1.1).",
    "180 s hpa changed: llama: 9 -> 12, because the metric is above its target (waiting per replica 25.92 > averageValue 20, ratio 1.296 > 1 + tolerance 1.1).",
    "195 s hpa changed: llama: 12 -> 16, because the metric is above its target (waiting per replica 25.39 > averageValue 20, ratio 1.27 > 1 + tolerance 1.1).",
    "210-240 s hpa x3 held: llama stays at 16, because the metric is above its target (waiting per replica 23.51 > averageValue 20, ratio 1.175 > 1 + tolerance 1.1). It wanted 19; maxReplicas allows 16.",
    "255 s hpa same: llama stays at 16, because the metric is as close to its target as the tolerance allows (waiting per replica 21.15 > averageValue 20, ratio 1.057 <= 1 + tolerance 1.1).",
    "270-540 s hpa x19 held: llama stays at 16, because every metric is below its target (waiting per replica 8.281 < averageValue 20, ratio 0.414 < 1 - tolerance 0.9). It wanted 7; scaleDown.stabilizationWindowSeconds allows 16 for another 285 s.",
    "555 s hpa changed: llama: 16 -> 12, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; scaleDown.stabilizationWindowSeconds allows 7 for another 15 s. It wanted 7; scaleDown.policies[0] allows 12 for another 60 s.",
    "570-600 s hpa x3 held: llama stays at 12, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; scaleDown.policies[0] allows 12 for another 45 s.",
  ]);
  assert.equal(Math.max(...(timeline.variants.get("llama")?.pending ?? [])), 4);
});

test("with 180 s the same burst asks for nothing, and the window is what each second of the breach waited for", () => {
  const { log, timeline, violations } = burst(180, false);
  assert.deepEqual(toldLog(log), [
    "15-135 s hpa x9 held: llama stays at 2, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; scaleDown.stabilizationWindowSeconds allows 2 for another 300 s.",
    "150-270 s hpa x9 held: llama stays at 2, because the metric is above its target (waiting per replica 45.2 > averageValue 20, ratio 2.26 > 1 + tolerance 1.1). It wanted 5; scaleUp.stabilizationWindowSeconds allows 2 for another 165 s.",
    "285-555 s hpa x19 held: llama stays at 2, because every metric is below its target (waiting per replica 6.627 < averageValue 20, ratio 0.3313 < 1 - tolerance 0.9). It wanted 1; scaleDown.stabilizationWindowSeconds allows 2 for another 285 s.",
    "570 s hpa held: llama stays at 2, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; scaleDown.stabilizationWindowSeconds allows 1 for another 15 s. It wanted 1; minReplicas allows 2.",
    "585-600 s hpa x2 held: llama stays at 2, because every metric is below its target (waiting per replica 0 < averageValue 20, ratio 0 < 1 - tolerance 0.9). It wanted 0; minReplicas allows 2.",
  ]);
  assert.equal(Math.max(...(timeline.variants.get("llama")?.pending ?? [])), 0);
  assert.deepEqual(violations, [
    {
      from: 135,
      to: 285,
      blame: [
        { part: "stabilization", by: "scaleUp.stabilizationWindowSeconds", origin: "hpa.yaml:20", seconds: 135 },
        { part: "signal", seconds: 15 },
      ],
    },
  ]);
});

test("credit for pods on the way slows the cascade down, and does not end it while the queue grows", () => {
  assert.deepEqual(changes(burst(15, false).log).slice(0, 4), [
    "150 s hpa 2 -> 5",
    "165 s hpa 5 -> 9",
    "180 s hpa 9 -> 12",
    "195 s hpa 12 -> 16",
  ]);
  assert.deepEqual(changes(burst(15, true).log).slice(0, 5), [
    "150 s hpa 2 -> 5",
    "180 s hpa 5 -> 9",
    "210 s hpa 9 -> 12",
    "240 s hpa 12 -> 16",
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
    "15-120 s hpa x8 held: llama stays at 2, because every metric is below its target (running per replica 8.474 < averageValue 40, ratio 0.2118 < 1 - tolerance 0.9). It wanted 1; scaleDown.stabilizationWindowSeconds allows 2 for another 300 s.",
    "135 s hpa changed: llama: 2 -> 3, because the metric is above its target (running per replica 142.5 > averageValue 40, ratio 3.564 > 1 + tolerance 1.1). It wanted 8; scaleUp.policies[0] allows 3 for another 60 s.",
    "150-180 s hpa x3 held: llama stays at 3, because the metric is above its target (running per replica 168.8 > averageValue 40, ratio 4.221 > 1 + tolerance 1.1). It wanted 13; scaleUp.policies[0] allows 3 for another 45 s.",
    "195 s hpa changed: llama: 3 -> 4, because the metric is above its target (running per replica 390.3 > averageValue 40, ratio 9.757 > 1 + tolerance 1.1). It wanted 30; scaleUp.policies[0] allows 4 for another 60 s.",
    "210-240 s hpa x3 held: llama stays at 4, because the metric is above its target (running per replica 348.1 > averageValue 40, ratio 8.701 > 1 + tolerance 1.1). It wanted 35; scaleUp.policies[0] allows 4 for another 45 s.",
    "255 s hpa changed: llama: 4 -> 5, because the metric is above its target (running per replica 485.2 > averageValue 40, ratio 12.13 > 1 + tolerance 1.1). It wanted 49; scaleUp.policies[0] allows 5 for another 60 s.",
    "270-300 s hpa x3 held: llama stays at 5, because the metric is above its target (running per replica 409.6 > averageValue 40, ratio 10.24 > 1 + tolerance 1.1). It wanted 52; scaleUp.policies[0] allows 5 for another 45 s.",
    "315 s hpa changed: llama: 5 -> 6, because the metric is above its target (running per replica 453 > averageValue 40, ratio 11.33 > 1 + tolerance 1.1). It wanted 57; scaleUp.policies[0] allows 6 for another 60 s.",
    "330-360 s hpa x3 held: llama stays at 6, because the metric is above its target (running per replica 378 > averageValue 40, ratio 9.449 > 1 + tolerance 1.1). It wanted 57; scaleUp.policies[0] allows 6 for another 45 s.",
    "375 s hpa changed: llama: 6 -> 7, because the metric is above its target (running per replica 361.6 > averageValue 40, ratio 9.041 > 1 + tolerance 1.1). It wanted 55; scaleUp.policies[0] allows 7 for another 60 s.",
    "390-420 s hpa x3 held: llama stays at 7, because the metric is above its target (running per replica 299.3 > averageValue 40, ratio 7.483 > 1 + tolerance 1.1). It wanted 53; scaleUp.policies[0] allows 7 for another 45 s.",
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
    "15 s hpa held: llama stays at 4, because every metric is below its target (rate per replica 1.054 < averageValue 2, ratio 0.527 < 1 - tolerance 0.9). It wanted 3; minReplicas allows 4.",
    "30 s hpa same: llama stays at 4, because the metric asks for the replicas that are there (rate per replica 1.747 < averageValue 2, ratio 0.8731 < 1 - tolerance 0.9).",
    "45-120 s hpa x6 same: llama stays at 4, because the metric is as close to its target as the tolerance allows (rate per replica 1.915 < averageValue 2, ratio 0.9571 >= 1 - tolerance 0.9).",
    "135-150 s hpa x2 held: llama stays at 4, because every metric is below its target (rate per replica 0.567 < averageValue 2, ratio 0.2834 < 1 - tolerance 0.9). It wanted 2; minReplicas allows 4.",
    "165 s hpa same: llama stays at 4, because the metric asks for the replicas that are there (rate per replica 1.53 < averageValue 2, ratio 0.765 < 1 - tolerance 0.9).",
    "180-195 s hpa x2 same: llama stays at 4, because the metric is as close to its target as the tolerance allows (rate per replica 1.848 < averageValue 2, ratio 0.9236 >= 1 - tolerance 0.9).",
    "210 s hpa changed: llama: 4 -> 5, because the metric is above its target (rate per replica 2.294 > averageValue 2, ratio 1.147 > 1 + tolerance 1.1).",
    "225 s hpa same: llama stays at 5, because the metric is as close to its target as the tolerance allows (rate per replica 1.962 < averageValue 2, ratio 0.9809 >= 1 - tolerance 0.9).",
    "240 s hpa changed: llama: 5 -> 7, because the metric is above its target (rate per replica 2.509 > averageValue 2, ratio 1.254 > 1 + tolerance 1.1).",
  ]);
  const rate = [...(timeline.signals.get("rate") ?? [])].map((value) => Math.round(value * 10) / 10);
  assert.deepEqual(rate, [Number.NaN, 4.2, 7, 7.7, 7.9, 8, 8, 8, 8, 2.3, 4.5, 6.1, 7.4, 8.4, 9.2, 9.8, 12.5]);
});

test("demand that is read from what arrives rises at once", () => {
  const { log } = surge({ of: "arrival-rate", window: given(30) });
  assert.deepEqual(changes(log), ["135 s hpa 4 -> 14", "150 s hpa 14 -> 16"]);
});
