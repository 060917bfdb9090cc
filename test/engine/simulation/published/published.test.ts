import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Compared,
  startShapes,
  tokenAwareShapes,
  wvaAgainstHpaShapes,
  wvaClockShapes,
  wvaWindowShapes,
} from "./shapes.ts";
import { servesAfter } from "./start.ts";

function assertAll({ ours, shapes }: Compared): void {
  for (const [shape, holds] of Object.entries(shapes)) assert.ok(holds, `${shape}: ${JSON.stringify(ours)}`);
}

/** Runs of autoscaling that were published, with what they have in common with ours. */
describe("a published run has our run's shape:", () => {
  // llm-d guide: workload-autoscaling, token-aware signal; Qwen3-32B on two H100, vLLM 0.30.
  test("llm-d's token-aware signal against one replica", () => {
    const facts = {
      model: "Qwen/Qwen3-32B",
      gpu: "H100",
      ranks: 2,
      promptTokens: 8192,
      outputTokens: 256,
      sent: 2316,
      maxReplicas: 4,
      alone: { outputRate: 510, longestWait: 470 },
    };
    assertAll(tokenAwareShapes(facts, { replicas: 3, firstToken: 0.62, firstTokenAlone: 225 }));
  });

  // llm-d-incubation/llm-d-workload-variant-autoscaler, pull request 947.
  test("WVA against an HPA whose signal does not see a full replica", () => {
    const facts = { promptTokens: 4000, outputTokens: 1000, rate: 20, lasts: 600, oneReplica: 377.8, maxReplicas: 4 };
    assertAll(wvaAgainstHpaShapes(facts, { hpaMost: 1, wvaMost: 4, wvaMean: 2.17, wvaRate: 848.9 }));
  });

  // llm-d-incubation/llm-d-workload-variant-autoscaler, issue 1044.
  test("the clock of one scale-up under WVA: 105 s to decide, 15 s to ask, 120 s to start", () => {
    const facts = { kvFrom: 0.32, kvTo: 0.9877, rises: 120, starts: 120 };
    assertAll(wvaClockShapes(facts, { desired: 105, spec: 120, ready: 240 }));
  });

  // llm-d-incubation/llm-d-workload-variant-autoscaler, issue 777.
  test("WVA's jump to the maximum without a window, and the steps after one of 240 s", () => {
    assertAll(wvaWindowShapes(10, 240));
  });

  // llm-d guides; the documents that this project started from.
  for (const seconds of [100, 120, 420])
    test(`a pod that takes ${seconds} s to answer serves at a tick of its probe`, () => {
      assertAll(startShapes(seconds));
      assert.equal(servesAfter(seconds), seconds);
    });
});
