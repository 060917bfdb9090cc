import type { Candidate, Comparison, Decision, Hold, Reason } from "../../decision/decision.ts";
import type { Course, Observation } from "../course.ts";
import type { Hpa } from "../hpa.ts";
import type { Metric } from "../metric/metric.ts";
import { isUnread, type Proposal, type Unread } from "../metric/proposal.ts";
import { hpaReasons } from "../reasons.ts";
import type { HpaState } from "../state.ts";
import { compare } from "./compared.ts";
import { holds } from "./held.ts";

/** A sync as a decision. */
export function explain(hpa: Hpa, course: Course, observation: Observation, state: HpaState): Decision {
  const { specReplicas } = observation;
  return {
    controller: "hpa",
    subject: hpa.subject,
    from: specReplicas,
    to: course.replicas,
    reason: reasonOf(hpa, course, specReplicas),
    compared: comparisons(hpa, course, observation),
    held: heldBy(hpa, course, observation, state),
    lost: losers(hpa, course),
  };
}

function winnerOf({ results, combined }: Course): Proposal | undefined {
  const winner = combined?.winner === undefined ? undefined : results[combined.winner];
  return winner === undefined || isUnread(winner) ? undefined : winner;
}

function reasonOf(hpa: Hpa, course: Course, specReplicas: number): Reason {
  switch (course.path) {
    case "disabled":
      return hpa.minReplicas === 0 ? hpaReasons.notScaledToZero : hpaReasons.scalingDisabled;
    case "above-max":
      return hpaReasons.aboveMax;
    case "below-min":
      return hpaReasons.belowMin;
    case "InvalidSelector":
      return hpaReasons.invalidSelector;
    case "AmbiguousSelector":
      return hpaReasons.ambiguousSelector;
    case "blocked":
      return course.combined?.winner === undefined ? hpaReasons.allUnread : hpaReasons.unreadBlocksScaleDown;
    default:
      return metricReason(winnerOf(course), course.wanted, specReplicas);
  }
}

function metricReason(winner: Proposal | undefined, wanted: number, specReplicas: number): Reason {
  if (winner === undefined) return hpaReasons.noMetrics;
  const { because, ratio, rebalancedRatio = ratio } = winner;
  if (because === "direction") return hpaReasons.direction;
  if (because === "tolerance") return wanted === specReplicas ? hpaReasons.withinTolerance : hpaReasons.statusReplicas;
  if (wanted === specReplicas) return hpaReasons.onTarget;
  if (wanted > specReplicas) return rebalancedRatio < 1 ? hpaReasons.morePods : hpaReasons.aboveTarget;
  return rebalancedRatio > 1 ? hpaReasons.fewerPods : hpaReasons.belowTarget;
}

function comparisons(hpa: Hpa, course: Course, observation: Observation): readonly Comparison[] {
  const { specReplicas } = observation;
  const replicas = { name: "replicas", value: specReplicas };
  if (course.path === "above-max")
    return [{ left: replicas, relation: ">", right: { name: "maxReplicas", value: hpa.maxReplicas } }];
  if (course.path === "below-min")
    return [{ left: replicas, relation: "<", right: { name: "minReplicas", value: hpa.minReplicas } }];
  const winner = winnerOf(course);
  const metric = hpa.metrics[course.combined?.winner ?? -1];
  return winner === undefined || metric === undefined ? [] : compare(hpa, metric, winner, observation);
}

function heldBy(hpa: Hpa, course: Course, observation: Observation, state: HpaState): readonly Hold[] {
  if (course.path !== "blocked") return holds(hpa, course, observation, state);
  const winner = winnerOf(course);
  const unread = hpa.metrics[course.combined?.unread ?? -1];
  if (winner === undefined || unread === undefined) return [];
  return [{ by: unread.name, wanted: winner.replicas, allowed: observation.specReplicas }];
}

function losers({ metrics }: Hpa, { results, combined }: Course): readonly Candidate[] {
  const lost: Candidate[] = [];
  for (let index = 0; index < results.length; index++) {
    if (index === combined?.winner) continue;
    lost.push({ name: (metrics[index] as Metric).name, because: whyNot(results[index] as Proposal | Unread) });
  }
  return lost;
}

function whyNot(result: Proposal | Unread): string {
  return isUnread(result) ? `it could not be read (${result.error})` : `it asks for ${result.replicas}`;
}
