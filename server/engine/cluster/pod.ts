import type { PodTemplate } from "./input.ts";
import type { Node } from "./node.ts";
import type { PodPhase } from "./phase.ts";

export interface PhaseSpan {
  readonly phase: PodPhase;
  readonly from: number;
}

/** A pod of a variant. */
export interface Pod {
  readonly id: string;
  readonly variant: string;
  /** When the Deployment asked for it. */
  readonly askedAt: number;
  readonly phase: PodPhase;
  readonly node: Node | undefined;
  /** From its first phase to its last. */
  readonly history: readonly PhaseSpan[];
  /** How often its probe had the container killed. */
  readonly restarts: number;
  /** Generations that were cut when it ended. */
  readonly cut: number;
}

/** What only the cluster changes. */
export interface LivingPod extends Pod {
  phase: PodPhase;
  node: Node | undefined;
  restarts: number;
  cut: number;
  readonly history: PhaseSpan[];
  readonly template: PodTemplate;
  /** What is still ahead of it, while it starts. */
  ahead: readonly StartStep[];
  readonly draw: () => number;
}

export interface StartStep {
  readonly phase: PodPhase;
  readonly seconds: number;
}

export function enter(pod: LivingPod, phase: PodPhase, now: number): void {
  if (pod.phase === phase && pod.history.length > 0) return;
  pod.phase = phase;
  pod.history.push({ phase, from: now });
}

/** Seconds that a pod has spent in each phase, until now. */
export function timeIn({ history }: Pick<Pod, "history">, phase: PodPhase, now: number): number {
  let sum = 0;
  for (let index = 0; index < history.length; index++) {
    const span = history[index] as PhaseSpan;
    if (span.phase === phase && phase !== "gone") sum += Math.min(now, history[index + 1]?.from ?? now) - span.from;
  }
  return sum;
}
