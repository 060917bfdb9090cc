import assert from "node:assert/strict";
import { test } from "node:test";
import { sentence } from "../../../server/engine/decision/sentence.ts";
import { milliseconds, share, tokens } from "../../../server/engine/units.ts";
import { decideByComposite } from "../../../server/engine/wva/composite.ts";
import { decideModel, type WvaCycleInput } from "../../../server/engine/wva/cycle.ts";
import { wvaReasons } from "../../../server/engine/wva/reasons.ts";
import { scaleFromZero, scaleFromZeroInterval } from "../../../server/engine/wva/scale-from-zero.ts";
import { arbitrate } from "../../../server/engine/wva/v1/arbitrate.ts";
import type { TokenAnalysis } from "../../../server/engine/wva/v2/analyze.ts";
import { runTokens } from "../../../server/engine/wva/v2/cycle.ts";
import { tokenDecisions } from "../../../server/engine/wva/v2/explain.ts";
import { noKnowledge } from "../../../server/engine/wva/v2/knowledge.ts";
import { optimizeCost } from "../../../server/engine/wva/v2/optimize.ts";
import { state, thresholds, usual, variant } from "./model.ts";

function told(input: Omit<WvaCycleInput, "thresholds"> & Partial<Pick<WvaCycleInput, "thresholds">>): string[] {
  return decideModel({ thresholds: usual, ...input }).map(sentence);
}

const full = [0.95, 20] as const;
const low =
  "the spare KV cache and the spare queue are below their triggers (avgSpareKv 0 < kvSpareTrigger 0.1, avgSpareQueue 0 < queueSpareTrigger 3)";

test("a removal names what would stay spare, and why no other variant shrinks", () => {
  const replicas = [...variant("l40s", 5, [0.1, 0], [0.1, 0]), ...variant("a100", 20, [0.1, 0])];
  assert.deepEqual(told({ replicas, states: [state("l40s", 2), state("a100", 1)], profile: "v0.5" }), [
    "l40s: 2 -> 1, because the load still fits with one replica less (spareKvAfterRemoval 0.65 >= kvSpareTrigger 0.1, spareQueueAfterRemoval 5 >= queueSpareTrigger 3). Not a100: it is down to its last replica.",
    "a100 stays at 1, because another variant takes the step of this cycle (replicas 1 <= least 1).",
  ]);
});

test("a cycle without a step says what there is room for and what there is not", () => {
  assert.deepEqual(told({ replicas: variant("v", 5, [0.5, 1], [0.5, 1]), states: [state("v", 2)], profile: "v0.5" }), [
    "v stays at 2, because there is room, but not for one replica less (avgSpareKv 0.3 >= kvSpareTrigger 0.1, avgSpareQueue 4 >= queueSpareTrigger 3, spareKvAfterRemoval -0.2 < kvSpareTrigger 0.1).",
  ]);
  assert.deepEqual(told({ replicas: variant("v", 5, [0.5, 1]), states: [state("v", 1)], profile: "v0.5" }), [
    "v stays at 1, because there is room, but not for one replica less (avgSpareKv 0.3 >= kvSpareTrigger 0.1, avgSpareQueue 4 >= queueSpareTrigger 3, nonSaturated 1 < needed 2).",
  ]);
});

test("the lock of 0.5 says what WVA wanted and what kept it from it", () => {
  assert.deepEqual(
    told({ replicas: variant("v", 10, full, full), states: [state("v", 2, { desired: 1 })], profile: "v0.5" }),
    [
      "v: 2 -> 1, because the model is in transition and WVA decides nothing before it ends (v: desired 1 < current 2). It wanted 3; the transition of the model allows 1.",
    ],
  );
});

test("main is in transition by its pending pods", () => {
  assert.deepEqual(
    told({ replicas: variant("v", 10, full), states: [state("v", 2, { pending: 1 })], profile: "main" }),
    [
      "v stays at 2, because the model is in transition and WVA decides nothing before it ends (v: pending 1 > allowed 0). It wanted 3; the transition of the model allows 2.",
    ],
  );
});

test("a maximum holds a step and nobody else gets it", () => {
  const replicas = [...variant("a", 5, full, full), ...variant("b", 20, full)];
  assert.deepEqual(told({ replicas, states: [state("a", 2, { maxReplicas: 2 }), state("b", 1)], profile: "v0.6" }), [
    `a stays at 2, because ${low}. It wanted 3; maxReplicas allows 2. Not b: it costs 20, more than 5.`,
    "b stays at 1, because another variant takes the step of this cycle (cost 20 > cost of a 5).",
  ]);
});

