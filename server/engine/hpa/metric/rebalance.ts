import { replicasOf } from "../milli.ts";
import { isWithin, type Tolerance } from "../tolerance.ts";
import type { ProposalReason } from "./proposal.ts";

export interface Settled {
  readonly replicas: number;
  readonly because: ProposalReason;
}

/** Every pod is ready and has a sample. */
export function settle(current: number, tolerance: Tolerance, ratio: number, pods: number): Settled {
  if (isWithin(tolerance, ratio)) return { replicas: current, because: "tolerance" };
  return { replicas: replicasOf(ratio * pods), because: "ratio" };
}

/**
 * With unready and missing pods counted in, the change may shrink to nothing, never turn around: neither by the new ratio
 * nor by the number of pods that now stand behind it.
 */
export function settleRebalanced(
  current: number,
  tolerance: Tolerance,
  before: number,
  after: number,
  pods: number,
): Settled {
  if (isWithin(tolerance, after)) return { replicas: current, because: "tolerance" };
  const replicas = replicasOf(after * pods);
  const turned = (before < 1 && after > 1) || (before > 1 && after < 1);
  const turnedByPods = (after < 1 && replicas > current) || (after > 1 && replicas < current);
  return turned || turnedByPods ? { replicas: current, because: "direction" } : { replicas, because: "ratio" };
}
