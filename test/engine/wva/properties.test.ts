import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { share } from "../../../server/engine/units.ts";
import { compositeSaturation } from "../../../server/engine/wva/composite.ts";
import { decideModel } from "../../../server/engine/wva/cycle.ts";
import { allocateGreedily } from "../../../server/engine/wva/limiter/limit.ts";
import type { WvaProfile } from "../../../server/engine/wva/profiles.ts";
import { analyzeSaturation, type SaturationThresholds } from "../../../server/engine/wva/v1/analyze.ts";
import { blockingVariants, runSaturation } from "../../../server/engine/wva/v1/cycle.ts";
import { optimizeCost } from "../../../server/engine/wva/v2/optimize.ts";
import type { ReplicaLoad, VariantState } from "../../../server/engine/wva/variant.ts";
import { allProfiles, usual } from "./model.ts";

const names = ["a", "b", "c", "constructor"] as const;

const load: fc.Arbitrary<ReplicaLoad> = fc
  .record({
    variant: fc.constantFrom(...names),
    pod: fc.string({ maxLength: 3 }),
    kvUsage: fc.double({ min: 0, max: 1, noNaN: true }).map(share),
    queueLength: fc.nat(12),
  })
  .map((replica) => ({ ...replica, cost: 5 * (names.indexOf(replica.variant as "a") + 1) }));

const bounds = fc.record({ minReplicas: fc.nat(3), room: fc.nat(5) });

/** Of all four variants, in any state of movement. */
const states: fc.Arbitrary<VariantState[]> = fc.tuple(
  ...names.map((variant) =>
    fc.tuple(fc.nat(6), fc.nat(6), fc.nat(2), bounds).map(([current, desired, pending, { minReplicas, room }]) => ({
      variant,
      current,
      desired,
      pending,
      minReplicas,
      maxReplicas: minReplicas + room,
    })),
  ),
);

const share01 = fc.double({ min: 0, max: 1, noNaN: true });
const entry: fc.Arbitrary<SaturationThresholds> = fc.record({
  kvCacheThreshold: share01,
  queueLengthThreshold: fc.nat(10),
  kvSpareTrigger: share01,
  queueSpareTrigger: fc.nat(10),
});

const profile: fc.Arbitrary<WvaProfile> = fc.constantFrom(...allProfiles);
const cycle = fc.record({ thresholds: entry, replicas: fc.array(load, { maxLength: 20 }), states, profile });

test("a cycle changes the replicas of a model that stands still by one at most", () => {
  fc.assert(
    fc.property(cycle, (input) => {
      const settled = input.states.map((one) => ({ ...one, desired: 0, pending: 0 }));
      const counted = settled.map((one) => ({
        ...one,
        current: input.replicas.filter(({ variant }) => variant === one.variant).length,
        minReplicas: 0,
        maxReplicas: 0,
      }));
      const { choice } = runSaturation({ ...input, states: counted });
      const steps = counted.map(({ variant, current }) => Math.abs((choice.targets.get(variant) ?? current) - current));
      assert.ok(steps.reduce((sum, step) => sum + step, 0) <= 1);
    }),
  );
});

test("where bounds are known and nothing moves, every target lies within them", () => {
  fc.assert(
    fc.property(cycle, fc.constantFrom<WvaProfile>("v0.6", "main"), (input, bounded) => {
      const { choice } = runSaturation({ ...input, profile: bounded });
      if (choice.law === "transition" || choice.law === "no-analysis") return;
      for (const { variant, minReplicas = 0, maxReplicas = 0 } of input.states) {
        const target = choice.targets.get(variant);
        if (target === undefined) continue;
        assert.ok(target >= Math.min(minReplicas, maxReplicas === 0 ? minReplicas : maxReplicas));
        if (maxReplicas > 0) assert.ok(target <= maxReplicas);
      }
    }),
  );
});

test("a model in transition is not decided about: each target is the last decision, else what runs", () => {
  fc.assert(
    fc.property(cycle, (input) => {
      const decided = runSaturation(input);
      const blocked = blockingVariants(decided).length > 0;
      assert.equal(blocked, decided.choice.law === "transition");
      if (!blocked) return;
      const stateOf = new Map(input.states.map((one) => [one.variant, one]));
      for (const [variant, target] of decided.choice.targets) {
        const { desired, current } = stateOf.get(variant) ?? { desired: 0, current: 0 };
        assert.equal(target, desired !== 0 ? desired : current);
      }
    }),
  );
});

