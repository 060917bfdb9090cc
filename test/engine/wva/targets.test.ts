import assert from "node:assert/strict";
import { test } from "node:test";
import type { WvaProfile } from "../../../server/engine/wva/profiles.ts";
import { saturationTargets, type TargetLaw } from "../../../server/engine/wva/v1/targets.ts";
import { actionOf, countReplicas, type VariantState, variantCost } from "../../../server/engine/wva/variant.ts";
import { allProfiles, state } from "./model.ts";

type Signal = "up" | "down" | "neither";
/** Name, cost, reporting replicas. */
type Analysed = readonly [string, number, number];

function targets(signal: Signal, analysed: readonly Analysed[], states: readonly VariantState[], profile: WvaProfile) {
  const variants = analysed.map(([variant, cost, reporting]) => ({ variant, cost, reporting }));
  const signals = { shouldScaleUp: signal === "up", scaleDownSafe: signal === "down", variants };
  const { law, targets, chosen } = saturationTargets(signals, states, profile);
  return { law, chosen, targets: Object.fromEntries(targets) };
}

interface Row {
  readonly says: string;
  readonly signal: Signal;
  readonly analysed: readonly Analysed[];
  readonly states: readonly VariantState[];
  /** Targets and law of each release that the row speaks of. */
  readonly expect: Partial<Record<WvaProfile | "all", readonly [Record<string, number>, TargetLaw]>>;
}

const [a, b] = [["a", 20, 2] as Analysed, ["b", 5, 2] as Analysed];

