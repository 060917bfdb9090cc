import type { Comparison } from "../../decision/decision.ts";
import type { Hpa } from "../hpa.ts";
import type { Metric } from "../metric/metric.ts";
import type { AverageProposal, Proposal, UtilizationProposal } from "../metric/proposal.ts";
import type { Counts } from "../metric/propose.ts";
import { asFloat, type Milli } from "../milli.ts";

/** The numbers of the metric that won: usage against target, and their ratio against the edge of the tolerance. */
export function compare(hpa: Hpa, metric: Metric, proposal: Proposal, counts: Counts): readonly Comparison[] {
  const usage = usageAgainstTarget(metric, proposal, counts);
  const edge = ratioAgainstTolerance(hpa, metric, proposal, counts);
  return edge === undefined ? [usage] : [usage, edge];
}

function usageAgainstTarget(metric: Metric, proposal: Proposal, { statusReplicas }: Counts): Comparison {
  const { name, targetField, law } = metric;
  if (law === "utilization") {
    const { utilization } = proposal as UtilizationProposal;
    return {
      left: { name: `${name} utilization`, value: utilization, unit: "%" },
      relation: relation(utilization, asFloat(metric.target)),
      right: { name: targetField, value: asFloat(metric.target), unit: "%" },
    };
  }
  const target = asFloat(metric.target) / 1000;
  const { what, value } = usageOf(metric, proposal, statusReplicas);
  return {
    left: { name: what, value: asFloat(value) / 1000 },
    relation: relation(asFloat(value), asFloat(metric.target)),
    right: { name: targetField, value: target },
  };
}

function usageOf({ name, law }: Metric, proposal: Proposal, statusReplicas: number): { what: string; value: Milli } {
  if (law === "podsAverage") return { what: `${name} per pod`, value: proposal.usage };
  if (law === "objectValue" || law === "externalValue") return { what: name, value: proposal.usage };
  // Over no replicas there is no average.
  if (statusReplicas === 0) return { what: name, value: (proposal as AverageProposal).total };
  return { what: `${name} per replica`, value: proposal.usage };
}

function ratioAgainstTolerance(hpa: Hpa, metric: Metric, proposal: Proposal, counts: Counts): Comparison | undefined {
  const ratio = proposal.rebalancedRatio ?? proposal.ratio;
  const fromZero = (metric.law === "objectValue" || metric.law === "externalValue") && counts.specReplicas === 0;
  if (fromZero || !Number.isFinite(ratio)) return undefined;
  const up = ratio >= 1;
  const edge = up ? 1 + hpa.tolerance.up : 1 - hpa.tolerance.down;
  const direction = up ? "scaleUp" : "scaleDown";
  const own = hpa.settings.configurableTolerance && hpa.spec.behavior?.[direction]?.tolerance !== undefined;
  const within = up ? ratio <= edge : ratio >= edge;
  const outside = up ? ">" : "<";
  const inside = up ? "<=" : ">=";
  return {
    left: { name: proposal.rebalancedRatio === undefined ? "ratio" : "ratio over all pods", value: ratio },
    relation: within ? inside : outside,
    right: { name: `1 ${up ? "+" : "-"} ${own ? `${direction}.tolerance` : "tolerance"}`, value: edge },
  };
}

function relation(left: number, right: number): Comparison["relation"] {
  if (left === right) return "=";
  return left > right ? ">" : "<";
}
