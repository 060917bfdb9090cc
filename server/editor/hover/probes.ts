import { type Probe, readProbe, startBudget } from "../../kinds/workload/probe.ts";
import { numberAt } from "../../text/read.ts";
import type { Cursor } from "../completion/cursor.ts";
import { inEffect } from "./in-effect.ts";
import { timeText } from "./units.ts";

const ends = {
  livenessProbe: (time: string) => `A container that never answers is restarted after ${time}.`,
  readinessProbe: (time: string) => `A pod that stops answering loses its traffic; its start counts as ${time}.`,
  startupProbe: (time: string) => `A container has ${time} to start before it is restarted.`,
} as const;

/** How long a probe waits, with the defaults of Kubernetes. */
export function probeInEffect({ path, under }: Cursor): string[] {
  const name = /(?:^|\.)(livenessProbe|readinessProbe|startupProbe)$/.exec(path)?.[1] as keyof typeof ends | undefined;
  const probe = name === undefined ? undefined : readProbe(under);
  if (name === undefined || probe === undefined) return [];
  const of = (key: "initialDelaySeconds" | "periodSeconds" | "failureThreshold", unit: string) => ({
    key,
    written: numberAt(probe.node, key)?.value,
    default: probe[key],
    unit,
  });
  return [
    inEffect([of("initialDelaySeconds", " s"), of("periodSeconds", " s"), of("failureThreshold", "")]),
    ends[name](timeOf(probe)),
  ];
}

function timeOf(probe: Probe): string {
  const seconds = startBudget(probe);
  return seconds < 60 ? `${seconds} s` : `${seconds} s (${timeText(seconds)})`;
}