/** internal/capacity/analyzer.go at v0.4.2, internal/saturation/analyzer.go from 14e2bd8 to v0.6.0, saturationv1 of main. */
const rows: readonly Row[] = [
  {
    says: "up goes to the cheapest",
    signal: "up",
    analysed: [a, b],
    states: [state("a", 2), state("b", 2)],
    expect: { all: [{ a: 2, b: 3 }, "scale-up"] },
  },
  {
    says: "down comes from the dearest",
    signal: "down",
    analysed: [a, b],
    states: [state("a", 2), state("b", 2)],
    expect: { all: [{ a: 1, b: 2 }, "scale-down"] },
  },
  {
    says: "of equal costs the first name grows",
    signal: "up",
    analysed: [
      ["z", 10, 2],
      ["m", 10, 2],
    ],
    states: [state("z", 2), state("m", 2)],
    expect: { all: [{ z: 2, m: 3 }, "scale-up"] },
  },
  {
    says: "of equal costs the last name shrinks",
    signal: "down",
    analysed: [
      ["z", 10, 2],
      ["m", 10, 2],
    ],
    states: [state("z", 2), state("m", 2)],
    expect: { all: [{ z: 1, m: 2 }, "scale-down"] },
  },
  {
    says: "a variant with one replica gives none; the next dearest does",
    signal: "down",
    analysed: [["a", 20, 1], b],
    states: [state("a", 1), state("b", 2)],
    expect: { all: [{ a: 1, b: 1 }, "scale-down"] },
  },
  {
    says: "when all have one replica nothing shrinks",
    signal: "down",
    analysed: [["a", 20, 1]],
    states: [state("a", 1)],
    expect: { all: [{ a: 1 }, "last-replicas"] },
  },
  {
    says: "a variant that moves stands aside up to January 2026, and blocks the model since",
    signal: "up",
    analysed: [a, b],
    states: [state("a", 2, { desired: 4 }), state("b", 2)],
    expect: {
      "v0.4": [{ a: 4, b: 3 }, "scale-up"],
      "v0.5-rc": [{ a: 4, b: 3 }, "scale-up"],
      "v0.5": [{ a: 4, b: 2 }, "transition"],
      "v0.6": [{ a: 4, b: 2 }, "transition"],
      main: [{ a: 4, b: 2 }, "transition"],
    },
  },
  {
    says: "replicas that do not report are five different things in five releases",
    signal: "up",
    analysed: [
      ["a", 5, 2],
      ["b", 20, 2],
    ],
    states: [state("a", 3), state("b", 2)],
    expect: {
      "v0.4": [{ a: 3, b: 2 }, "scale-up"],
      "v0.5-rc": [{ a: 4, b: 2 }, "scale-up"],
      "v0.5": [{ a: 3, b: 2 }, "transition"],
      "v0.6": [{ a: 3, b: 2 }, "transition"],
      main: [{ a: 4, b: 2 }, "scale-up"],
    },
  },
  {
    says: "pending replicas are ignored, then skipped for scale-up, and on main block the model",
    signal: "up",
    analysed: [
      ["a", 5, 2],
      ["b", 20, 2],
    ],
    states: [state("a", 2, { pending: 1 }), state("b", 2)],
    expect: {
      "v0.4": [{ a: 3, b: 2 }, "scale-up"],
      "v0.5-rc": [{ a: 2, b: 3 }, "scale-up"],
      "v0.5": [{ a: 2, b: 3 }, "scale-up"],
      "v0.6": [{ a: 2, b: 3 }, "scale-up"],
      main: [{ a: 2, b: 2 }, "transition"],
    },
  },
  {
    says: "when every variant has pending replicas, none grows",
    signal: "up",
    analysed: [["a", 5, 2]],
    states: [state("a", 2, { pending: 1 })],
    expect: { "v0.5-rc": [{ a: 2 }, "all-waiting"], "v0.5": [{ a: 2 }, "all-waiting"], main: [{ a: 2 }, "transition"] },
  },
  {
    says: "a cheapest variant at its maximum swallows the step",
    signal: "up",
    analysed: [
      ["a", 5, 2],
      ["b", 20, 2],
    ],
    states: [state("a", 2, { maxReplicas: 2 }), state("b", 2, { maxReplicas: 9 })],
    expect: {
      "v0.5": [{ a: 3, b: 2 }, "scale-up"],
      "v0.6": [{ a: 2, b: 2 }, "scale-up"],
      main: [{ a: 2, b: 2 }, "scale-up"],
    },
  },
  {
    says: "minReplicas holds what would shrink, and lifts what is below",
    signal: "down",
    analysed: [a, b],
    states: [state("a", 2, { minReplicas: 2 }), state("b", 2, { minReplicas: 3 })],
    expect: { "v0.6": [{ a: 2, b: 3 }, "scale-down"], main: [{ a: 2, b: 3 }, "scale-down"] },
  },
  {
    says: "a maximum of 0 is none",
    signal: "up",
    analysed: [["a", 5, 2]],
    states: [state("a", 2, { minReplicas: 0, maxReplicas: 0 })],
    expect: { "v0.6": [{ a: 3 }, "scale-up"], main: [{ a: 3 }, "scale-up"] },
  },
  {
    says: "bounds wait for the end of a transition",
    signal: "up",
    analysed: [["a", 5, 2]],
    states: [state("a", 2, { desired: 5, maxReplicas: 3 })],
    expect: { "v0.6": [{ a: 5 }, "transition"], main: [{ a: 5 }, "transition"] },
  },
  {
    says: "a LeaderWorkerSet of two pods a group never leaves its transition before main (#1302, #1303)",
    signal: "up",
    analysed: [["lws", 5, 2]],
    states: [state("lws", 1)],
    expect: { "v0.6": [{ lws: 1 }, "transition"], main: [{ lws: 2 }, "scale-up"] },
  },
  {
    says: "a variant without reporting pods gets no target, however cheap",
    signal: "up",
    analysed: [a],
    states: [state("a", 2), state("free", 0)],
    expect: { all: [{ a: 3 }, "scale-up"] },
  },
  {
    says: "without analysis every variant keeps what it has",
    signal: "up",
    analysed: [],
    states: [state("a", 2, { desired: 4 }), state("b", 0)],
    expect: { all: [{ a: 2, b: 0 }, "no-analysis"] },
  },
];

for (const { says, signal, analysed, states, expect } of rows)
  test(says, () => {
    for (const profile of allProfiles) {
      const expected = expect[profile] ?? expect.all;
      if (expected === undefined) continue;
      const { law, targets: found } = targets(signal, analysed, states, profile);
      assert.deepEqual([found, law], expected, profile);
    }
  });

test("an action is told from what runs, not from the last decision", () => {
  assert.deepEqual([actionOf(3, 3), actionOf(5, 3), actionOf(1, 3)], ["no-change", "scale-up", "scale-down"]);
});

test("a status of 0 falls back to spec.replicas, and pending is never below 0", () => {
  assert.deepEqual(countReplicas({ specReplicas: 3, statusReplicas: 0, readyReplicas: 1 }), { current: 3, pending: 2 });
  assert.deepEqual(countReplicas({ specReplicas: 3, statusReplicas: 2, readyReplicas: 4 }), { current: 2, pending: 0 });
});

test("a cost that the custom resource would refuse counts as 10", () => {
  assert.deepEqual(["40.0", "5", "-1", "1e2", ".5", "", undefined].map(variantCost), [40, 5, 10, 10, 10, 10, 10]);
});
