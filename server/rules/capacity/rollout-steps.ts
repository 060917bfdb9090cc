import type { StackObject } from "../../kinds/stack-object.ts";
import { at, stringAt } from "../../text/read.ts";

/** How many pods a rolling update may have besides, and how many may be away. */
export interface RolloutSteps {
  readonly surge: number;
  readonly unavailable: number;
}

/** kubernetes pkg/apis/apps/v1/defaults.go */
const defaultStep = "25%";

/** Absent for Recreate, for no replicas, and where a value cannot be read here. */
export function rolloutOf({ root }: StackObject, replicas: number): RolloutSteps | undefined {
  const strategy = at(root, "spec", "strategy");
  const type = at(strategy, "type") === undefined ? "RollingUpdate" : stringAt(strategy, "type")?.value;
  if (type !== "RollingUpdate" || replicas < 1) return undefined;
  const written = (key: string) => {
    const node = at(strategy, "rollingUpdate", key);
    return node === undefined ? defaultStep : stringAt(node)?.value;
  };
  const surge = countOf(written("maxSurge"), replicas, Math.ceil);
  const unavailable = countOf(written("maxUnavailable"), replicas, Math.floor);
  if (surge === undefined || unavailable === undefined) return undefined;
  // With neither a rollout could not move (ResolveFenceposts in deployment_util.go).
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

/** A number, or a percentage of all. */
export function countOf(text: string | undefined, all: number, round: (count: number) => number): number | undefined {
  const parts = /^(\d{1,9})(%?)$/.exec(text ?? "");
  if (parts === null) return undefined;
  return parts[2] === "%" ? round((Number(parts[1]) * all) / 100) : Number(parts[1]);
}
