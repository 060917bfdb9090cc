import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dollarsPerHour, milliseconds } from "../../../server/engine/units.ts";
import {
  allocationCost,
  inferredTargets,
  replicasFor,
  transitionCost,
} from "../../../server/engine/wva/queueing/allocate.ts";
import { averagesOf } from "../../../server/engine/wva/queueing/chain.ts";
import { decodeTime, iterationLaw, iterationTime, prefillTime } from "../../../server/engine/wva/queueing/iteration.ts";
import { legacyDecodeTime, legacyLaw, legacyPrefillTime } from "../../../server/engine/wva/queueing/legacy.ts";
import { performanceAt, type ReplicaQueue, replicaQueue } from "../../../server/engine/wva/queueing/queue.ts";
import { sizeReplica } from "../../../server/engine/wva/queueing/size.ts";

function parameters(alpha: number, beta: number, gamma: number) {
  return { alpha: milliseconds(alpha), beta: milliseconds(beta), gamma: milliseconds(gamma) };
}

function near(actual: number, expected: number, relative = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected) + 1e-12, `${actual} is not ${expected}`);
}

/** pkg/analyzer/queueanalyzer_test.go at v0.5.1: prompt tokens, batch, prefill time. */
for (const [inputTokens, batch, expected] of [
  [0, 4, 0],
  [1000, 1, 32],
  [2000, 8, 208],
  [500, 2.5, 29.25],
] as const)
  test(`prefill of ${inputTokens} tokens in a batch of ${batch} takes ${expected} ms`, () => {
    near(prefillTime(parameters(10, 0.01, 0.001), { inputTokens, outputTokens: 0 }, batch), expected);
  });

for (const [batch, expected] of [
  [1, 1.23],
  [4, 1.575],
  [8, 2.035],
  [2.5, 1.4025],
] as const)
  test(`a token of the answer in a batch of ${batch} takes ${expected} ms`, () => {
    near(decodeTime(parameters(1, 0.1, 0.01), { inputTokens: 1, outputTokens: 1 }, batch), expected);
  });

test("an idle step takes alpha", () => {
  assert.equal(iterationTime(parameters(7, 0.03, 0.00008), { inputTokens: 512, outputTokens: 128 }, 0), 7);
});

test("v0.4: ITL = 20.58 + 0.41 batch, prefill = 5.2 + 0.1 x prompt x batch", () => {
  const sample = { ...parameters(20.58, 0.41, 5.2), delta: milliseconds(0.1) };
  near(legacyDecodeTime(sample, 4), 22.22);
  near(legacyPrefillTime(sample, 128, 4), 56.4);
  assert.equal(legacyPrefillTime(sample, 0, 4), 0);
});

test("a legacy replica that is all but idle shows the times of a batch of one", () => {
  const sample = { ...parameters(20.58, 0.41, 5.2), delta: milliseconds(0.1) };
  const queue = made(
    replicaQueue(legacyLaw(sample, { inputTokens: 128, outputTokens: 64 }), { maxBatch: 4, maxQueue: 40 }),
  );
  const idle = performanceAt(queue, queue.minRate);
  near(idle?.itl ?? 0, 20.99, 1e-3);
  near(idle?.prefillTime ?? 0, 18, 1e-2);
  near(queue.maxRate, 0.999 * (4 / (56.4 + 63 * 22.22)) * 1000);
});

test("one server with room for one is the textbook's M/M/1/1", () => {
  const { inSystem, throughput, waitTime } = averagesOf(1, Float64Array.of(3), { maxBatch: 1, maxQueue: 0 });
  near(inSystem, 0.25);
  near(throughput, 0.75);
  assert.equal(waitTime, 0);
});

test("with a long queue it is the textbook's M/M/1", () => {
  const { inSystem, responseTime } = averagesOf(0.5, Float64Array.of(1), { maxBatch: 1, maxQueue: 2000 });
  near(inSystem, 1);
  near(responseTime, 2);
});

test("a hundred thousand waiting do not overflow", () => {
  const { throughput, inService } = averagesOf(1000, Float64Array.of(1), { maxBatch: 1, maxQueue: 100_000 });
  near(throughput, 1, 1e-6);
  near(inService, 1, 1e-6);
});

const llama = { alpha: 7, beta: 0.03, gamma: 0.00008, workload: { inputTokens: 512, outputTokens: 128 } };

function made(queue: ReplicaQueue | undefined): ReplicaQueue {
  assert.ok(queue);
  return queue;
}

function llamaQueue(): ReplicaQueue {
  return made(
    replicaQueue(iterationLaw(parameters(llama.alpha, llama.beta, llama.gamma), llama.workload), {
      maxBatch: 64,
      maxQueue: 100,
    }),
  );
}

