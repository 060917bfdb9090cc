import assert from "node:assert/strict";
import { test } from "node:test";
import { withDefaults } from "../../../server/engine/wva/config/defaults.ts";
import { degeneracies } from "../../../server/engine/wva/config/degenerate.ts";
import { goDuration } from "../../../server/engine/wva/config/duration.ts";
import { type ScalingEntry, thresholdsOf } from "../../../server/engine/wva/config/entry.ts";
import { mergeEntries } from "../../../server/engine/wva/config/merge.ts";
import { resolveEntry } from "../../../server/engine/wva/config/resolve.ts";
import { type ScaleToZeroEntry, scaleToZeroOf } from "../../../server/engine/wva/config/scale-to-zero.ts";
import { tellViolation, validateEntry } from "../../../server/engine/wva/config/validate.ts";
import type { WvaProfile } from "../../../server/engine/wva/profiles.ts";
import { thresholds, usual } from "./model.ts";

const model = { modelId: "ibm/granite-13b", namespace: "production" };
const tokens = { analyzerName: "saturation", scaleUpThreshold: 0.85, scaleDownBoundary: 0.7 };

/** Entry, and what each release says first; internal/interfaces/saturation_scaling.go and internal/config of main. */
const entries: readonly (readonly [ScalingEntry, Partial<Record<WvaProfile, string>>])[] = [
  [usual, {}],
  [{ kvCacheThreshold: 1, queueLengthThreshold: 1000, kvSpareTrigger: 1, queueSpareTrigger: 1000 }, {}],
  [thresholds(0.7, 3, 0.2, 5), {}],
  [{}, {}],
  [{ ...usual, analyzerName: "no such analyzer" }, {}],
  ...everywhere({ ...usual, kvCacheThreshold: 1.5 }, "kvCacheThreshold must be between 0 and 1, and is 1.5"),
  ...everywhere({ ...usual, queueLengthThreshold: -1 }, "queueLengthThreshold must be at least 0, and is -1"),
  ...everywhere({ ...usual, kvSpareTrigger: -0.1 }, "kvSpareTrigger must be between 0 and 1, and is -0.1"),
  ...everywhere({ ...usual, queueSpareTrigger: -3 }, "queueSpareTrigger must be at least 0, and is -3"),
  ...everywhere({ kvSpareTrigger: 0.2 }, "kvCacheThreshold must not be below kvSpareTrigger (0.2), and is 0"),
  [
    { ...usual, ...tokens, scaleUpThreshold: 1.5 },
    sinceFive("scaleUpThreshold must be above 0 and at most 1, and is 1.5"),
  ],
  [{ ...usual, analyzerName: "saturation" }, sinceFive("scaleUpThreshold must be above 0 and at most 1, and is 0")],
  [
    { ...usual, ...tokens, scaleDownBoundary: 0.85 },
    sinceFive("scaleUpThreshold must be above scaleDownBoundary (0.85), and is 0.85"),
  ],
  [{ ...usual, scaleUpThreshold: 1.5 }, { main: "scaleUpThreshold must be above 0 and at most 1, and is 1.5" }],
  [{ ...usual, priority: -1 }, { main: "priority must be at least 0, and is -1" }],
  [{ ...tokens, analyzers: [{ name: "saturation", scaleUpThreshold: 0.9 }] }, {}],
  [
    { ...tokens, analyzers: [{ name: "a" }, { name: "b", scaleUpThreshold: 1.5 }] },
    { main: "analyzers[1].scaleUpThreshold must be above 0 and at most 1, and is 1.5" },
  ],
  [
    { ...tokens, analyzers: [{ type: "t", parameters: { scaleUpThreshold: 0.6 } }] },
    { main: "analyzers[0].scaleUpThreshold must be above scaleDownBoundary (0.7), and is 0.6" },
  ],
  [
    { ...tokens, analyzers: [{ type: "t", parameters: { enabled: "yes" } }] },
    { main: 'analyzers[0].parameters.enabled of this analyzer must be true or false, and is "t"' },
  ],
  [{ ...usual, limiters: [{ type: "gpu-inventory" }] }, {}],
  [
    { ...usual, limiters: [{ type: "gpu-inventory", scope: "cluster" }] },
    {
      main: 'limiters[0] of this type must not have scope, quotas, namespaceQuotas or exclude, and is "gpu-inventory"',
    },
  ],
  [
    { ...usual, limiters: [{ type: "magic" }] },
    { main: 'limiters[0].type must be gpu-inventory, inventory or quota, and is "magic"' },
  ],
  [
    { ...usual, limiters: [{ type: "quota", name: "q", scope: "cluster", quotas: { H100: -2 } }] },
    { main: "limiters[0].quotas.H100 must be from -1 (no limit) to 1048576, and is -2" },
  ],
  [
    { ...usual, limiters: [1, 2].map(() => ({ type: "quota", name: "q", scope: "cluster" })) },
    { main: 'limiters[1].name must be the name of one limiter only, and is "q"' },
  ],
  [
    { ...usual, limiters: [{ type: "quota", name: "q", scope: "namespace", quotas: { H100: 1 } }] },
    { main: 'limiters[0].quotas does not belong to this scope, and is "namespace"' },
  ],
  [
    {
      ...usual,
      limiters: [{ type: "quota", name: "q", scope: "namespace", namespaceQuotas: { a: { H100: 2_000_000 } } }],
    },
    { main: "limiters[0].namespaceQuotas.a.H100 must be from -1 (no limit) to 1048576, and is 2000000" },
  ],
];

