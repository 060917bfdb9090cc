import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScaledObjectSpec } from "../../../server/engine/keda/spec.ts";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import type { KedaInput } from "../../../server/engine/simulation/scenario.ts";
import { simulate } from "../../../server/engine/simulation/simulation.ts";
import { given } from "../../../server/engine/sourced.ts";
import { quick, scenario, signal, ToldTier, toldLog, variant } from "./world.ts";

function keda(
  reads: readonly string[],
  spec: Partial<ScaledObjectSpec>,
  metadata: Record<string, string> = {},
): KedaInput {
  return {
    kind: "keda",
    target: "llama",
    minor: 20,
    period: given(15),
    reads,
    scaledObject: {
      name: "llama",
      spec: {
        minReplicaCount: 1,
        maxReplicaCount: 10,
        pollingInterval: 15,
        advanced: { horizontalPodAutoscalerConfig: { behavior: quick } },
        triggers: reads.map(() => ({ type: "prometheus", metadata: { threshold: "10", ...metadata } })),
        ...spec,
      },
    },
  };
}

const waiting = (outage?: { from: number; to: number }) =>
  signal("waiting", { of: "waiting", over: "sum" }, outage === undefined ? {} : { outages: [outage] });
const fallback = { failureThreshold: 3, replicas: 6 };
const eighteen = () => new ToldTier((_, serving) => ({ waiting: 18 / serving }));

test("KEDA's fallback when Prometheus is away: the fourth failure in a row asks for it, polls counted too, and the first answer takes it back", () => {
  const input = scenario({
    variants: [variant("llama", 2)],
    signals: [waiting({ from: 300, to: 600 })],
    autoscalers: [keda(["waiting"], { fallback })],
    duration: 900,
  });
  assert.deepEqual(toldLog(simulate(input, eighteen()).log), [
    "15-285 s hpa x19 same: llama stays at 2, because the metric is as close to its target as the tolerance allows (s0-prometheus per replica 9 < averageValue 10, ratio 0.9 >= 1 - tolerance 0.9).",
    "300 s hpa same: llama stays at 2, because no metric could be read. Not s0-prometheus: it could not be read (Prometheus did not answer).",
    "315 s keda same: llama stays at 2, because a trigger failed more often than its fallback puts up with (failures of s0-prometheus 4 > failureThreshold 3).",
    "315 s hpa changed: llama: 2 -> 6, because the metric is above its target (s0-prometheus per replica 30 > averageValue 10, ratio 3 > 1 + tolerance 1.1).",
    "330-585 s keda x18 same: llama stays at 6, because a trigger failed more often than its fallback puts up with (failures of s0-prometheus 6 > failureThreshold 3).",
    "330-585 s hpa x18 same: llama stays at 6, because the metric is as close to its target as the tolerance allows (s0-prometheus per replica 10 = averageValue 10, ratio 1 <= 1 + tolerance 1.1).",
    "600 s hpa changed: llama: 6 -> 2, because every metric is below its target (s0-prometheus per replica 3 < averageValue 10, ratio 0.3 < 1 - tolerance 0.9).",
    "615-900 s hpa x20 same: llama stays at 2, because the metric is as close to its target as the tolerance allows (s0-prometheus per replica 9 < averageValue 10, ratio 0.9 >= 1 - tolerance 0.9).",
  ]);
});

const withoutFlowControl = (metadata: Record<string, string>) =>
  scenario({
    variants: [variant("llama", 2)],
    signals: [signal("held", { of: "held" })],
    autoscalers: [keda(["held"], { fallback }, metadata)],
    duration: 120,
  });

