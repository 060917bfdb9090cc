import type { NodePool, PodTemplate, StartUp } from "../cluster/input.ts";
import type { PodPhase } from "../cluster/phase.ts";
import type { Pod } from "../cluster/pod.ts";
import type { OriginId, Sourced } from "../sourced.ts";
import type { Timeline } from "./timeline.ts";
import type { WantingSpan } from "./wanting.ts";

/** What a breach of the objectives waited for. */
export type BlamePart =
  /** There is no autoscaler. */
  | "nobody"
  /** Nobody who decides knew of it. */
  | "signal"
  /** Somebody knew, and the number had not reached who sets the replicas. */
  | "decision"
  | "stabilization"
  /** The autoscaler is at its maximum. */
  | "bound"
  | "node"
  | "image"
  | "load"
  | "probe"
  /** The replicas are there and work off what has piled up. */
  | "recovery";

export interface Violation {
  readonly from: number;
  readonly to: number;
  /** They sum to its length; the biggest first. */
  readonly blame: readonly Blame[];
}

export interface Blame {
  readonly part: BlamePart;
  readonly seconds: number;
  /** The setting that would change it, where one is known. */
  readonly by?: string;
  readonly origin?: OriginId;
}

const partOf: Readonly<Record<PodPhase, BlamePart | undefined>> = {
  pending: "node",
  provisioning: "node",
  image: "image",
  backoff: "probe",
  fetch: "load",
  load: "load",
  compile: "load",
  probe: "probe",
  unseen: "probe",
  serving: undefined,
  draining: undefined,
  gone: undefined,
};

/** The later a phase, the sooner the pod helps: of several that start, the foremost is waited for. */
const foremost: readonly BlamePart[] = ["probe", "load", "image", "node"];

/** Stretches in which fewer requests met the objectives than should. */
export function breaches(
  { at, arrivals, within, dropped, every }: Timeline,
  target: number,
): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let column = 1; column < at.length; column++) {
    const lost = (dropped[column] as number) / Math.max(1, (arrivals[column] as number) * every);
    const isMet = !((within[column] as number) - lost < target);
    if (isMet && !(lost > 1 - target)) continue;
    const [from, to] = [(at[column] as number) - every, at[column] as number];
    const last = found.at(-1);
    if (last?.to === from) last.to = to;
    else found.push({ from, to });
  }
  return found;
}

export interface Evidence {
  /** All that there ever were. */
  readonly pods: readonly Pod[];
  readonly templates: ReadonlyMap<string, PodTemplate>;
  readonly pools: ReadonlyMap<string, NodePool>;
  readonly wants: ReadonlyMap<string, readonly WantingSpan[]>;
  /** Whether anybody sets replicas. */
  readonly isScaled: boolean;
}

/** Shares each second of a breach out to what was waited for just then. */
export function blameFor({ from, to }: { readonly from: number; readonly to: number }, evidence: Evidence): Violation {
  const seconds = new Map<string, { -readonly [K in keyof Blame]: Blame[K] }>();
  const moments = changesIn(from, to, evidence);
  for (let index = 0; index + 1 < moments.length; index++) {
    const [start, end] = [moments[index] as number, moments[index + 1] as number];
    const blame = waitedForAt(start, from, evidence);
    const key = `${blame.part} ${blame.by}`;
    const known = seconds.get(key);
    if (known === undefined) seconds.set(key, { ...blame, seconds: end - start });
    else known.seconds += end - start;
  }
  return { from, to, blame: [...seconds.values()].toSorted((a, b) => b.seconds - a.seconds) };
}

function changesIn(from: number, to: number, { pods, wants }: Evidence): readonly number[] {
  const moments = new Set([from, to]);
  const add = (at: number) => at > from && at < to && moments.add(at);
  for (const { history } of pods) for (const span of history) add(span.from);
  for (const spans of wants.values()) for (const { at } of spans) add(at);
  return [...moments].toSorted((a, b) => a - b);
}

function waitedForAt(at: number, since: number, evidence: Evidence): Omit<Blame, "seconds"> {
  const { pods, templates, pools, wants, isScaled } = evidence;
  const starting = new Map<BlamePart, Omit<Blame, "seconds">>();
  let helped = false;
  for (const pod of pods) {
    const span = pod.history.findLast((one) => one.from <= at);
    if (span === undefined) continue;
    const part = partOf[span.phase];
    const template = templates.get(pod.variant);
    if (part !== undefined && template !== undefined && !starting.has(part))
      starting.set(part, knobOf(span.phase, template.startUp, pools.get(template.pool)));
    if (span.phase === "serving" && span.from > since) helped = true;
  }
  for (const part of foremost) {
    const waited = starting.get(part);
    if (waited !== undefined) return waited;
  }
  const wanted = [...wants.values()].flatMap((spans) => spans.findLast((span) => span.at <= at)?.wanting ?? []);
  for (const part of ["stabilization", "bound", "decision"] as const) {
    const found = wanted.find((wanting) => wanting.part === part);
    if (found !== undefined) return found;
  }
  if (helped) return { part: "recovery" };
  return { part: isScaled ? "signal" : "nobody" };
}

/** The setting behind a phase. */
function knobOf(phase: PodPhase, startUp: StartUp, pool: NodePool | undefined): Omit<Blame, "seconds"> {
  const part = partOf[phase] ?? "load";
  const [by, setting] = settingOf(phase, startUp, pool);
  return { part, by, ...(setting?.origin === undefined ? {} : { origin: setting.origin }) };
}

function settingOf(
  phase: PodPhase,
  { image, fetch, load, compile, probe, seen }: StartUp,
  pool: NodePool | undefined,
): readonly [string, Sourced<number> | undefined] {
  switch (phase) {
    case "pending":
      return ["free GPUs", pool?.gpuLimit];
    case "provisioning":
      return ["provisioning", pool?.provisioning];
    case "image":
      return ["image", image];
    case "backoff":
      return ["failureThreshold", probe.failureThreshold];
    case "fetch":
      return ["fetch", fetch];
    case "compile":
      return ["compile", compile];
    case "probe":
      return ["periodSeconds", probe.period];
    case "unseen":
      return ["seen", seen];
    default:
      return ["load", load];
  }
}