test("a minimum lifts a variant that nobody wanted to change", () => {
  assert.deepEqual(
    told({ replicas: variant("v", 5, [0.5, 1]), states: [state("v", 1, { minReplicas: 3 })], profile: "v0.6" }),
    [
      "v: 1 -> 3, because there is room, but not for one replica less (avgSpareKv 0.3 >= kvSpareTrigger 0.1, avgSpareQueue 4 >= queueSpareTrigger 3, nonSaturated 1 < needed 2). It wanted 1; minReplicas allows 3.",
    ],
  );
});

test("variants with pending replicas wait; when all do, none grows", () => {
  const replicas = [...variant("a", 5, full), ...variant("b", 20, full)];
  assert.deepEqual(told({ replicas, states: [state("a", 1, { pending: 1 }), state("b", 1)], profile: "v0.5" }), [
    "a stays at 1, because another variant takes the step of this cycle (pending 1 > allowed 0).",
    `b: 1 -> 2, because ${low}. Not a: it still has 1 pending.`,
  ]);
  assert.deepEqual(
    told({ replicas: variant("a", 5, full), states: [state("a", 1, { pending: 1 })], profile: "v0.5" }),
    [
      "a stays at 1, because more is needed, but no variant is free to take it (avgSpareKv 0 < kvSpareTrigger 0.1, avgSpareQueue 0 < queueSpareTrigger 3). It wanted 2; 1 pending allows 1.",
    ],
  );
});

test("v0.4 lets others act beside a variant that moves, and counts the replicas that report", () => {
  const replicas = [...variant("a", 5, full, full, full), ...variant("b", 5, full, full, full)];
  assert.deepEqual(told({ replicas, states: [state("a", 3, { desired: 4 }), state("b", 3)], profile: "v0.4" }), [
    "a: 3 -> 4, because it is still on the way to its last decision (desired 4 > current 3).",
    `b: 3 -> 4, because ${low}. Not a: it is on the way from 3 to 4.`,
  ]);
  const [first] = told({ replicas: variant("a", 5, [0.5, 1]), states: [state("a", 2)], profile: "v0.4" });
  assert.equal(
    first,
    "a: 2 -> 1, because it counts the replicas that report, not those that run (avgSpareKv 0.3 >= kvSpareTrigger 0.1, avgSpareQueue 4 >= queueSpareTrigger 3, nonSaturated 1 < needed 2, reporting 1 < current 2).",
  );
});

test("equal costs are told by name", () => {
  const replicas = [...variant("a", 5, full), ...variant("b", 5, full)];
  const [first] = told({ replicas, states: [state("a", 1), state("b", 1)], profile: "v0.5" });
  assert.equal(first, `a: 1 -> 2, because ${low}. Not b: it costs the same, and its name comes later.`);
});

test("an idle model goes to zero where that is allowed, and keeps one replica where it is not", () => {
  const idle = { replicas: variant("v", 5, [0, 0], [0, 0]), states: [state("v", 2)], profile: "v0.5" } as const;
  assert.deepEqual(told({ ...idle, zero: { scaleToZero: true, requestCount: 0 } }), [
    "v: 2 -> 0, because no request came in the retention period (requests 0 <= threshold 0). It wanted 1; scale to zero allows 0.",
  ]);
  const gone = { replicas: [], states: [state("v", 0)], profile: "v0.5" } as const;
  assert.deepEqual(told({ ...gone, zero: { scaleToZero: false, requestCount: null } }), [
    "v: 0 -> 1, because scale to zero is off and the cheapest variant keeps one replica. It wanted 0; the minimum of one allows 1.",
  ]);
  assert.deepEqual(told(gone), ["v stays at 0, because no replica reports, and WVA keeps what is there."]);
});

test("requests, or a count that failed, keep an idle model where saturation put it", () => {
  const idle = { replicas: variant("v", 5, [0, 0], [0, 0]), states: [state("v", 2)], profile: "v0.5" } as const;
  for (const requestCount of [1, null])
    assert.deepEqual(told({ ...idle, zero: { scaleToZero: true, requestCount } }), told(idle));
});

