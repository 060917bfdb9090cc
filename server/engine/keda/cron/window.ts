import { CronError } from "./error.ts";
import { nextFiring } from "./next.ts";
import { type CronSchedule, parseSchedule } from "./schedule.ts";
import type { Zone } from "./zone.ts";

/** The window of KEDA's cron trigger: from each firing of `start` to the next of `end`. */
export interface CronWindow {
  readonly start: CronSchedule;
  readonly end: CronSchedule;
  readonly desiredReplicas: number;
}

/** Reads the metadata of a cron trigger; the zone is not looked at. Throws a CronError where the scaler refuses it. */
export function parseWindow(metadata: Readonly<Record<string, string>>): CronWindow {
  const [start, end, replicas] = ["start", "end", "desiredReplicas"].map((key) => required(metadata, key));
  required(metadata, "timezone");
  if (start === undefined || end === undefined || replicas === undefined)
    throw new CronError("a cron trigger lacks a key");
  if (start === end) throw new CronError("start and end are the same");
  const desiredReplicas = /^[+-]?[0-9]{1,9}$/.test(replicas) ? Number(replicas) : Number.NaN;
  if (!(desiredReplicas !== 0)) throw new CronError("desiredReplicas is 0");
  if (Number.isNaN(desiredReplicas)) throw new CronError("desiredReplicas is no whole number");
  return { start: parseSchedule(start), end: parseSchedule(end), desiredReplicas };
}

function required(metadata: Readonly<Record<string, string>>, key: string): string {
  const value = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
  if (value === undefined || value === "") throw new CronError(`${key} is missing`);
  return value;
}

/**
 * Whether this moment (seconds since 1970, UTC) is in the window: when the next thing to come is not a start; an end at the minute
 * of the next start keeps it open. What never fires has Go's zero time: without a start it is always open, without an end never
 * (keda pkg/scalers/cron_scaler.go).
 */
export function isInWindow({ start, end }: CronWindow, seconds: number, zone: Zone): boolean {
  const nextStart = nextFiring(start, seconds, zone);
  if (nextStart === undefined) return true;
  const nextEnd = nextFiring(end, seconds, zone);
  return nextEnd !== undefined && nextStart >= nextEnd;
}

/**
 * What the trigger measures: `desiredReplicas` inside, 1 outside (not 0: with target 1 an HPA reads both 0 and 1 as its minimum).
 * Only inside is it active.
 */
export function cronReading(window: CronWindow, seconds: number, zone: Zone): { value: number; active: boolean } {
  const active = isInWindow(window, seconds, zone);
  return { value: active ? window.desiredReplicas : 1, active };
}
