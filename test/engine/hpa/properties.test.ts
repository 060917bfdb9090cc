import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  admitHpa,
  type Behavior,
  changeWithin,
  controllerDefaults,
  fillBehavior,
  type HpaSpec,
  hpaOf,
  limitByBehavior,
  newHpaState,
  type Policy,
  podsAverage,
  type Rules,
  type ScaleEvent,
  type SelectPolicy,
  serverFeatures,
  stabilize,
  syncHpa,
  targetAverage,
} from "../../../server/engine/hpa/public.ts";
import { pods } from "./pods.ts";

const count = fc.integer({ min: 1, max: 60 });
const policy: fc.Arbitrary<Policy> = fc.record({
  type: fc.constantFrom("Pods", "Percent"),
  value: fc.integer({ min: 1, max: 150 }),
  periodSeconds: fc.integer({ min: 1, max: 1800 }),
});
const window = fc.integer({ min: 0, max: 3600 });
const rules = fc.record({
  stabilizationWindowSeconds: window,
  selectPolicy: fc.constantFrom<SelectPolicy>("Max", "Min", "Disabled"),
  policies: fc.array(policy, { minLength: 1, maxLength: 3 }),
  tolerance: fc.double({ min: 0, max: 0.5, noNaN: true }),
});
const behavior: fc.Arbitrary<Behavior> = fc.record({ scaleUp: rules, scaleDown: rules }, { requiredKeys: [] });
const spec: fc.Arbitrary<HpaSpec> = fc
  .record({ low: count, room: fc.nat({ max: 60 }), own: behavior, has: fc.boolean() })
  .map(({ low, room, own, has }) => ({
    minReplicas: low,
    maxReplicas: low + room,
    metrics: [
      { type: "External", external: { metric: { name: "q" }, target: { type: "AverageValue", averageValue: 1000 } } },
    ],
    ...(has && { behavior: own }),
  }));
const loads = fc.array(fc.nat({ max: 90_000 }), { minLength: 1, maxLength: 40 });

/** Every sync of a load, the count following at once. */
function run(hpaSpec: HpaSpec, values: readonly number[], first: number) {
  const hpa = hpaOf("chat", hpaSpec);
  let state = newHpaState;
  let replicas = first;
  return values.map((value, index) => {
    const before = replicas;
    const result = syncHpa(
      hpa,
      {
        now: index * 15,
        specReplicas: replicas,
        statusReplicas: replicas,
        readings: [{ kind: "series", values: [value] }],
      },
      state,
    );
    const history = state;
    state = result.state;
    replicas = result.replicas;
    return { before, now: index * 15, history, result };
  });
}

test("every sync ends within minReplicas and maxReplicas", () => {
  fc.assert(
    fc.property(spec, loads, fc.integer({ min: 1, max: 120 }), (hpaSpec, values, first) => {
      for (const { result } of run(hpaSpec, values, first)) {
        assert.ok(result.replicas >= (hpaSpec.minReplicas ?? 1) && result.replicas <= hpaSpec.maxReplicas);
        assert.equal(result.decision.to, result.replicas);
      }
    }),
  );
});

/** The steps that a direction's policies allow from the start of their periods, told in another way than the engine does. */
function allowed(
  { selectPolicy, policies }: Rules,
  up: boolean,
  before: number,
  { ups, downs }: { ups: readonly ScaleEvent[]; downs: readonly ScaleEvent[] },
  now: number,
): number {
  if (selectPolicy === "Disabled") return 0;
  const steps = policies.map(({ type, value, periodSeconds }) => {
    const added = changeWithin(ups, periodSeconds, now) - changeWithin(downs, periodSeconds, now);
    const start = before - added;
    const step = type === "Pods" ? value : (start * value) / 100;
    return up ? Math.ceil(step) - added : Math.ceil(step) + added;
  });
  return Math.max(0, selectPolicy === "Min" ? Math.min(...steps) : Math.max(...steps));
}