test("too few GPUs hold a step back", () => {
  const gpus = { discovered: new Map([["H100", 8]]), acceleratorOf: new Map([["v", "H100"]]) };
  const states = [state("v", 2, { gpusPerReplica: 4 })];
  assert.deepEqual(told({ replicas: variant("v", 5, full, full), states, profile: "v0.5", gpus }), [
    `v stays at 2, because ${low}. It wanted 3; the pool of H100 allows 2.`,
  ]);
});

test("main decides about prefill and decode workers apart", () => {
  const replicas = [...variant("prefill", 5, full), ...variant("decode", 20, [0, 0], [0, 0])];
  const states = [state("prefill", 1, { role: "prefill" }), state("decode", 2, { role: "decode" })];
  const steps = (profile: "main" | "v0.6") =>
    decideModel({ thresholds: usual, replicas, states, profile }).map(({ subject, to }) => [subject, to]);
  assert.deepEqual(steps("main"), [
    ["prefill", 2],
    ["decode", 1],
  ]);
  assert.deepEqual(steps("v0.6"), [
    ["prefill", 1],
    ["decode", 1],
  ]);
});

test("tokens are compared at the boundary that decided", () => {
  const decisions = (inUse: number, up = 0.85) =>
    tokenDecisions(
      runTokens({
        thresholds: { kvCacheThreshold: 0.8, queueLengthThreshold: 5, scaleUpThreshold: up, scaleDownBoundary: 0.7 },
        profile: "v0.5",
        knowledge: noKnowledge,
        states: [state("a", 1), state("b", 1)],
        replicas: [5, 20].map((cost, at) => ({
          variant: at === 0 ? "a" : "b",
          accelerator: "H100",
          cost,
          tokensInUse: tokens(inUse),
          totalKvTokens: tokens(16_000),
          queueLength: 0,
          avgInputTokens: 0,
          avgOutputTokens: 0,
          prefixCacheHitRate: share(0),
        })),
      }),
    ).map(sentence);
  assert.deepEqual(decisions(12_000), [
    "a: 1 -> 2, because the demand in tokens is above what ready and pending replicas should carry (demand 24000 tokens > supply at scaleUpThreshold 21760 tokens). Not b: a replica of it costs 20 and holds 12800 tokens.",
    "b stays at 1, because the cheaper step lies with another variant (demand 24000 tokens > supply at scaleUpThreshold 21760 tokens).",
  ]);
  assert.deepEqual(decisions(10_000), [
    "a stays at 1, because the demand in tokens lies between the two boundaries (demand 20000 tokens <= supply at scaleUpThreshold 21760 tokens, demand 20000 tokens >= supply at scaleDownBoundary 17920 tokens).",
    "b stays at 1, because the demand in tokens lies between the two boundaries (demand 20000 tokens <= supply at scaleUpThreshold 21760 tokens, demand 20000 tokens >= supply at scaleDownBoundary 17920 tokens).",
  ]);
  assert.deepEqual(decisions(1000), [
    "a stays at 1, because the cheaper step lies with another variant (demand 2000 tokens < supply at scaleDownBoundary 17920 tokens).",
    "b: 1 -> 0, because the replicas can hold more tokens than the demand needs (demand 2000 tokens < supply at scaleDownBoundary 17920 tokens). Not a: a replica of it costs 5 and holds 12800 tokens.",
  ]);
});

test("a bound on main says what the optimizer wanted", () => {
  const bounded = { required: 25_000, spare: 0, variants: [{ variant: "a", cost: 5, perReplica: tokens(10_000) }] };
  const states = [state("a", 1, { maxReplicas: 2 })];
  const targets = optimizeCost(bounded, states, "main");
  const none = tokens(0);
  const analysis = {
    variants: [
      { ...bounded.variants[0], accelerator: "H100", ready: 1, pending: 0, supply: tokens(10_000), demand: none },
    ],
    supply: tokens(10_000),
    anticipatedSupply: tokens(10_000),
    demand: tokens(29_750),
    utilization: 2.975,
    required: tokens(25_000),
    spare: none,
  } as unknown as TokenAnalysis;
  const entry = { kvCacheThreshold: 0.8, queueLengthThreshold: 5, scaleUpThreshold: 0.85, scaleDownBoundary: 0.7 };
  assert.deepEqual(tokenDecisions({ thresholds: entry, analysis, states, targets, profile: "main" }).map(sentence), [
    "a: 1 -> 2, because the demand in tokens is above what ready and pending replicas should carry (demand 29750 tokens > supply at scaleUpThreshold 8500 tokens). It wanted 4; maxReplicas allows 2.",
  ]);
});

