import assert from "node:assert/strict";
import { test } from "node:test";
import { share, tokens } from "../../../server/engine/units.ts";
import type { WvaProfile } from "../../../server/engine/wva/profiles.ts";
import { analyzeTokens, type ReplicaTokens, type SchedulerQueue } from "../../../server/engine/wva/v2/analyze.ts";
import { engineParameters } from "../../../server/engine/wva/v2/engine-arguments.ts";
import {
  estimateCapacity,
  integerMedian,
  mean,
  observed,
  outputBucket,
} from "../../../server/engine/wva/v2/estimate.ts";
import {
  type CapacityRecord,
  noKnowledge,
  recordFromManifest,
  type TokenKnowledge,
} from "../../../server/engine/wva/v2/knowledge.ts";
import { optimizeCost } from "../../../server/engine/wva/v2/optimize.ts";
import type { VariantState } from "../../../server/engine/wva/variant.ts";
import { state } from "./model.ts";

const entry = { kvCacheThreshold: 0.8, queueLengthThreshold: 5, scaleUpThreshold: 0.85, scaleDownBoundary: 0.7 };

function replica(variant: string, inUse: number, more: Partial<ReplicaTokens> = {}): ReplicaTokens {
  return {
    variant,
    accelerator: "H100",
    cost: 10,
    tokensInUse: tokens(inUse),
    totalKvTokens: tokens(16_000),
    queueLength: 0,
    avgInputTokens: 100,
    avgOutputTokens: 50,
    prefixCacheHitRate: share(0),
    ...more,
  };
}

interface Cycle {
  readonly replicas: readonly ReplicaTokens[];
  readonly states?: readonly VariantState[];
  readonly knowledge?: TokenKnowledge;
  readonly schedulerQueue?: SchedulerQueue;
  readonly profile?: WvaProfile;
}

function analyzed({ replicas, states, knowledge = noKnowledge, profile = "v0.5", ...rest }: Cycle) {
  const present = states ?? [state("a", replicas.length, { gpusPerReplica: 1 })];
  return analyzeTokens({ thresholds: entry, replicas, states: present, knowledge, profile, ...rest });
}

function perReplica(cycle: Cycle): Record<string, number> {
  return Object.fromEntries(analyzed(cycle).analysis.variants.map(({ variant, perReplica: held }) => [variant, held]));
}

test("a replica holds the threshold's share of its KV cache, until a full queue shows that it computes less", () => {
  assert.deepEqual(perReplica({ replicas: [replica("a", 5000)] }), { a: 12_800 });
  assert.deepEqual(perReplica({ replicas: [replica("a", 8000, { queueLength: 6 })] }), { a: 8000 });
  assert.deepEqual(perReplica({ replicas: [replica("a", 14_000, { queueLength: 6 })] }), { a: 12_800 });
});

test("what was seen under a full queue is remembered, for answers of like length", () => {
  const { knowledge } = analyzed({ replicas: [replica("a", 8000, { queueLength: 6 })] });
  assert.deepEqual(perReplica({ replicas: [replica("a", 6000)], knowledge }), { a: 8000 });
  assert.deepEqual(perReplica({ replicas: [replica("a", 6000, { avgOutputTokens: 600 })], knowledge }), { a: 12_800 });
});

test("within a cycle one replica teaches the next, and the input is left alone", () => {
  const replicas = [replica("a", 6000, { queueLength: 6 }), replica("a", 1000)];
  assert.deepEqual(perReplica({ replicas }), { a: 6000 });
  assert.deepEqual([noKnowledge.records.size, noKnowledge.observations.size], [0, 0]);
});

test("demand is what is in use and the prompts that wait; main counts their answers too, but not of prefill workers", () => {
  const replicas = [replica("a", 5000, { queueLength: 3, avgInputTokens: 100.9, avgOutputTokens: 50.2 })];
  const demand = (profile: WvaProfile, states?: readonly VariantState[]) =>
    analyzed({ replicas, profile, ...(states ? { states } : {}) }).analysis.demand;
  assert.equal(demand("v0.5"), 5000 + 3 * 100);
  assert.equal(demand("main"), 5000 + Math.trunc(3 * 151.1));
  assert.equal(demand("main", [state("a", 1, { role: "prefill" })]), 5000 + Math.trunc(3 * 100.9));
});

/** Tokens in use on one replica that carries 12,800; below 70 % something is spare, above 85 % something is missing. */
const bands = [
  [1000, 0, 12_800 - 1000 / 0.7],
  [10_000, 0, 0],
  [11_000, 11_000 / 0.85 - 12_800, 0],
] as const;

for (const [inUse, required, spare] of bands)
  test(`with ${inUse} tokens in use, ${Math.round(required)} are missing and ${Math.round(spare)} spare`, () => {
    const { analysis } = analyzed({ replicas: [replica("a", inUse)] });
    assert.ok(Math.abs(analysis.required - required) < 1e-6);
    assert.ok(Math.abs(analysis.spare - spare) < 1e-6);
  });

