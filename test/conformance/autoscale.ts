import {
  type Compared,
  startShapes,
  tokenAwareShapes,
  wvaAgainstHpaShapes,
  wvaClockShapes,
  wvaWindowShapes,
} from "../engine/simulation/published/shapes.ts";
import type { Adapter } from "./adapter.ts";
import { type Fields, numberIn, textIn } from "./fields.ts";

/** Published runs of autoscaling: told by what their results have. */
const run: Adapter = (vector) => {
  const results = within(vector, "results");
  const compared = shapesOf(vector, results);
  if (compared === undefined) return { expected: results, actual: "no such run is known", passed: false };
  const { ours, shapes } = compared;
  return { expected: results, actual: { ...ours, shapes }, passed: Object.values(shapes).every((holds) => holds) };
};

function shapesOf(vector: Fields, results: Fields): Compared | undefined {
  if ("autoscaled" in results && "static_1" in results) return tokenAwareOf(vector, results);
  if ("HPA" in results && "WVA" in results) return wvaAgainstHpaOf(vector, results);
  if ("desired_2_at_s" in results) return clockOf(results);
  const window = Object.keys(results).map((key) => Number(/^window_([1-9]\d*)$/.exec(key)?.[1] ?? Number.NaN));
  const longest = Math.max(...window.filter((seconds) => !Number.isNaN(seconds)));
  return Number.isFinite(longest) ? wvaWindowShapes(numberIn(vector, "rps"), longest) : undefined;
}

function tokenAwareOf(vector: Fields, results: Fields): Compared {
  const [autoscaled, alone] = [within(results, "autoscaled"), within(results, "static_1")];
  const facts = {
    model: textIn(vector, "model"),
    gpu: textIn(vector, "gpu"),
    ranks: numberIn(vector, "tp"),
    promptTokens: numberIn(vector, "isl"),
    outputTokens: numberIn(vector, "osl"),
    sent: numberIn(autoscaled, "sent"),
    maxReplicas: Number(/max (\d+)/.exec(textIn(vector, "policy"))?.[1]),
    alone: { outputRate: numberIn(alone, "output_tok_s"), longestWait: numberIn(alone, "ttft_p99_s") },
  };
  const [, replicas] = pairIn(autoscaled, "replicas_from_to");
  const [firstToken, firstTokenAlone] = [numberIn(autoscaled, "ttft_p50_s"), numberIn(alone, "ttft_p50_s")];
  return tokenAwareShapes(facts, { replicas, firstToken, firstTokenAlone });
}

function wvaAgainstHpaOf(vector: Fields, results: Fields): Compared {
  const [hpa, wva] = [within(results, "HPA"), within(results, "WVA")];
  const facts = {
    promptTokens: numberIn(vector, "isl"),
    outputTokens: numberIn(vector, "osl"),
    rate: numberIn(vector, "rps"),
    lasts: numberIn(vector, "duration_s"),
    oneReplica: numberIn(hpa, "output_tok_s"),
    maxReplicas: numberIn(wva, "max"),
  };
  const published = { hpaMost: numberIn(hpa, "max"), wvaMost: numberIn(wva, "max"), wvaMean: numberIn(wva, "avg") };
  return wvaAgainstHpaShapes(facts, { ...published, wvaRate: numberIn(wva, "output_tok_s") });
}

function clockOf(results: Fields): Compared {
  const [kvFrom, kvTo] = pairIn(results, "kv_from_to");
  const [desired, spec, ready] = ["desired_2_at_s", "spec_2_at_s", "ready_2_at_s"].map((key) =>
    numberIn(results, key),
  ) as [number, number, number];
  return wvaClockShapes({ kvFrom, kvTo, rises: spec, starts: ready - spec }, { desired, spec, ready });
}

/** One time, or the shortest and the longest of several. */
const start: Adapter = (vector) => {
  const published = Array.isArray(vector["s"]) ? pairIn(vector, "s") : [numberIn(vector, "s")];
  const compared = published.map(startShapes);
  const passed = compared.every(({ shapes }) => Object.values(shapes).every((holds) => holds));
  return { expected: published, actual: compared.map(({ ours }) => ours), passed };
};

export const autoscaleAdapters: ReadonlyMap<string, Adapter> = new Map([
  ["runs", run],
  ["startup_times_s", start],
]);

function within(vector: Fields, name: string): Fields {
  const value = vector[name];
  if (typeof value !== "object" || value === null) throw new Error(`${name} is no object`);
  return value as Fields;
}

function pairIn(vector: Fields, name: string): [number, number] {
  const [from, to] = Array.isArray(vector[name]) ? (vector[name] as unknown[]) : [];
  if (typeof from !== "number" || typeof to !== "number") throw new Error(`${name} is no pair of numbers`);
  return [from, to];
}