test("a queued request wakes every variant of its model at zero", () => {
  const inactive = [
    { variant: "a", modelId: "m", current: 0 },
    { variant: "b", modelId: "m", current: 0 },
    { variant: "c", modelId: "other", current: 0 },
    { variant: "d", modelId: "m", current: 2 },
  ];
  assert.deepEqual(scaleFromZero(inactive, new Map([["m", 2]])).map(sentence), [
    "a: 0 -> 1, because a request waits in the scheduler for a model without replicas (queued for m 2 > threshold 0).",
    "b: 0 -> 1, because a request waits in the scheduler for a model without replicas (queued for m 2 > threshold 0).",
  ]);
  assert.equal(milliseconds(scaleFromZeroInterval.milliseconds), 100);
});

test("the older composite law: 0.5 KV + 0.3 queue + 0.2 lost throughput, up above 0.8, down below 0.3", () => {
  const decide = (current: number, kv: number, queue: number, loss: number) =>
    sentence(
      decideByComposite("v", current, { kvUsage: share(kv), queueRatio: share(queue), throughputLoss: share(loss) }),
    );
  assert.equal(
    decide(3, 0.9, 1, 0.5),
    "v: 3 -> 4, because the composite saturation is above its upper bound (saturation 0.85 > scaleUpAbove 0.8).",
  );
  assert.equal(
    decide(3, 0.4, 0, 0),
    "v: 3 -> 2, because the composite saturation is below its lower bound (saturation 0.2 < scaleDownBelow 0.3).",
  );
  assert.equal(
    decide(1, 0.1, 0, 0),
    "v stays at 1, because the composite saturation is below its lower bound (saturation 0.05 < scaleDownBelow 0.3). It wanted 0; the last replica allows 1.",
  );
  assert.equal(
    decide(2, 1, 1, 0),
    "v stays at 2, because the composite saturation lies between its bounds (saturation 0.8 <= scaleUpAbove 0.8, saturation 0.8 >= scaleDownBelow 0.3).",
  );
});

/** internal/capacity/analyzer.go at v0.4.2; current is 3. */
const opinions = [
  { saturation: 4, model: 2, safe: false, target: 3, by: [true, true, true] },
  { saturation: 3, model: 2, safe: false, target: 3, by: [true, true, true] },
  { saturation: 3, model: 2, safe: true, target: 2, by: [false, true, false] },
  { saturation: 4, model: 3, safe: false, target: 4, by: [true, false, false] },
  { saturation: 4, model: 5, safe: false, target: 5, by: [false, true, false] },
  { saturation: 2, model: 3, safe: true, target: 3, by: [false, false, false] },
  { saturation: 3, model: 2, safe: null, target: 2, by: [false, true, false] },
] as const;

for (const { saturation, model, safe, target, by } of opinions)
  test(`of saturation's ${saturation} and the model's ${model} (removal safe: ${safe}) v0.4 makes ${target}`, () => {
    const asked = { variant: "v", current: 3, saturationTarget: saturation, modelTarget: model, scaleDownSafe: safe };
    const { target: found, saturationBased, modelBased, safetyOverride } = arbitrate(asked);
    assert.deepEqual([found, saturationBased, modelBased, safetyOverride], [target, ...by]);
  });

test("an arbitration tells who overruled whom", () => {
  const asked = { variant: "v", current: 3, saturationTarget: 4, modelTarget: 2, scaleDownSafe: false };
  assert.equal(
    sentence(arbitrate(asked).decision),
    "v stays at 3, because saturation asks for more and overrules the model's wish for less (saturation target 4 > model target 2). It wanted 2; saturation allows 3.",
  );
});

test("every reason reads on after because, without numbers or a full stop", () => {
  for (const { id, text } of Object.values(wvaReasons)) {
    assert.match(id, /^wva\/[a-z-]+$/);
    assert.match(text, /^[a-z][^0-9.]*$/);
  }
});

test("a degenerate entry reads as what it does", () => {
  const chat = thresholds(0.7, 3, 0.2, 5);
  assert.deepEqual(
    told({ thresholds: chat, replicas: variant("v", 5, [0, 0]), states: [state("v", 1)], profile: "v0.5" }),
    ["v: 1 -> 2, because the spare queue is below its trigger (avgSpareQueue 3 < queueSpareTrigger 5)."],
  );
});