test("a series that does not exist is unknown in the timeline, and zero to a trigger that ignores null values", () => {
  const run = simulate(withoutFlowControl({}), eighteen());
  assert.deepEqual(toldLog(run.log), [
    "15 s hpa changed: llama: 2 -> 1, because every metric is below its target (s0-prometheus per replica 0 < averageValue 10, ratio 0 < 1 - tolerance 0.9). It wanted 0; minReplicas allows 1.",
    "30-120 s hpa x7 held: llama stays at 1, because every metric is below its target (s0-prometheus per replica 0 < averageValue 10, ratio 0 < 1 - tolerance 0.9). It wanted 0; minReplicas allows 1.",
  ]);
  assert.deepEqual(new Set(run.timeline.signals.get("held")), new Set([Number.NaN]));
});

test("the same series calls the fallback where null values are not ignored", () => {
  assert.deepEqual(toldLog(simulate(withoutFlowControl({ ignoreNullValues: "false" }), eighteen()).log), [
    "15 s hpa same: llama stays at 2, because no metric could be read. Not s0-prometheus: it could not be read (the query returned no number).",
    "30 s keda same: llama stays at 2, because a trigger failed more often than its fallback puts up with (failures of s0-prometheus 4 > failureThreshold 3).",
    "30 s hpa changed: llama: 2 -> 6, because the metric is above its target (s0-prometheus per replica 30 > averageValue 10, ratio 3 > 1 + tolerance 1.1).",
    "45-120 s keda x6 same: llama stays at 6, because a trigger failed more often than its fallback puts up with (failures of s0-prometheus 6 > failureThreshold 3).",
    "45-120 s hpa x6 same: llama stays at 6, because the metric is as close to its target as the tolerance allows (s0-prometheus per replica 10 = averageValue 10, ratio 1 <= 1 + tolerance 1.1).",
  ]);
});