function everywhere(entry: ScalingEntry, text: string) {
  return [[entry, { "v0.4": text, "v0.5": text, main: text }]] as const;
}

function sinceFive(text: string) {
  return { "v0.5": text, main: text };
}

for (const [entry, says] of entries)
  test(`${JSON.stringify(entry)} is ${Object.keys(says).length === 0 ? "accepted" : `refused by ${Object.keys(says)}`}`, () => {
    for (const profile of ["v0.4", "v0.5", "main"] as const) {
      const [first] = validateEntry(entry, profile);
      assert.equal(first && tellViolation(first), says[profile], profile);
    }
  });

test("all mistakes of an entry are found, in upstream's order", () => {
  const paths = validateEntry(thresholds(-1, -1, 2, -1), "v0.5").map(({ path }) => path);
  assert.deepEqual(paths, [
    "kvCacheThreshold",
    "queueLengthThreshold",
    "kvSpareTrigger",
    "queueSpareTrigger",
    "kvCacheThreshold",
  ]);
});

test("v0.4 lays what it resolved over its own numbers, so a default may leave some out", () => {
  const entries = new Map<string, ScalingEntry>([["default", { queueLengthThreshold: 7 }]]);
  const entry = resolveEntry(entries, model, "v0.4");
  assert.deepEqual(entry && thresholdsOf(entry), { ...usual, queueLengthThreshold: 7 });
  assert.deepEqual(withDefaults({}, "v0.4"), usual);
});

test("v0.5 fills the token thresholds of an entry that uses them and nothing else; main fills all", () => {
  assert.deepEqual(withDefaults({ kvCacheThreshold: 0.9 }, "v0.5"), { kvCacheThreshold: 0.9 });
  assert.deepEqual(withDefaults({ analyzerName: "saturation", scaleUpThreshold: 0.9 }, "v0.5"), {
    analyzerName: "saturation",
    scaleUpThreshold: 0.9,
    scaleDownBoundary: 0.7,
  });
  assert.deepEqual(withDefaults({ kvCacheThreshold: 0.9 }, "main"), {
    kvCacheThreshold: 0.9,
    queueLengthThreshold: 5,
    kvSpareTrigger: 0.1,
    queueSpareTrigger: 3,
    priority: 1,
  });
  assert.deepEqual(withDefaults({ analyzerName: "saturation" }, "main").analyzers, [
    { name: "saturation", score: 1, enabled: true },
  ]);
});

test("what v0.5 reads where nothing stands is 0, and that is degenerate", () => {
  assert.deepEqual(thresholdsOf({ kvCacheThreshold: 0.8 }), thresholds(0.8, 0, 0, 0));
  const ids = (entry: ScalingEntry) => degeneracies(thresholdsOf(entry)).map(({ id }) => id);
  assert.deepEqual(ids({ kvCacheThreshold: 0.8 }), ["queue-threshold-zero", "no-triggers"]);
  assert.deepEqual(ids({ ...usual, queueSpareTrigger: 5 }), ["queue-trigger-equals-threshold"]);
  assert.deepEqual(ids({ ...usual, kvSpareTrigger: 0.8 }), ["kv-trigger-equals-threshold"]);
  assert.deepEqual(ids({ ...usual, kvCacheThreshold: 0, kvSpareTrigger: 0 }), ["kv-threshold-zero"]);
});

