import assert from "node:assert/strict";
import { test } from "node:test";
import { blameFor } from "../../../server/engine/simulation/blame.ts";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import { simulate } from "../../../server/engine/simulation/simulation.ts";
import { summarySentence } from "../../../server/engine/simulation/summary-sentence.ts";
import { given } from "../../../server/engine/sourced.ts";
import { desiredOf, hpa, pool, scenario, signal, startUp, template, variant, wva } from "./world.ts";

/** One replica that is overrun for good after five minutes, on nodes of one GPU. */
const overrun = scenario({
  variants: [
    variant("llama", 1, {
      pod: {
        ...template,
        startUp: {
          ...startUp,
          image: given(20, "deployment.yaml:12"),
          load: given(60, "deployment.yaml:20"),
          probe: { ...startUp.probe, period: given(30, "deployment.yaml:31") },
          seen: given(2),
        },
      },
    }),
  ],
  pools: [
    { ...pool, nodes: 1, gpusPerNode: 1, fixed: false, perHour: given(4), provisioning: given(90, "nodepool.yaml:4") },
  ],
  wva: wva(["llama"]),
  signals: [desiredOf("llama")],
  autoscalers: [
    hpa(
      "llama",
      "wva_desired_replicas",
      {
        maxReplicas: 2,
        behavior: { scaleUp: { stabilizationWindowSeconds: 60 }, scaleDown: { stabilizationWindowSeconds: 300 } },
      },
      { origins: new Map([["scaleUp.stabilizationWindowSeconds", "hpa.yaml:17"]]) },
    ),
  ],
  traffic: { rate: (at) => (at < 300 ? 4 : 10), promptTokens: 500, outputTokens: 200 },
  duration: 1200,
});

test("a breach is told by what each of its seconds waited for, the biggest part first, with the line that would change it", () => {
  const { violations } = simulate(overrun, new FluidTier(overrun));
  assert.deepEqual(violations, [
    {
      from: 315,
      to: 900,
      blame: [
        { part: "recovery", seconds: 278 },
        { part: "node", by: "provisioning", origin: "nodepool.yaml:4", seconds: 90 },
        { part: "load", by: "load", origin: "deployment.yaml:20", seconds: 60 },
        { part: "stabilization", by: "scaleUp.stabilizationWindowSeconds", origin: "hpa.yaml:17", seconds: 45 },
        { part: "load", by: "compile", seconds: 35 },
        { part: "probe", by: "periodSeconds", origin: "deployment.yaml:31", seconds: 25 },
        { part: "image", by: "image", origin: "deployment.yaml:12", seconds: 20 },
        { part: "signal", seconds: 15 },
        { part: "decision", by: "wva_desired_replicas", seconds: 15 },
        { part: "probe", by: "seen", seconds: 2 },
      ],
    },
  ]);
});

test("and a run by a sentence", () => {
  assert.equal(
    summarySentence(simulate(overrun, new FluidTier(overrun))),
    "56.4 % of the requests met their objectives. 1 breach of 9 min 45 s, 4 min 38 s of it waiting for what had piled up. 0.4939 replica hours, $2.23, 1 scale-up and 0 scale-downs.",
  );
});

test("an autoscaler at its maximum is to blame when nothing starts any more", () => {
  const input = scenario({
    ...overrun,
    autoscalers: [hpa("llama", "waiting", { maxReplicas: 1 }, { origins: new Map([["maxReplicas", "hpa.yaml:9"]]) })],
    signals: [signal("waiting", { of: "waiting", over: "sum" })],
    traffic: { rate: () => 12, promptTokens: 500, outputTokens: 200 },
    duration: 600,
  });
  const { wva: _, ...alone } = input;
  const [breach] = simulate(alone, new FluidTier(alone)).violations;
  assert.deepEqual(breach?.blame[0], { part: "bound", by: "maxReplicas", origin: "hpa.yaml:9", seconds: 585 });
});

test("of several pods that start, the one that is furthest is waited for", () => {
  const pod = (history: readonly { phase: "provisioning" | "load" | "serving"; from: number }[]) => ({
    id: "llama-1",
    variant: "llama",
    askedAt: 0,
    phase: "serving" as const,
    node: undefined,
    history,
    restarts: 0,
    cut: 0,
  });
  const pods = [
    pod([
      { phase: "provisioning", from: 0 },
      { phase: "load", from: 50 },
      { phase: "serving", from: 100 },
    ]),
    pod([
      { phase: "provisioning", from: 0 },
      { phase: "load", from: 20 },
      { phase: "serving", from: 60 },
    ]),
  ];
  const evidence = {
    pods,
    templates: new Map([["llama", template]]),
    pools: new Map(),
    wants: new Map(),
    isScaled: true,
  };
  assert.deepEqual(blameFor({ from: 0, to: 120 }, evidence).blame, [
    { part: "load", by: "load", seconds: 80 },
    { part: "node", by: "provisioning", seconds: 20 },
    { part: "recovery", seconds: 20 },
  ]);
});

test("where nothing scales, no signal is waited for", () => {
  const input = scenario({ traffic: { rate: () => 12, promptTokens: 500, outputTokens: 200 }, duration: 600 });
  const run = simulate(input, new FluidTier(input));
  assert.deepEqual(run.violations[0]?.blame, [{ part: "nobody", seconds: 600 }]);
  assert.match(
    summarySentence(run),
    /1 breach of 10 min, 10 min of it waiting for an autoscaler, of which there is none\./,
  );
});
