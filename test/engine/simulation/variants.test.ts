import assert from "node:assert/strict";
import { test } from "node:test";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import { simulate } from "../../../server/engine/simulation/simulation.ts";
import { given } from "../../../server/engine/sourced.ts";
import { changes, desiredOf, hpa, pool, scenario, ToldTier, template, variant, wva } from "./world.ts";

const desired = (name: string) => ({ ...desiredOf(name), name: `desired-${name}` });

/** An L40S at 5 and an A100 at 20, under one WVA and an HPA each. */
function two(rest: Partial<Parameters<typeof wva>[1]> = {}) {
  return scenario({
    variants: [
      variant("a100", 2, { pod: { ...template, pool: "a100" } }),
      variant("l40s", 1, { pod: { ...template, pool: "l40s" } }),
    ],
    pools: ["a100", "l40s"].map((name) => ({ ...pool, name, nodes: 1, gpusPerNode: 2 })),
    wva: wva([], {
      variants: [
        { name: "a100", cost: given(20), accelerator: "A100" },
        { name: "l40s", cost: given(5), accelerator: "L40S" },
      ],
      ...rest,
    }),
    signals: [desired("a100"), desired("l40s")],
    autoscalers: ["a100", "l40s"].map((name) => hpa(name, `desired-${name}`, { maxReplicas: 5 })),
    duration: 900,
  });
}

const busyThenIdle = (at: number) => (at < 100 ? { kvUsage: 0.75 } : { kvUsage: 0.1 });

test("WVA grows the cheap variant and shrinks the dear one first, which keeps its last replica", () => {
  const { log } = simulate(two(), new ToldTier(busyThenIdle));
  assert.deepEqual(
    log
      .filter(({ outcome, decision }) => outcome === "changed" && decision.controller === "hpa")
      .map(({ at, decision }) => `${at} s ${decision.subject} ${decision.from} -> ${decision.to}`),
    ["45 s l40s 1 -> 2", "165 s a100 2 -> 1", "195 s l40s 2 -> 1"],
  );
});

test("with the limiter it asks for no more than the nodes have", () => {
  const always = new ToldTier(() => ({ kvUsage: 0.78 }));
  const { timeline } = simulate(two({ limiter: true }), always);
  assert.equal(Math.max(...(timeline.variants.get("l40s")?.asked ?? [])), 2);
  const unlimited = simulate(two(), new ToldTier(() => ({ kvUsage: 0.78 })));
  const { asked, pending } = unlimited.timeline.variants.get("l40s") ?? {};
  assert.deepEqual([Math.max(...(asked ?? [])), Math.max(...(pending ?? []))], [3, 1]);
});

test("by tokens it asks for several replicas at once", () => {
  const input = scenario({
    variants: [variant("llama", 2)],
    wva: wva(["llama"], {
      profile: "main",
      interval: given(15),
      tokens: { kvCacheThreshold: 0.8, queueLengthThreshold: 5, scaleUpThreshold: 0.85, scaleDownBoundary: 0.7 },
      variants: [{ name: "llama", cost: given(10), accelerator: "H100", minReplicas: given(1), maxReplicas: given(8) }],
    }),
    signals: [desiredOf("llama")],
    autoscalers: [hpa("llama", "wva_desired_replicas")],
    traffic: { rate: (at) => (at < 120 ? 6 : 20), promptTokens: 500, outputTokens: 200 },
    duration: 600,
  });
  assert.deepEqual(changes(simulate(input, new FluidTier(input)).log), [
    "15 s wva 2 -> 1",
    "30 s hpa 2 -> 1",
    "135 s wva 1 -> 4",
    "150 s wva 1 -> 6",
    "150 s hpa 1 -> 4",
    "165 s wva 4 -> 8",
    "165 s hpa 4 -> 6",
    "180 s hpa 6 -> 8",
    "600 s wva 8 -> 6",
  ]);
});

test("WVA puts a model to rest that nobody asks, and the first held request wakes it within a second", () => {
  const base = scenario({});
  const input = scenario({
    router: { ...base.router, flowControl: {} },
    signals: [desiredOf("llama")],
    wva: wva(["llama"], { zero: { scaleToZero: true, retention: given(240) } }),
    autoscalers: [hpa("llama", "wva_desired_replicas", { minReplicas: 0 })],
    traffic: { rate: (at) => (at < 120 || at >= 800 ? 2 : 0), promptTokens: 500, outputTokens: 200 },
    duration: 920,
  });
  assert.deepEqual(changes(simulate(input, new FluidTier(input)).log), [
    "360 s wva 1 -> 0",
    "375 s hpa 1 -> 0",
    "801 s wva 0 -> 1",
  ]);
});
