import type { Milli } from "../milli.ts";

/** What one metric asks for. */
export interface Proposal {
  readonly replicas: number;
  /** As `status.currentMetrics` shows it: the whole for a Value target, else the average of a pod. */
  readonly usage: Milli;
  /** Usage by target, as measured; not finite when an average over no replicas was asked for. */
  readonly ratio: number;
  /** The ratio once unready pods and pods without a sample were counted in; absent where there were none to count. */
  readonly rebalancedRatio: number | undefined;
  readonly because: ProposalReason;
}

/**
 * `ratio`: the ratio times the pods. `tolerance`: too small a change. `direction`: with the unready and missing pods counted
 * in the change would have gone the other way.
 */
export type ProposalReason = "ratio" | "tolerance" | "direction";

export interface UtilizationProposal extends Proposal {
  /** Whole percent of what the pods request. */
  readonly utilization: number;
}

export interface AverageProposal extends Proposal {
  /** Usage of all replicas together. */
  readonly total: Milli;
}

/** A metric that gives nothing at this sync. */
export interface Unread {
  readonly error: string;
}

export function isUnread(result: Proposal | Unread): result is Unread {
  return "error" in result;
}

/** Errors in the words of pkg/controller/podautoscaler. */
export const unreadBecause = {
  noPods: { error: "no pods returned by selector while calculating replica count" },
  noSamples: { error: "did not receive metrics for targeted pods (pods might be unready)" },
  noKnownPods: { error: "no metrics returned matched known pods" },
  noPodsTarget: { error: "invalid pods metric source: no average value target was set" },
  noObjectTarget: { error: "invalid object metric source: neither a value target nor an average value target was set" },
  noExternalTarget: {
    error: "invalid external metric source: neither a value target nor an average value target was set",
  },
  noResourceTarget: {
    error:
      "invalid resource metric source: neither an average utilization target nor an average value (usage) target was set",
  },
} as const satisfies Record<string, Unread>;