test("an override changes what it sets, and cannot set anything to 0", () => {
  const override = { kvCacheThreshold: 0.85, queueSpareTrigger: 0, enableLimiter: false, limiters: [] };
  assert.deepEqual(mergeEntries({ ...usual, enableLimiter: true }, override), {
    ...usual,
    kvCacheThreshold: 0.85,
    enableLimiter: true,
  });
});

const override = { ...model, kvCacheThreshold: 0.9 };

test("an override is found by its fields in v0.4, never in v0.5, and since v0.6 by a key that Kubernetes refuses", () => {
  const entries = new Map<string, ScalingEntry>([
    ["default", { ...usual, queueLengthThreshold: 7 }],
    ["granite", override],
    ["ibm/granite-13b#production", { kvCacheThreshold: 0.95 }],
  ]);
  const found = (profile: WvaProfile) => {
    const entry = resolveEntry(entries, model, profile);
    return entry && [entry.kvCacheThreshold, entry.queueLengthThreshold];
  };
  assert.deepEqual(found("v0.4"), [0.9, 7]);
  assert.deepEqual(found("v0.5"), [0.8, 7]);
  assert.deepEqual(found("v0.6"), [0.95, 5]);
  assert.deepEqual(found("main"), [0.95, 5]);
});

test("without a default v0.5 skips the model, the others use what is built in", () => {
  for (const entries of [new Map<string, ScalingEntry>(), new Map([["default", { kvCacheThreshold: 2 }]])]) {
    assert.equal(resolveEntry(entries, model, "v0.5"), undefined);
    for (const profile of ["v0.4", "v0.6", "main"] as const) {
      const entry = resolveEntry(entries, model, profile);
      assert.deepEqual(entry && thresholdsOf(entry), usual);
    }
  }
});

test("a merge that turns the token thresholds round falls back to 0.85 and 0.70", () => {
  const entries = new Map<string, ScalingEntry>([
    ["default", { ...usual, scaleUpThreshold: 0.6, scaleDownBoundary: 0.5 }],
    ["ibm/granite-13b#production", { scaleDownBoundary: 0.65 }],
  ]);
  const entry = resolveEntry(entries, model, "main");
  assert.deepEqual([entry?.scaleUpThreshold, entry?.scaleDownBoundary], [0.85, 0.7]);
});

/** time.ParseDuration of Go. */
const durations: readonly (readonly [string, number | undefined])[] = [
  ["10m", 600],
  ["1h30m", 5400],
  ["1.5h", 5400],
  [".5s", 0.5],
  ["-5m", -300],
  ["+5m", 300],
  ["0", 0],
  ["0s", 0],
  ["600", undefined],
  ["10 m", undefined],
  ["10min", undefined],
  ["1d", undefined],
  ["", undefined],
  ["-", undefined],
  [".s", undefined],
  ["9999999h", undefined],
];

for (const [text, expected] of durations)
  test(`${JSON.stringify(text)} is ${expected === undefined ? "no Go duration" : `${expected} s`}`, () => {
    assert.equal(goDuration(text), expected);
  });

test("scale to zero: the model's entry, else the default, else the environment; a bad period gives way", () => {
  const zero = (entries: Record<string, ScaleToZeroEntry>, environment?: string) => {
    const { enabled, retention } = scaleToZeroOf(new Map(Object.entries(entries)), "m", environment);
    return [enabled, retention];
  };
  assert.deepEqual(zero({}), [false, 600]);
  assert.deepEqual(zero({}, "TRUE"), [true, 600]);
  assert.deepEqual(zero({ default: { enabled: false } }, "true"), [false, 600]);
  assert.deepEqual(zero({ default: { enabled: true, retentionPeriod: "5m" }, x: { modelId: "m", enabled: false } }), [
    false,
    300,
  ]);
  assert.deepEqual(zero({ default: { enabled: true }, x: { modelId: "m", retentionPeriod: "1h" } }), [true, 3600]);
  assert.deepEqual(zero({ default: { retentionPeriod: "5m" }, x: { modelId: "m", retentionPeriod: "600" } }), [
    false,
    300,
  ]);
  assert.deepEqual(zero({ default: { retentionPeriod: "-5m" } }), [false, 600]);
  assert.deepEqual(zero({ m: { enabled: true } }), [false, 600]);
  assert.deepEqual(zero({ b: { modelId: "m", enabled: false }, a: { modelId: "m", enabled: true } }), [true, 600]);
});
