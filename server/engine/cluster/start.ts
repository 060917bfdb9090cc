import type { PhaseTime, StartUp } from "./input.ts";
import type { StartStep } from "./pod.ts";

/** kubelet's back-off between restarts: none before the first, then 10 s, doubled up to 300 s (pkg/kubelet, MaxContainerBackOff). */
const backoff = { first: 10, longest: 300 } as const;

/** What is drawn is cut to microseconds, so that every machine gets the same. */
export function drawn({ value, spread = 0 }: PhaseTime, draw: () => number): number {
  if (spread === 0) return value;
  return Math.max(0, Math.round((value + spread * (2 * draw() - 1)) * 1e6) / 1e6);
}

export interface Start {
  readonly steps: readonly StartStep[];
  /** The container starts in time; else its probe kills it at the end of these steps. */
  readonly succeeds: boolean;
}

/** From a node that is there to the first request, or to the end of the probe's patience. */
export function startOf(startUp: StartUp, hasImage: boolean, restarts: number, draw: () => number): Start {
  const before: StartStep[] = [];
  if (restarts === 0 && !hasImage) before.push({ phase: "image", seconds: drawn(startUp.image, draw) });
  if (restarts > 1)
    before.push({ phase: "backoff", seconds: Math.min(backoff.longest, backoff.first * 2 ** (restarts - 2)) });
  const work: StartStep[] = [
    { phase: "fetch", seconds: drawn(startUp.fetch, draw) },
    { phase: "load", seconds: drawn(startUp.load, draw) },
    { phase: "compile", seconds: drawn(startUp.compile, draw) },
  ];
  const seen = drawn(startUp.seen, draw);
  const started = work.reduce((sum, { seconds }) => sum + seconds, 0);
  const { tick, failed } = firstTick(startUp.probe, started);
  if (failed) return { steps: [...before, ...cutAt(work, tick)], succeeds: false };
  const probe: StartStep = { phase: "probe", seconds: tick - started };
  return { steps: [...before, ...work, probe, { phase: "unseen", seconds: seen }], succeeds: true };
}

/** The first tick of the probe that finds the server up, or the one that is a failure too many. */
function firstTick(
  { initialDelay, period, failureThreshold }: StartUp["probe"],
  started: number,
): { readonly tick: number; readonly failed: boolean } {
  const before = Math.max(0, Math.ceil((started - initialDelay.value) / period.value));
  const patience = failureThreshold?.value ?? Number.POSITIVE_INFINITY;
  const failed = before >= patience;
  return { tick: initialDelay.value + (failed ? patience - 1 : before) * period.value, failed };
}

function cutAt(steps: readonly StartStep[], end: number): readonly StartStep[] {
  const cut: StartStep[] = [];
  let left = end;
  for (const { phase, seconds } of steps) {
    if (left <= 0) break;
    cut.push({ phase, seconds: Math.min(seconds, left) });
    left -= seconds;
  }
  return cut;
}
