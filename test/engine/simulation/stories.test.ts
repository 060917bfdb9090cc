import assert from "node:assert/strict";
import { test } from "node:test";
import { simulate } from "../../../server/engine/simulation/simulation.ts";
import { desiredOf, hpa, scenario, ToldTier, toldLog, variant, wva } from "./world.ts";

test("S1's interactive profile adds a replica in every settled cycle with no load at all", () => {
  const chat = { kvCacheThreshold: 0.7, queueLengthThreshold: 3, kvSpareTrigger: 0.2, queueSpareTrigger: 5 };
  const { log } = simulate(
    scenario({
      variants: [variant("llama", 1)],
      wva: wva(["llama"], { thresholds: chat }),
      signals: [desiredOf("llama")],
      autoscalers: [hpa("llama", "wva_desired_replicas", { maxReplicas: 4 })],
      duration: 1200,
    }),
    new ToldTier(() => ({})),
  );
  assert.deepEqual(toldLog(log), []);
});
