import assert from "node:assert/strict";
import { sentence } from "../../server/engine/decision/sentence.ts";
import { stream } from "../../server/engine/random/stream.ts";
import { FluidTier } from "../../server/engine/simulation/fluid/fluid.ts";
import type { Scenario } from "../../server/engine/simulation/scenario.ts";
import { type Run, simulate } from "../../server/engine/simulation/simulation.ts";
import { summarySentence } from "../../server/engine/simulation/summary-sentence.ts";
import type { Tier } from "../../server/engine/simulation/tier.ts";
import { exactTier } from "../../server/scenario/exact.ts";
import { anyScenario } from "./any-scenario.ts";

/** What has to hold of a run whatever the scenario says, in both tiers. Throws where it does not. */
export function runsKeepPromises(seed: number): void {
  const { scenario, demand } = anyScenario(stream(seed, "scenario"));
  // Gauges with chance are beside the counts that they stand for.
  const { variation: _, ...means } = demand;
  const calm = { ...scenario, traffic: means };
  const fluid = new FluidTier(calm);
  const inFluid = simulate(calm, fluid);
  keepsPromises(inFluid, scenario);
  const { arrived } = inFluid.summary;
  conserves(inFluid, fluid, scenario, 1e-6 * (1 + arrived));
  keepsPromises(simulate(scenario, new FluidTier(scenario)), scenario);
  const exact = exactTier(scenario, {
    arrivals: demand.arrivals(scenario.seed),
    systemPrompts: new Float64Array(4).fill(demand.systemTokens),
  });
  const inExact = simulate(scenario, exact);
  keepsPromises(inExact, scenario);
  conserves(inExact, exact, scenario, 0);
}

/** What came has finished, was dropped or is somewhere. */
function conserves({ summary, pods }: Run, tier: Tier, { link }: Scenario, tolerance: number): void {
  let inside = tier.routerGauges().held;
  for (const { id, phase } of pods) {
    if (phase !== "serving" && phase !== "draining") continue;
    const { running, waiting } = tier.gauges(id);
    inside += running + waiting;
  }
  const missing = summary.arrived - summary.finished - summary.dropped - inside;
  // Between two pools, requests are on a link.
  if (link === undefined)
    assert.ok(Math.abs(missing) <= tolerance, `${missing} of ${summary.arrived} requests are nowhere`);
  else assert.ok(missing >= -tolerance, `${-missing} requests too many`);
}

/** Of any run, however it came about. */
export function keepsPromises(
  run: Run,
  { variants, autoscalers, duration, wva }: Pick<Scenario, "variants" | "autoscalers" | "duration" | "wva">,
): void {
  const { timeline, log, summary, violations, pods } = run;
  for (const [name, values] of linesOf(timeline)) {
    for (const value of values)
      assert.ok(
        !(value < 0) && (value !== Number.POSITIVE_INFINITY || name.startsWith("ttft") || name.startsWith("itl")),
        `${name} has ${value}`,
      );
  }
  for (const name of ["kvMost", "kvMean", "within"] as const)
    for (const value of timeline[name]) assert.ok(!(value > 1 + 1e-9), `${name} has ${value}`);
  const { arrived, finished, dropped, attainment, dollars, replicaHours, gpuHours, cut, outputTokens } = summary;
  for (const [name, value] of Object.entries({
    arrived,
    finished,
    dropped,
    dollars,
    replicaHours,
    cut,
    outputTokens,
    ...gpuHours,
  }))
    assert.ok(Number.isFinite(value) && value >= 0, `${name} is ${value}`);
  for (const [name, share] of Object.entries(attainment))
    assert.ok(arrived > 0 ? share >= 0 && share <= 1 + 1e-9 : Number.isNaN(share), `${name} is met by ${share}`);
  assert.ok(
    finished + dropped <= arrived + 1e-6 * (1 + arrived),
    `${finished} finished, ${dropped} dropped of ${arrived}`,
  );
  assert.ok(replicaHours <= (pods.length * duration) / 3600 + 1e-9);
  assert.ok(gpuHours.idle <= gpuHours.serving + 1e-9);
  for (const latency of [summary.ttft, summary.itl])
    if (latency !== undefined)
      assert.ok(latency.p50 >= 0 && latency.p50 <= latency.p95 && latency.p95 <= latency.p99, JSON.stringify(latency));
  for (const { from, to, blame } of violations) {
    const sum = blame.reduce((all, { seconds }) => all + seconds, 0);
    assert.ok(
      from < to && to <= duration && Math.abs(sum - (to - from)) < 1e-6,
      `${sum} s of ${to - from} s are blamed`,
    );
  }
  const bounds = new Map(
    autoscalers.map((one) => [
      one.target,
      one.kind === "hpa" ? one.spec.maxReplicas : (one.scaledObject.spec.maxReplicaCount ?? 100),
    ]),
  );
  const atStart = new Map(variants.map(({ name, replicas }) => [name, replicas.value]));
  for (const { decision, outcome } of log) {
    assert.ok(Number.isInteger(decision.to) && decision.to >= 0, `${decision.subject} -> ${decision.to}`);
    const most = Math.max(bounds.get(decision.subject) ?? 0, atStart.get(decision.subject) ?? 0);
    if (decision.controller === "hpa" && outcome === "changed")
      assert.ok(decision.to <= most, `${decision.to} of ${most}`);
    isPlain(sentence(decision));
  }
  // Without an autoscaler, replicas stay; WVA alone wakes what is at zero.
  if (autoscalers.length === 0 && wva === undefined) assert.equal(summary.scaleUps + summary.scaleDowns, 0);
  isPlain(summarySentence(run));
}

export function isPlain(text: string): void {
  assert.ok(text.length > 0 && text.length < 4000);
  assert.doesNotMatch(text, /undefined|NaN|Infinity|\[object |(?:^|[ (])-0(?![.\d])|e[+-]\d/, text);
}

function* linesOf(timeline: Run["timeline"]): Iterable<readonly [string, ArrayLike<number> & Iterable<number>]> {
  for (const [name, values] of Object.entries(timeline))
    if (ArrayBuffer.isView(values)) yield [name, values as Float64Array];
  for (const [variant, lines] of timeline.variants)
    for (const [name, values] of Object.entries(lines)) yield [`${variant} ${name}`, values as Float64Array];
  for (const [name, values] of timeline.signals) yield [name, values];
}