test("pending replicas count against what is missing, and not for what is spare", () => {
  const states = [state("a", 3, { pending: 1 })];
  const { supply, anticipatedSupply } = analyzed({ replicas: [replica("a", 1000)], states }).analysis;
  assert.deepEqual([supply, anticipatedSupply], [25_600, 38_400]);
});

test("a replica without capacity data is left out of demand and of the median", () => {
  const blind = replica("a", 9000, { totalKvTokens: tokens(0), queueLength: 9 });
  const { demand, supply } = analyzed({ replicas: [replica("a", 4000), blind] }).analysis;
  assert.deepEqual([demand, supply], [4000, 25_600]);
});

test("requests in the scheduler count by bytes or by number, less what the prefix cache holds", () => {
  const demand = (schedulerQueue: SchedulerQueue, hitRate = 0) =>
    analyzed({ replicas: [replica("a", 5000, { prefixCacheHitRate: share(hitRate) })], schedulerQueue }).analysis
      .demand;
  assert.equal(demand({ size: 10, bytes: 20_000 }), 5000 + 5000 + 500);
  assert.equal(demand({ size: 10, bytes: 4000 }, 0.5), 5000 + 500 + 500);
  assert.equal(demand({ size: 0, bytes: 0 }), 5000);
});

const engine = engineParameters({});
const sibling = replica("a", 5000, { avgInputTokens: 500, avgOutputTokens: 100 });
const withB = [state("a", 1, { gpusPerReplica: 1 }), state("b", 0, { gpusPerReplica: 1 })];

function knowing(records: Record<string, CapacityRecord>): TokenKnowledge {
  return { ...noKnowledge, records: new Map(Object.entries(records)) };
}

test("a variant at zero is sized by what it held live", () => {
  const live = { ...recordFromManifest("A100", 1, engine), learnedFrom: "live", capacity: tokens(12_000) } as const;
  assert.equal(perReplica({ replicas: [sibling], states: withB, knowledge: knowing({ b: live }) })["b"], 12_000);
});

test("from its manifest alone it is estimated by the workload of its siblings, else by its step", () => {
  const b = recordFromManifest("A100", 1, engine);
  assert.equal(perReplica({ replicas: [sibling], states: withB, knowledge: knowing({ b }) })["b"], 140_800);
  assert.equal(perReplica({ replicas: [], states: withB, knowledge: knowing({ b }) })["b"], 8192);
});

test("the estimate is bounded by its own KV cache, and by a live sibling of the same make", () => {
  const own = recordFromManifest("A100", 1, engineParameters({ args: ["--num-gpu-blocks-override", "1875"] }));
  assert.equal(own.totalKvTokens, 30_000);
  assert.equal(perReplica({ replicas: [sibling], states: withB, knowledge: knowing({ b: own }) })["b"], 24_000);
  const like = recordFromManifest("H100", 1, engine);
  const large = { ...sibling, totalKvTokens: tokens(50_000) };
  assert.equal(perReplica({ replicas: [large], states: withB, knowledge: knowing({ a: like, b: like }) })["b"], 40_000);
});

test("nothing is known of a variant that was never seen", () => {
  assert.equal(perReplica({ replicas: [sibling], states: withB })["b"], 0);
});

/** internal/engines/analyzers/saturation_v2/deployment_parser.go at v0.5.1. */
const commandLines: readonly (readonly [readonly string[], string | undefined, number])[] = [
  [[], undefined, 8192],
  [[], "1", 8192],
  [["--max-num-batched-tokens=4096"], undefined, 4096],
  [["--max_num_batched_tokens", "4096"], undefined, 4096],
  [["--max-num-batched-tokens", "many"], undefined, 8192],
  [[], "0", 2048],
  [["--enable-chunked-prefill"], "0", 2048],
  [["--max-model-len=8192"], "0", 8192],
  [["--max-model-len=1024"], "0", 2048],
  [["/bin/sh", "-c", "vllm serve 'a model' --max-num-batched-tokens 1024"], undefined, 1024],
];

for (const [args, useV1, expected] of commandLines)
  test(`${args.join(" ") || "no arguments"} with VLLM_USE_V1=${useV1} is ${expected} tokens a step`, () => {
    assert.equal(engineParameters({ args, ...(useV1 === undefined ? {} : { useV1 }) }).maxBatchedTokens, expected);
  });

test("other arguments are read with either dash, and the last one counts", () => {
  const args = [
    "--gpu-memory-utilization=0.85",
    "--block_size",
    "32",
    "--max-num-seqs=64",
    "--max-num-seqs",
    "128",
    "--kv-cache-dtype=fp8",
  ];
  const { gpuMemoryUtilization, blockSize, maxNumSeqs, kvCacheDtype, tensorParallelSize } = engineParameters({
    command: ["vllm", "serve"],
    args,
  });
  assert.deepEqual(
    [gpuMemoryUtilization, blockSize, maxNumSeqs, kvCacheDtype, tensorParallelSize],
    [0.85, 32, 128, "fp8", 1],
  );
});

