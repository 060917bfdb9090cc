import type { Comparison, Named } from "../../decision/decision.ts";
import type { Hpa } from "../hpa.ts";
import type { Metric } from "../metric/metric.ts";
import type { AverageProposal, Proposal, UtilizationProposal } from "../metric/proposal.ts";
import type { Counts } from "../metric/propose.ts";
import { asFloat } from "../milli.ts";

/** The numbers of the metric that won: usage against target, and their ratio against the edge of the tolerance. */
export function compare(hpa: Hpa, metric: Metric, proposal: Proposal, counts: Counts): readonly Comparison[] {
  const used = usageOf(metric, proposal, counts);
  const usage = { left: used, relation: relation(used.value, metric.shownTarget.value), right: metric.shownTarget };
  const edge = ratioAgainstTolerance(hpa, metric, proposal, counts);
  return edge === undefined ? [usage] : [usage, edge];
}

function usageOf(metric: Metric, proposal: Proposal, { statusReplicas }: Counts): Named {
  const { name, usageName, law } = metric;
  if (law === "utilization")
    return { name: usageName, value: (proposal as UtilizationProposal).utilization, unit: "%" };
  const perReplica = law === "objectAverage" || law === "externalAverage";
  // Over no replicas there is no average.
  if (perReplica && statusReplicas === 0) return { name, value: asFloat((proposal as AverageProposal).total) / 1000 };
  return { name: usageName, value: asFloat(proposal.usage) / 1000 };
}

function ratioAgainstTolerance(
  { edges }: Hpa,
  { law }: Metric,
  { ratio: measured, rebalancedRatio }: Proposal,
  { specReplicas }: Counts,
): Comparison | undefined {
  const ratio = rebalancedRatio ?? measured;
  const fromZero = (law === "objectValue" || law === "externalValue") && specReplicas === 0;
  if (fromZero || !Number.isFinite(ratio)) return undefined;
  const left = { name: rebalancedRatio === undefined ? "ratio" : "ratio over all pods", value: ratio };
  const { up, down } = edges;
  return ratio >= 1
    ? { left, relation: ratio <= up.value ? "<=" : ">", right: up }
    : { left, relation: ratio >= down.value ? ">=" : "<", right: down };
}

function relation(left: number, right: number): Comparison["relation"] {
  if (left === right) return "=";
  return left > right ? ">" : "<";
}
