import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { differenceOf } from "../../../server/engine/simulation/difference.ts";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import type { Scenario } from "../../../server/engine/simulation/scenario.ts";
import { type Run, simulate } from "../../../server/engine/simulation/simulation.ts";
import { given } from "../../../server/engine/sourced.ts";
import { desiredOf, hpa, pool, scenario, startUp, template, variant, wva } from "./world.ts";

interface Knobs {
  readonly replicas: number;
  readonly min: number;
  readonly more: number;
  readonly rate: number;
  readonly period: number;
  readonly window: number;
  readonly spread: number;
  readonly flowControl: boolean;
  readonly nodes: number;
  readonly seed: number;
}

const knobs: fc.Arbitrary<Knobs> = fc.record({
  replicas: fc.integer({ min: 1, max: 6 }),
  min: fc.integer({ min: 1, max: 3 }),
  more: fc.integer({ min: 0, max: 6 }),
  rate: fc.integer({ min: 0, max: 40 }),
  period: fc.integer({ min: 60, max: 900 }),
  window: fc.constantFrom(0, 15, 60, 180),
  spread: fc.constantFrom(0, 10, 40),
  flowControl: fc.boolean(),
  nodes: fc.integer({ min: 0, max: 2 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

/** From nothing to twice the mean and back. */
const wave = (turns: number) => 4 * Math.abs((turns % 1) - 0.5);

/** WVA and an HPA over pods whose start is left to chance, under traffic that comes and goes, on nodes that are made and removed. */
function anyScenario({ replicas, min, more, rate, period, window, spread, flowControl, nodes, seed }: Knobs): Scenario {
  const uneven = { ...startUp, load: { value: 60, spread } };
  const behavior = {
    scaleUp: { stabilizationWindowSeconds: window, policies: [{ type: "Pods", value: 2, periodSeconds: 15 }] },
    scaleDown: { stabilizationWindowSeconds: window, policies: [{ type: "Pods", value: 2, periodSeconds: 15 }] },
  } as const;
  const base = scenario({});
  return scenario({
    variants: [
      variant("llama", Math.min(min + more, Math.max(min, replicas)), { pod: { ...template, startUp: uneven } }),
    ],
    pools: [
      {
        ...pool,
        nodes,
        gpusPerNode: 2,
        fixed: false,
        gpuLimit: given(10),
        consolidateAfter: given(30),
        perHour: given(8),
      },
    ],
    wva: wva(["llama"]),
    signals: [desiredOf("llama")],
    autoscalers: [hpa("llama", "wva_desired_replicas", { minReplicas: min, maxReplicas: min + more, behavior })],
    router: flowControl ? { ...base.router, flowControl: { timeout: given(60) } } : base.router,
    traffic: { rate: (at) => rate * wave(at / period), promptTokens: 500, outputTokens: 200 },
    duration: 1200,
    seed,
  });
}

const run = (input: Scenario, step = 1): Run => simulate(input, new FluidTier(input, step));

test("replicas stay within the bounds of their HPA, and what is asked for is what is there, in whatever phase", () => {
  fc.assert(
    fc.property(knobs, (given) => {
      const lines = run(anyScenario(given)).timeline.variants.get("llama");
      assert.ok(lines);
      lines.asked.forEach((asked, column) => {
        assert.ok(asked >= given.min && asked <= given.min + given.more);
        const { pending, provisioning, starting, serving } = lines;
        const there = [pending, provisioning, starting, serving].reduce((sum, line) => sum + (line[column] ?? 0), 0);
        assert.equal(there, asked);
      });
    }),
    { numRuns: 60 },
  );
});

test("WVA decides nothing new while its model is in transition", () => {
  fc.assert(
    fc.property(knobs, (given) => {
      let desired: number | undefined;
      for (const { decision } of run(anyScenario(given)).log) {
        if (decision.controller !== "wva") continue;
        if (decision.reason.id === "wva/transition") assert.equal(decision.to, desired ?? decision.from);
        desired = decision.to;
      }
    }),
    { numRuns: 60 },
  );
});

test("what arrived is finished, runs, waits, is held or is lost", () => {
  fc.assert(
    fc.property(knobs, (given) => {
      const input = anyScenario(given);
      const tier = new FluidTier(input);
      const { summary, pods } = simulate(input, tier);
      const there = pods.filter(({ phase }) => phase === "serving" || phase === "draining");
      let inside = tier.routerGauges().held;
      for (const { id } of there) {
        const { running, waiting, kvTokens } = tier.gauges(id);
        inside += running + waiting;
        assert.ok(kvTokens <= 100_000);
      }
      assert.ok(Math.abs(summary.arrived - summary.finished - summary.dropped - inside) < 1e-6 * (1 + summary.arrived));
    }),
    { numRuns: 60 },
  );
});

test("GPUs of a pool stay within its limit and each pod has its own; the bill is the nodes' time", () => {
  fc.assert(
    fc.property(knobs, (given) => {
      const { timeline, nodes, summary } = run(anyScenario(given));
      for (const hourly of timeline.perHour) assert.ok(hourly <= 5 * 8);
      const paid = nodes.reduce((sum, { askedAt, goneAt }) => sum + (goneAt ?? 1200) - askedAt, 0);
      assert.ok(Math.abs(summary.dollars - (paid / 3600) * 8) < 1e-9);
      const { starting, serving, idle, paid: hours } = summary.gpuHours;
      assert.ok(starting + serving <= hours + 1e-9 && idle <= serving + 1e-9);
    }),
    { numRuns: 40 },
  );
});

test("the blame of a breach adds up to its length", () => {
  fc.assert(
    fc.property(knobs, (given) => {
      for (const { from, to, blame } of run(anyScenario(given)).violations) {
        assert.equal(Math.round(blame.reduce((sum, { seconds }) => sum + seconds, 0) * 1e6), (to - from) * 1e6);
        assert.deepEqual(
          blame.map(({ seconds }) => seconds),
          blame.map(({ seconds }) => seconds).toSorted((a, b) => b - a),
        );
      }
    }),
    { numRuns: 40 },
  );
});

/** Everything of a run, bit for bit. */
function bytesOf({ timeline, log, pods, nodes, violations, summary }: Run): string {
  const plain = (_: string, value: unknown) =>
    value instanceof Map
      ? [...value]
      : ArrayBuffer.isView(value)
        ? Buffer.from(value.buffer).toString("base64")
        : value instanceof Set
          ? [...value]
          : value;
  const told = pods.map(({ id, history, cut }) => ({ id, history, cut }));
  const times = nodes.map(({ id, askedAt, readyAt, goneAt }) => ({ id, askedAt, readyAt, goneAt }));
  return JSON.stringify({ timeline, log, told, times, violations, summary }, plain);
}

test("the same seed gives the same bytes, and A against A no difference", () => {
  fc.assert(
    fc.property(knobs, (given) => {
      const [a, b] = [run(anyScenario(given)), run(anyScenario(given))];
      assert.equal(bytesOf(a), bytesOf(b));
      assert.equal(differenceOf(a, b), undefined);
    }),
    { numRuns: 30 },
  );
});

test("another seed gives other starts", () => {
  const usual = {
    replicas: 1,
    min: 1,
    more: 5,
    rate: 30,
    period: 600,
    window: 15,
    spread: 40,
    flowControl: false,
    nodes: 1,
  };
  const [a, b] = [run(anyScenario({ ...usual, seed: 1 })), run(anyScenario({ ...usual, seed: 2 }))];
  assert.notEqual(differenceOf(a, b), undefined);
});

test("a difference says since when, and what only one of the two did", () => {
  const usual = {
    replicas: 1,
    min: 1,
    more: 5,
    rate: 30,
    period: 600,
    spread: 0,
    flowControl: false,
    nodes: 1,
    seed: 1,
  };
  const [quick, slow] = [run(anyScenario({ ...usual, window: 0 })), run(anyScenario({ ...usual, window: 60 }))];
  const difference = differenceOf(quick, slow);
  assert.equal(difference?.since, 45);
  assert.deepEqual(
    difference?.changesBefore.slice(0, 1).map(({ at, decision }) => [at, decision.to]),
    [[45, 2]],
  );
});

test("half the step moves the fluid by less than a percent", () => {
  fc.assert(
    fc.property(knobs, (given) => {
      const input = { ...anyScenario({ ...given, more: 0 }), duration: 1200 };
      const [coarse, fine] = [run(input, 1).summary, run(input, 0.5).summary];
      for (const name of ["finished", "outputTokens"] as const)
        assert.ok(
          Math.abs(coarse[name] - fine[name]) <= 0.01 * Math.max(1, fine[name]),
          `${name} ${coarse[name]} ${fine[name]}`,
        );
    }),
    { numRuns: 40 },
  );
});
