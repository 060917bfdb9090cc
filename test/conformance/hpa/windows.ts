import { stabilize, stabilizeScaleDown } from "../../../server/engine/hpa/public.ts";
import { recommendationsOf } from "./reconcile.ts";
import { now, type Op } from "./vector.ts";

const withoutBehavior: Op = (inputs) => {
  const log = recommendationsOf(inputs["recommendations"]) ?? [];
  const after = stabilizeScaleDown(Number(inputs["desiredReplicas"]), Number(inputs["windowSeconds"]), log, now);
  return { replicas: after.replicas, logLength: after.log.length };
};

const withBehavior: Op = (inputs) => {
  const log = recommendationsOf(inputs["recommendations"]) ?? [];
  const windows = {
    scaleUpSeconds: Number(inputs["scaleUpWindowSeconds"]),
    scaleDownSeconds: Number(inputs["scaleDownWindowSeconds"]),
  };
  const after = stabilize(Number(inputs["currentReplicas"]), Number(inputs["desiredReplicas"]), windows, log, now);
  return { replicas: after.replicas, storedValues: after.log.map(({ replicas }) => replicas) };
};

export const stabilizationOps: ReadonlyMap<string, Op> = new Map([
  ["noBehavior", withoutBehavior],
  ["behavior", withBehavior],
]);