test("scale to zero and back: held requests wake it, and while the first pod loads they ask for three more", () => {
  const input = scenario({
    router: {
      scrape: given(0.05),
      flowControl: {},
      detector: { queueDepth: given(5), kvUsage: given(0.8) },
    },
    signals: [signal("held", { of: "held" }), signal("running", { of: "router-running" })],
    autoscalers: [keda(["held", "running"], { minReplicaCount: 0, maxReplicaCount: 4, cooldownPeriod: 240 })],
    traffic: { rate: (at) => (at < 120 || (at >= 800 && at < 1000) ? 2 : 0), promptTokens: 500, outputTokens: 200 },
    duration: 1300,
  });
  const run = simulate(input, new FluidTier(input));
  assert.deepEqual(toldLog(run.log), [
    "15-120 s keda x8 same: llama stays at 1, because it is active, and above its minimum the HPA decides (s1-prometheus 4.978 > activation 0). Not s0-prometheus: it is not above what activates it.",
    "15-120 s hpa x8 same: llama stays at 1, because the metric asks for the replicas that are there (s1-prometheus per replica 4.978 < averageValue 10, ratio 0.4978 < 1 - tolerance 0.9). Not s0-prometheus: it asks for 0.",
    "135-360 s keda x16 held: llama stays at 1, because no trigger is active (s0-prometheus 0 <= activation 0, s1-prometheus 0 <= activation 0). It wanted 0; cooldownPeriod allows 1 for another 225 s.",
    "135-360 s hpa x16 held: llama stays at 1, because every metric is below its target (s1-prometheus per replica 0 < averageValue 10, ratio 0 < 1 - tolerance 0.9). It wanted 0; minReplicas allows 1. Not s0-prometheus: it asks for 0.",
    "375 s keda changed: llama: 1 -> 0, because no trigger is active (s0-prometheus 0 <= activation 0, s1-prometheus 0 <= activation 0, quiet for 255 s > cooldownPeriod 240 s).",
    "375-795 s hpa x29 same: llama stays at 0, because the target has no replicas, which switches autoscaling off.",
    "390-795 s keda x28 same: llama stays at 0, because no trigger is active and there is nothing to scale down (s0-prometheus 0 <= activation 0, s1-prometheus 0 <= activation 0).",
    "810 s keda changed: llama: 0 -> 1, because a trigger is active (s0-prometheus 20 > activation 0). Not s1-prometheus: it is not above what activates it.",
    "810 s hpa changed: llama: 1 -> 2, because the metric is above its target (s0-prometheus per replica 20 > averageValue 10, ratio 2 > 1 + tolerance 1.1). Not s1-prometheus: it asks for 0.",
    "825 s keda same: llama stays at 2, because it is active, and above its minimum the HPA decides (s0-prometheus 50 > activation 0). Not s1-prometheus: it is not above what activates it.",
    "825 s hpa changed: llama: 2 -> 4, because the metric is above its target (s0-prometheus per replica 25 > averageValue 10, ratio 2.5 > 1 + tolerance 1.1). It wanted 5; maxReplicas allows 4. Not s1-prometheus: it asks for 0.",
    "840-930 s keda x7 same: llama stays at 4, because it is active, and above its minimum the HPA decides (s0-prometheus 80 > activation 0). Not s1-prometheus: it is not above what activates it.",
    "840-915 s hpa x6 held: llama stays at 4, because the metric is above its target (s0-prometheus per replica 20 > averageValue 10, ratio 2 > 1 + tolerance 1.1). It wanted 8; maxReplicas allows 4. Not s1-prometheus: it asks for 0.",
    "930 s hpa changed: llama: 4 -> 2, because every metric is below its target (s1-prometheus per replica 3.171 < averageValue 10, ratio 0.317 < 1 - tolerance 0.9). Not s0-prometheus: it asks for 0.",
    "945 s keda same: llama stays at 2, because it is active, and above its minimum the HPA decides (s1-prometheus 4.456 > activation 0). Not s0-prometheus: it is not above what activates it.",
    "945 s hpa changed: llama: 2 -> 1, because every metric is below its target (s1-prometheus per replica 2.228 < averageValue 10, ratio 0.2228 < 1 - tolerance 0.9). Not s0-prometheus: it asks for 0.",
    "960-1005 s keda x4 same: llama stays at 1, because it is active, and above its minimum the HPA decides (s1-prometheus 4.987 > activation 0). Not s0-prometheus: it is not above what activates it.",
    "960-1005 s hpa x4 same: llama stays at 1, because the metric asks for the replicas that are there (s1-prometheus per replica 4.987 < averageValue 10, ratio 0.4987 < 1 - tolerance 0.9). Not s0-prometheus: it asks for 0.",
    "1020-1245 s keda x16 held: llama stays at 1, because no trigger is active (s0-prometheus 0 <= activation 0, s1-prometheus 0 <= activation 0). It wanted 0; cooldownPeriod allows 1 for another 225 s.",
    "1020-1245 s hpa x16 held: llama stays at 1, because every metric is below its target (s1-prometheus per replica 0 < averageValue 10, ratio 0 < 1 - tolerance 0.9). It wanted 0; minReplicas allows 1. Not s0-prometheus: it asks for 0.",
    "1260 s keda changed: llama: 1 -> 0, because no trigger is active (s0-prometheus 0 <= activation 0, s1-prometheus 0 <= activation 0, quiet for 255 s > cooldownPeriod 240 s).",
    "1260-1290 s hpa x3 same: llama stays at 0, because the target has no replicas, which switches autoscaling off.",
    "1275-1290 s keda x2 same: llama stays at 0, because no trigger is active and there is nothing to scale down (s0-prometheus 0 <= activation 0, s1-prometheus 0 <= activation 0).",
  ]);
  assert.deepEqual(run.violations, [
    {
      from: 795,
      to: 930,
      blame: [
        { part: "load", by: "load", seconds: 75 },
        { part: "load", by: "compile", seconds: 30 },
        { part: "signal", seconds: 15 },
        { part: "probe", by: "periodSeconds", seconds: 10 },
        { part: "bound", by: "maxReplicas", seconds: 5 },
      ],
    },
  ]);
});
