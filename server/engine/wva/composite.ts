import type { Decision } from "../decision/decision.ts";
import type { Share } from "../units.ts";
import { type WvaReasonId, wvaReasons } from "./reasons.ts";

/** What llm-d's platform overview calls saturation; it is older than WVA's analysis and no release decides by it. */
export interface CompositeSignals {
  readonly kvUsage: Share;
  /** Of the queue that is allowed. */
  readonly queueRatio: Share;
  /** Throughput that is lost against the best seen. */
  readonly throughputLoss: Share;
}

export const compositeLaw = {
  weights: { kvUsage: 0.5, queueRatio: 0.3, throughputLoss: 0.2 },
  scaleUpAbove: 0.8,
  scaleDownBelow: 0.3,
} as const;

export function compositeSaturation({ kvUsage, queueRatio, throughputLoss }: CompositeSignals): number {
  const { weights } = compositeLaw;
  return weights.kvUsage * kvUsage + weights.queueRatio * queueRatio + weights.throughputLoss * throughputLoss;
}

/** One replica more above 0.8, one less below 0.3, at least one; both strict. */
export function decideByComposite(subject: string, current: number, signals: CompositeSignals): Decision {
  const value = compositeSaturation(signals);
  const { scaleUpAbove, scaleDownBelow } = compositeLaw;
  const up = value > scaleUpAbove;
  const down = value < scaleDownBelow;
  const reason: WvaReasonId = up ? "composite-high" : down ? "composite-low" : "composite-between";
  const wanted = current + (up ? 1 : down ? -1 : 0);
  const to = down ? Math.max(Math.min(1, current), wanted) : wanted;
  return {
    controller: "wva",
    subject,
    from: current,
    to,
    reason: wvaReasons[reason],
    compared: [
      ...(down ? [] : [bound(value, up ? ">" : "<=", "scaleUpAbove", scaleUpAbove)]),
      ...(up ? [] : [bound(value, down ? "<" : ">=", "scaleDownBelow", scaleDownBelow)]),
    ],
    held: to === wanted ? [] : [{ by: "the last replica", wanted, allowed: to }],
    lost: [],
  };
}

function bound(value: number, relation: ">" | "<=" | "<" | ">=", name: string, limit: number) {
  return { left: { name: "saturation", value }, relation, right: { name, value: limit } } as const;
}
