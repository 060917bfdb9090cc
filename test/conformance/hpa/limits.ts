import {
  changeWithin,
  controllerDefaults,
  fillBehavior,
  limitByBehavior,
  limitWithoutBehavior,
  type ScaleEvent,
  scaleDownLimit,
  scaleUpLimit,
  storeEvent,
} from "../../../server/engine/hpa/public.ts";
import { rulesOf } from "./reconcile.ts";
import { type Inputs, now, type Op } from "./vector.ts";

function eventsOf(events: unknown): readonly ScaleEvent[] {
  return ((events ?? []) as readonly Inputs[]).map(({ change, ageSeconds, outdated }) => ({
    change: Number(change),
    at: now - Number(ageSeconds),
    outdated: outdated === true,
  }));
}

function historyOf(inputs: Inputs) {
  return { ups: eventsOf(inputs["scaleUpEvents"]), downs: eventsOf(inputs["scaleDownEvents"]) };
}

function filled(scaleUp: unknown, scaleDown: unknown) {
  const up = rulesOf(scaleUp);
  const down = rulesOf(scaleDown);
  return fillBehavior({ ...(up && { scaleUp: up }), ...(down && { scaleDown: down }) }, controllerDefaults);
}

function change(inputs: Inputs) {
  return { current: Number(inputs["currentReplicas"]), desired: Number(inputs["desiredReplicas"]) };
}

function boundsOf(inputs: Inputs) {
  return { minReplicas: Number(inputs["minReplicas"] ?? 1), maxReplicas: Number(inputs["maxReplicas"]) };
}

const withoutBehavior: Op = (inputs) => {
  const { current, desired } = change(inputs);
  return { ...limitWithoutBehavior(current, desired, boundsOf(inputs)) };
};

const withBehavior: Op = (inputs) => {
  const { current, desired } = change(inputs);
  const behavior = filled(inputs["scaleUp"], inputs["scaleDown"]);
  return { ...limitByBehavior(current, desired, boundsOf(inputs), behavior, historyOf(inputs), now) };
};

const upLimit: Op = (inputs) => {
  const { scaleUp } = filled(inputs["rules"], null);
  return { ...scaleUpLimit(Number(inputs["currentReplicas"]), scaleUp, historyOf(inputs), now) };
};

const downLimit: Op = (inputs) => {
  const { scaleDown } = filled(null, inputs["rules"]);
  return { ...scaleDownLimit(Number(inputs["currentReplicas"]), scaleDown, historyOf(inputs), now) };
};

const store: Op = (inputs) => {
  const events = eventsOf(inputs["events"]);
  const rules = rulesOf(inputs["rules"]);
  const after =
    rules === undefined ? events : storeEvent(events, Number(inputs["replicaChange"]), rules.policies ?? [], now);
  return {
    changeInPeriodBefore: changeWithin(events, Number(inputs["countPeriodSeconds"]), now),
    eventsAfter: after.map(({ change, outdated }) => ({ change, outdated })),
  };
};

export const limitOps: ReadonlyMap<string, Op> = new Map([
  ["noBehaviorLimit", withoutBehavior],
  ["behaviorRate", withBehavior],
  ["scaleUpLimit", upLimit],
  ["scaleDownLimit", downLimit],
  ["storeScaleEvent", store],
]);