test("more load never takes a scale-up back and never makes a removal safe, while no replica saturates", () => {
  const calm = fc.array(
    fc.record({
      kv: fc.double({ min: 0, max: 0.79, noNaN: true }),
      queue: fc.nat(4),
      more: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(calm, (loads) => {
      const at = (grown: boolean) =>
        loads.map(({ kv, queue, more }, pod) => ({
          variant: "v",
          pod: String(pod),
          kvUsage: share(grown ? kv + (0.79 - kv) * more : kv),
          queueLength: grown ? Math.min(4, queue + Math.round(more)) : queue,
          cost: 5,
        }));
      const before = analyzeSaturation(usual, at(false), "v0.5");
      const after = analyzeSaturation(usual, at(true), "v0.5");
      const rounding = 1e-9;
      assert.ok(after.avgSpareKv <= before.avgSpareKv + rounding);
      assert.ok(after.avgSpareQueue <= before.avgSpareQueue + rounding);
      if (before.avgSpareKv < usual.kvSpareTrigger - rounding) assert.ok(after.shouldScaleUp);
      const wasShort = (before.spareAfterRemoval?.kv ?? -1) < usual.kvSpareTrigger - rounding;
      if (wasShort) assert.equal(after.scaleDownSafe, false);
    }),
  );
});

test("the two ways to compute a removal agree but for the last bits", () => {
  fc.assert(
    fc.property(entry, fc.array(load, { maxLength: 20 }), (thresholds, replicas) => {
      const [sum, mean] = (["v0.4", "v0.5"] as const).map(
        (release) => analyzeSaturation(thresholds, replicas, release).spareAfterRemoval,
      );
      assert.equal(sum === undefined, mean === undefined);
      assert.ok(Math.abs((sum?.kv ?? 0) - (mean?.kv ?? 0)) < 1e-9);
      assert.ok(Math.abs((sum?.queue ?? 0) - (mean?.queue ?? 0)) < 1e-9);
    }),
  );
});

test("the same cycle gives the same decisions, and leaves its input as it was", () => {
  fc.assert(
    fc.property(cycle, (input) => {
      const before = JSON.stringify(input);
      const zero = { scaleToZero: true, requestCount: 0 };
      assert.deepEqual(decideModel({ ...input, zero }), decideModel({ ...structuredClone(input), zero }));
      assert.equal(JSON.stringify(input), before);
    }),
  );
});

test("the order in which replicas of one variant are read does not matter to any decision", () => {
  const grid = fc.record({ kv: fc.nat(16), queue: fc.nat(8) });
  fc.assert(
    fc.property(fc.array(grid, { maxLength: 10 }), profile, (loads, release) => {
      const replicas = loads.map(({ kv, queue }, at) => ({
        variant: "v",
        pod: String(at),
        kvUsage: share(kv / 16),
        queueLength: queue,
        cost: 5,
      }));
      const exact = { kvCacheThreshold: 0.75, queueLengthThreshold: 8, kvSpareTrigger: 0.125, queueSpareTrigger: 4 };
      const decide = (order: typeof replicas) => {
        const { trigger, scaleDownSafe } = analyzeSaturation(exact, order, release);
        return { trigger, scaleDownSafe };
      };
      assert.deepEqual(decide(replicas), decide([...replicas].reverse()));
    }),
  );
});

test("GPUs are never given twice, and a target never exceeds its wish", () => {
  const request = fc.record({
    variant: fc.constantFrom(...names),
    accelerator: fc.constantFrom("A100", "H100", ""),
    current: fc.nat(5),
    target: fc.nat(9),
    gpusPerReplica: fc.integer({ min: -1, max: 4 }),
    spare: share01,
    cost: fc.nat(20),
  });
  const pools = fc.record({ A100: fc.nat(20), H100: fc.nat(20) });
  fc.assert(
    fc.property(fc.array(request, { maxLength: 8 }), pools, (requests, available) => {
      const pool = new Map(Object.entries(available));
      const { grants, remaining } = allocateGreedily(requests, pool);
      const before = [...pool.values()].reduce((sum, gpus) => sum + gpus, 0);
      const after = [...remaining.values()].reduce((sum, gpus) => sum + gpus, 0);
      assert.ok(grants.reduce((sum, { gpusAllocated }) => sum + gpusAllocated, 0) <= before - after);
      assert.ok([...remaining.values()].every((gpus) => gpus >= 0));
      grants.forEach(({ target }, at) => {
        assert.ok(target <= (requests[at]?.target ?? 0));
      });
    }),
  );
});

test("the optimizer covers what is required, removes no more than is spare, and leaves the cheapest variant one replica", () => {
  const prices = { a: 5, b: 20, c: 10, constructor: 40 };
  const sized = fc.tuple(
    ...names.map((variant) =>
      fc.record({
        variant: fc.constant(variant),
        cost: fc.constant(prices[variant]),
        perReplica: fc.nat(20_000),
      }),
    ),
  );
  fc.assert(
    fc.property(sized, states, fc.nat(100_000), fc.nat(100_000), (variants, present, required, spare) => {
      const capacity = (targets: ReadonlyMap<string, number>) =>
        variants.reduce((sum, { variant, perReplica }) => sum + (targets.get(variant) ?? 0) * perReplica, 0);
      const now = new Map(present.map(({ variant, current }) => [variant, current]));
      const grown = optimizeCost({ required, spare, variants }, present, "v0.5");
      if (required > 0 && variants.some(({ perReplica }) => perReplica > 0))
        assert.ok(capacity(grown) - capacity(now) >= required);
      const shrunk = optimizeCost({ required: 0, spare, variants }, present, "v0.5");
      assert.ok(capacity(now) - capacity(shrunk) <= spare);
      if ((now.get("a") ?? 0) > 0) assert.ok([...shrunk.values()].some((count) => count > 0));
    }),
  );
});

test("composite saturation grows with each of its signals and stays between 0 and 1", () => {
  fc.assert(
    fc.property(share01, share01, share01, share01, (kv, queue, loss, more) => {
      const at = (kvUsage: number) =>
        compositeSaturation({ kvUsage: share(kvUsage), queueRatio: share(queue), throughputLoss: share(loss) });
      assert.ok(at(kv) >= 0 && at(kv) <= 1 + 1e-12);
      assert.ok(at(Math.max(kv, more)) >= at(Math.min(kv, more)));
    }),
  );
});