test("between the bounds no sync changes more than its policies allow", () => {
  fc.assert(
    fc.property(spec, behavior, loads, (bounds, own, values) => {
      const hpaSpec = { ...bounds, behavior: own };
      const filled = fillBehavior(own, controllerDefaults);
      for (const { before, now, history, result } of run(hpaSpec, values, hpaSpec.minReplicas ?? 1)) {
        const change = result.replicas - before;
        const direction = change > 0 ? filled.scaleUp : filled.scaleDown;
        // Rounding of the share itself may make one more of it.
        assert.ok(Math.abs(change) <= allowed(direction, change > 0, before, history, now) + 1);
        if (direction.selectPolicy === "Disabled") assert.equal(change, 0);
      }
    }),
  );
});

test("a limit lies between the count and what was wanted", () => {
  fc.assert(
    fc.property(behavior, count, fc.nat({ max: 80 }), (own, current, desired) => {
      const bounds = { minReplicas: 1, maxReplicas: 60 };
      const filled = fillBehavior(own, controllerDefaults);
      const { replicas } = limitByBehavior(current, desired, bounds, filled, { ups: [], downs: [] }, 0);
      assert.ok(replicas >= Math.min(current, desired) && replicas <= Math.max(current, desired));
    }),
  );
});

test("a stabilised recommendation is one of its window, the new one, or the count that is there", () => {
  const log = fc.array(fc.record({ replicas: count, at: fc.integer({ min: -4000, max: 0 }) }), { maxLength: 30 });
  fc.assert(
    fc.property(count, count, window, window, log, (current, desired, up, down, recommendations) => {
      const longest = Math.max(up, down);
      const windows = { scaleUpSeconds: up, scaleDownSeconds: down };
      const { replicas } = stabilize(current, desired, windows, recommendations, 0);
      const inWindow = recommendations.filter(({ at }) => at > -longest).map((entry) => entry.replicas);
      assert.ok([current, desired, ...inWindow].includes(replicas));
      assert.ok(replicas >= Math.min(current, desired) && replicas <= Math.max(current, desired));
    }),
  );
});

test("more of a metric never asks for fewer replicas", () => {
  const tolerance = { down: 0.1, up: 0.1 };
  fc.assert(
    fc.property(count, fc.nat({ max: 1e6 }), fc.nat({ max: 1e6 }), (statusReplicas, one, other) => {
      const asks = (value: number) =>
        targetAverage({ statusReplicas, target: 1000, values: [value], tolerance, external: true }).replicas;
      assert.ok(asks(Math.min(one, other)) <= asks(Math.max(one, other)));
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 5000 }), { minLength: 1 }), fc.nat({ max: 5000 }), (usages, more) => {
      const asks = (list: number[]) => {
        const input = { currentReplicas: list.length, target: 1000, resource: "", tolerance, now: 0 };
        const result = podsAverage({ ...input, pods: pods(list) }, controllerDefaults);
        assert.ok(!("error" in result));
        return result.replicas;
      };
      assert.ok(asks(usages) <= asks(usages.map((usage) => usage + more)));
    }),
  );
});

test("the same syncs give the same results", () => {
  fc.assert(
    fc.property(spec, loads, count, (hpaSpec, values, first) => {
      assert.deepEqual(run(hpaSpec, values, first), run(hpaSpec, values, first));
    }),
  );
});

test("what the engine computes with, the API server stores", () => {
  fc.assert(
    fc.property(spec, (hpaSpec) => {
      const written = {
        ...hpaSpec,
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "chat" },
      };
      assert.deepEqual(admitHpa(plain(written), serverFeatures(37)), []);
    }),
  );
});

/** As YAML has it: quantities as text without an exponent of many digits. */
function plain(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner) => (key === "tolerance" ? (inner as number).toFixed(6) : inner)),
  );
}