test("an estimate is the batch times a prompt and half an answer", () => {
  const held = (batched: number, seqs: number, input: number, output: number) =>
    estimateCapacity(
      { maxBatchedTokens: tokens(batched), maxNumSeqs: seqs },
      { avgInputTokens: input, avgOutputTokens: output },
    );
  assert.deepEqual(
    [held(4096, 256, 500, 100), held(8192, 64, 100, 200), held(600, 256, 500, 100)],
    [140_800, 12_800, 55_000],
  );
  assert.deepEqual([held(8192, 256, 500, 0), held(0, 256, 500, 100)], [0, 0]);
  assert.equal(estimateCapacity(undefined, { avgInputTokens: 500, avgOutputTokens: 100 }), 0);
});

test("medians are whole, windows forget, and answers are short, medium or long", () => {
  assert.deepEqual([[], [42], [5, 1, 3], [1, 3, 5, 7], [1, 2]].map(integerMedian), [0, 42, 3, 4, 1]);
  const window = [1, 2, 3, 4].reduce<readonly number[]>((past, value) => observed(past, value, 3), []);
  assert.deepEqual([window, mean(window), mean([])], [[2, 3, 4], 3, 0]);
  assert.deepEqual([0, 99.9, 100, 499.9, 500].map(outputBucket), ["short", "short", "medium", "medium", "long"]);
});

interface Choice {
  readonly says: string;
  readonly required?: number;
  readonly spare?: number;
  /** Name, cost, tokens of a replica, replicas. */
  readonly variants: readonly (readonly [string, number, number, number, Partial<VariantState>?])[];
  readonly expect: Partial<Record<"v0.5" | "main", Record<string, number>>>;
}

/** internal/engines/pipeline/cost_aware_optimizer.go at v0.5.1 and of main. */
const choices: readonly Choice[] = [
  {
    says: "the cheapest token is bought first",
    required: 5000,
    variants: [
      ["cheap", 5, 10_000, 2],
      ["dear", 15, 20_000, 1],
    ],
    expect: { "v0.5": { cheap: 3, dear: 1 }, main: { cheap: 3, dear: 1 } },
  },
  {
    says: "several replicas at once",
    required: 64_000,
    variants: [["a", 10, 12_800, 1, { pending: 1 }]],
    expect: { "v0.5": { a: 6 }, main: { a: 6 } },
  },
  {
    says: "a variant of unknown size is passed over",
    required: 5000,
    variants: [
      ["blind", 1, 0, 0],
      ["seen", 10, 10_000, 1],
    ],
    expect: { "v0.5": { blind: 0, seen: 2 }, main: { blind: 0, seen: 2 } },
  },
  {
    says: "what a maximum forbids spills over, where maxima are known",
    required: 25_000,
    variants: [
      ["cheap", 5, 10_000, 1, { maxReplicas: 2 }],
      ["mid", 10, 15_000, 1],
    ],
    expect: { "v0.5": { cheap: 4, mid: 1 }, main: { cheap: 2, mid: 2 } },
  },
  {
    says: "the dearest goes first, as far as whole replicas go",
    spare: 50_000,
    variants: [
      ["dear", 15, 20_000, 2],
      ["mid", 10, 15_000, 2],
      ["cheap", 5, 10_000, 2],
    ],
    expect: { "v0.5": { dear: 0, mid: 2, cheap: 1 }, main: { dear: 0, mid: 2, cheap: 1 } },
  },
  {
    says: "the cheapest keeps one when no other runs",
    spare: 30_000,
    variants: [
      ["dear", 15, 20_000, 1],
      ["cheap", 5, 10_000, 1],
    ],
    expect: { "v0.5": { dear: 0, cheap: 1 }, main: { dear: 0, cheap: 1 } },
  },
  {
    says: "the cheapest goes to zero while another runs that is too large to remove",
    spare: 15_000,
    variants: [
      ["dear", 15, 20_000, 1],
      ["cheap", 5, 10_000, 1],
    ],
    expect: { "v0.5": { dear: 1, cheap: 0 }, main: { dear: 1, cheap: 0 } },
  },
  {
    says: "a minimum holds, where minima are known",
    spare: 50_000,
    variants: [["a", 10, 10_000, 4, { minReplicas: 3 }]],
    expect: { "v0.5": { a: 1 }, main: { a: 3 } },
  },
  {
    says: "of equal costs the larger stays on main; v0.5 can lose both, for it guards the first and removes it first",
    spare: 60_000,
    variants: [
      ["large", 5, 20_000, 1],
      ["small", 5, 10_000, 1],
    ],
    expect: { "v0.5": { large: 0, small: 0 }, main: { large: 1, small: 0 } },
  },
  {
    says: "nothing missing and nothing spare changes nothing",
    variants: [["a", 10, 10_000, 2]],
    expect: { "v0.5": { a: 2 }, main: { a: 2 } },
  },
];

for (const { says, required = 0, spare = 0, variants, expect } of choices)
  test(says, () => {
    const sized = variants.map(([variant, cost, held]) => ({ variant, cost, perReplica: held }));
    const states = variants.map(([variant, , , current, more]) => state(variant, current, more));
    for (const profile of ["v0.5", "main"] as const) {
      const targets = optimizeCost({ required, spare, variants: sized }, states, profile);
      assert.deepEqual(Object.fromEntries(targets), expect[profile], profile);
    }
  });
