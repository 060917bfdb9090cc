import assert from "node:assert/strict";
import { test } from "node:test";
import type { WvaProfile } from "../../../server/engine/wva/profiles.ts";
import type { SaturationThresholds } from "../../../server/engine/wva/v1/analyze.ts";
import { blockingVariants, runSaturation } from "../../../server/engine/wva/v1/cycle.ts";
import { state, thresholds, usual, variant } from "./model.ts";

interface World {
  readonly thresholds: SaturationThresholds;
  readonly profile: WvaProfile;
  /** KV usage and queue of every replica in that cycle. */
  readonly load: (cycle: number, replicas: number) => readonly [number, number];
  /** Bounds of the HPA, of which WVA 0.5 knows nothing. */
  readonly min: number;
  readonly max: number;
  readonly start: number;
}

/** WVA in a loop with an HPA that does at once what it is told, within its bounds. Gives the replicas after each cycle. */
function replicasOver(cycles: number, { thresholds, profile, load, min, max, start }: World): number[] {
  const seen: number[] = [];
  let current = start;
  let desired = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const replicas = variant("v", 10, ...Array.from({ length: current }, () => load(cycle, current)));
    const { choice } = runSaturation({ thresholds, replicas, states: [state("v", current, { desired })], profile });
    desired = choice.targets.get("v") ?? desired;
    current = Math.min(max, Math.max(min, desired));
    seen.push(current);
  }
  return seen;
}

test("a queue trigger above its threshold adds a replica in every cycle, without any load, up to the HPA's maximum", () => {
  const chat = thresholds(0.7, 3, 0.2, 5);
  const world = { thresholds: chat, load: () => [0, 0] as const, min: 1, max: 8, start: 1 };
  assert.deepEqual(replicasOver(9, { ...world, profile: "v0.5" }), [2, 3, 4, 5, 6, 7, 8, 8, 8]);
});

test("a missing queueLengthThreshold does the same in 0.5, where it reads as 0", () => {
  const world = { thresholds: thresholds(0.8, 0, 0.1, 3), load: () => [0, 0] as const, min: 1, max: 5, start: 1 };
  assert.deepEqual(replicasOver(5, { ...world, profile: "v0.5" }), [2, 3, 4, 5, 5]);
});

test("an HPA minimum of 2 locks WVA 0.5 up: once idle it wants 1, and then never scales up again", () => {
  const idleThenFull = (cycle: number) => (cycle < 3 ? ([0, 0] as const) : ([0.95, 20] as const));
  const world = { thresholds: usual, load: idleThenFull, min: 2, max: 10, start: 3 };
  assert.deepEqual(replicasOver(8, { ...world, profile: "v0.5" }), [2, 2, 2, 2, 2, 2, 2, 2]);
  assert.deepEqual(replicasOver(8, { ...world, min: 1, profile: "v0.5" }), [2, 1, 1, 2, 3, 4, 5, 6]);
});

test("an HPA maximum of 2 locks it down: once full it wants 3, and then never scales down again", () => {
  const fullThenIdle = (cycle: number) => (cycle < 2 ? ([0.95, 20] as const) : ([0, 0] as const));
  const world = { thresholds: usual, load: fullThenIdle, min: 1, max: 2, start: 2 };
  assert.deepEqual(replicasOver(6, { ...world, profile: "v0.5" }), [2, 2, 2, 2, 2, 2]);
  assert.deepEqual(replicasOver(6, { ...world, max: 9, profile: "v0.5" }), [3, 4, 3, 2, 1, 1]);
});

test("the lock names the variant that holds the model", () => {
  const input = {
    thresholds: usual,
    replicas: [...variant("held", 10, [0.95, 20], [0.95, 20]), ...variant("free", 5, [0.9, 9])],
    states: [state("held", 2, { desired: 1 }), state("free", 1)],
    profile: "v0.5",
  } as const;
  assert.deepEqual(blockingVariants(runSaturation(input)), ["held"]);
});

test("a constant KV load does not flap: up and down share one set point", () => {
  const shared = (total: number) => (_: number, replicas: number) => [total / replicas, 0] as const;
  const world = { thresholds: usual, min: 1, max: 10, profile: "v0.5" } as const;
  assert.deepEqual(replicasOver(6, { ...world, load: shared(2.0), start: 1 }), [2, 3, 3, 3, 3, 3]);
  assert.deepEqual(replicasOver(6, { ...world, load: shared(2.0), start: 6 }), [5, 4, 3, 3, 3, 3]);
});

test("a queue that empties after each step does flap", () => {
  const queueOnOne = (_: number, replicas: number) => [0.1, replicas === 1 ? 4 : 0] as const;
  const world = { thresholds: usual, load: queueOnOne, min: 1, max: 10, start: 1 };
  assert.deepEqual(replicasOver(6, { ...world, profile: "v0.5" }), [2, 1, 2, 1, 2, 1]);
});
