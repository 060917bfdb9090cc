import type { Adapter } from "./adapter.ts";
import { limitOps } from "./hpa/limits.ts";
import { metricOps } from "./hpa/metrics.ts";
import { reconcile } from "./hpa/reconcile.ts";
import { validationOps } from "./hpa/validation.ts";
import type { Inputs, Op } from "./hpa/vector.ts";
import { agrees } from "./hpa/vector.ts";
import { stabilizationOps } from "./hpa/windows.ts";

const ops: ReadonlyMap<string, Op> = new Map([
  ...metricOps,
  ["reconcile", reconcile] as const,
  ...limitOps,
  ...stabilizationOps,
  ...validationOps,
]);

const adapter: Adapter = ({ op, inputs, expected }) => {
  const run = ops.get(String(op));
  const actual = run === undefined ? `an op that the engine knows, not ${op}` : run(inputs as Inputs);
  return { expected, actual, passed: agrees(expected, actual) };
};

export const hpaAdapters: ReadonlyMap<string, Adapter> = new Map(
  ["metric", "ruleLimit", "stabilization", "validation"].map((kind) => [kind, adapter]),
);