/** pkg/analyzer at v0.5.1, which reckons in 32 bits: agreement to half a percent. */
test("a llama-like replica at a tenth of its rate", () => {
  const queue = llamaQueue();
  near(queue.maxRate, 25.1977, 1e-5);
  const found = performanceAt(queue, 2.51977);
  assert.ok(found);
  near(found.throughput, 2.51977, 5e-3);
  near(found.responseTime, 1017.77, 5e-3);
  near(found.inService, 2.56454, 5e-3);
  near(found.prefillTime, 22.9008, 5e-3);
  near(found.itl, 7.77239, 5e-3);
  near(found.ttft, 30.6732, 5e-3);
  near(found.utilization, 0.0400709, 5e-3);
});

test("a decode worker at nine tenths of its rate", () => {
  const law = iterationLaw(parameters(5, 0.05, 0.0005), { inputTokens: 0, outputTokens: 50 });
  const found = performanceAt(made(replicaQueue(law, { maxBatch: 16, maxQueue: 32 })), 47.5808);
  assert.ok(found);
  near(found.throughput, 47.489, 5e-3);
  near(found.waitTime, 92.7369, 5e-3);
  near(found.ttft, 98.6971, 5e-3);
  assert.equal(found.prefillTime, 0);
});

test("no rate, one above the maximum, and what is no replica have no performance", () => {
  const queue = llamaQueue();
  assert.deepEqual(
    [0, -1, queue.maxRate * 1.1, Number.NaN].map((rate) => performanceAt(queue, rate)),
    Array(4).fill(undefined),
  );
  const law = iterationLaw(parameters(1, 0.01, 0.001), { inputTokens: 100, outputTokens: 10 });
  for (const shape of [
    { maxBatch: 0, maxQueue: 16 },
    { maxBatch: 8, maxQueue: -1 },
    { maxBatch: 1e9, maxQueue: 0 },
    { maxBatch: 1.5, maxQueue: 0 },
  ])
    assert.equal(replicaQueue(law, shape), undefined);
  for (const workload of [
    { inputTokens: -1, outputTokens: 10 },
    { inputTokens: 50, outputTokens: 0 },
  ])
    assert.equal(
      replicaQueue(iterationLaw(parameters(1, 0.01, 0.001), workload), { maxBatch: 8, maxQueue: 16 }),
      undefined,
    );
});

const noTargets = { ttft: milliseconds(0), itl: milliseconds(0), tokensPerSecond: 0 };

test("an ITL of 12 ms costs a llama-like replica two fifths of its rate", () => {
  const sized = sizeReplica(llamaQueue(), { ...noTargets, itl: milliseconds(12) });
  assert.ok(typeof sized !== "string");
  near(sized.all, 15.5162, 5e-3);
  near(sized.ttft, 25.1977, 5e-3);
});

test("a throughput target keeps a tenth free, whatever its size", () => {
  for (const tokensPerSecond of [1, 1e6]) {
    const sized = sizeReplica(llamaQueue(), { ...noTargets, tokensPerSecond });
    assert.ok(typeof sized !== "string");
    near(sized.all, 22.6779, 5e-3);
  }
});

test("a target that no rate meets is named", () => {
  assert.equal(sizeReplica(llamaQueue(), { ...noTargets, itl: milliseconds(1) }), "itl");
  assert.equal(sizeReplica(llamaQueue(), { ...noTargets, ttft: milliseconds(1) }), "ttft");
  assert.equal(sizeReplica(llamaQueue(), { ...noTargets, tokensPerSecond: -1 }), "tokensPerSecond");
});

test("at the size that was found, the target holds", () => {
  const queue = llamaQueue();
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 40 }), fc.integer({ min: 40, max: 4000 }), (itl, ttft) => {
      const sized = sizeReplica(queue, { itl: milliseconds(itl), ttft: milliseconds(ttft), tokensPerSecond: 0 });
      assert.ok(typeof sized !== "string");
      const found = performanceAt(queue, sized.all);
      assert.ok(found);
      assert.ok(found.itl <= itl * (1 + 1e-4) && found.ttft <= ttft * (1 + 1e-4));
    }),
    { numRuns: 25 },
  );
});

test("more load never makes a replica faster", () => {
  const queue = llamaQueue();
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.98, noNaN: true }),
      fc.double({ min: 0.001, max: 0.01, noNaN: true }),
      (at, more) => {
        const [less, higher] = [at, at + more].map((part) => performanceAt(queue, part * queue.maxRate));
        assert.ok(less && higher);
        const rounding = 1e-9;
        assert.ok(higher.responseTime >= less.responseTime * (1 - rounding));
        assert.ok(higher.itl >= less.itl * (1 - rounding));
        assert.ok(higher.utilization >= less.utilization * (1 - rounding));
      },
    ),
  );
});

test("replicas, costs and targets that follow from a rate", () => {
  assert.equal(replicasFor(40, 15.5), 3);
  assert.equal(allocationCost(dollarsPerHour(40), 2, 3), 240);
  near(transitionCost(dollarsPerHour(40), dollarsPerHour(65), false), 35.5);
  assert.equal(transitionCost(dollarsPerHour(40), dollarsPerHour(65), true), 25);
  const { ttft, itl } = inferredTargets(parameters(7, 0.03, 0.00008), llama.workload);
  near(ttft, 21 + 0.03008 * 512);
  near(itl, 21 + 0.03 + 0.00008 * (512 + 64.5));
});
