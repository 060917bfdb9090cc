import type { Origins, Sourced } from "../sourced.ts";

/** Seconds of one phase: as given, or drawn evenly from `value - spread` to `value + spread`. */
export interface PhaseTime extends Sourced<number> {
  readonly spread?: number;
}

/** What a pod goes through from its node to its first request, in this order. */
export interface StartUp {
  /** Once on each node: the image stays there. */
  readonly image: PhaseTime;
  /** Weights from their store to the node or the pod. */
  readonly fetch: PhaseTime;
  /** Weights into the memory of the GPUs. */
  readonly load: PhaseTime;
  /** Compilation, graphs, warm-up. */
  readonly compile: PhaseTime;
  readonly probe: {
    readonly initialDelay: Sourced<number>;
    /** A pod is ready at a tick of its probe. */
    readonly period: Sourced<number>;
    /** Restarts the container when it has not started by then. Absent: no probe that gives up. */
    readonly failureThreshold?: Sourced<number>;
  };
  /** From Ready until the router sends requests. */
  readonly seen: PhaseTime;
}

export interface PodTemplate {
  readonly gpus: number;
  /** Which nodes can take it. */
  readonly pool: string;
  readonly startUp: StartUp;
  readonly terminationGracePeriod: Sourced<number>;
}

/** Nodes of one kind, as an autoscaler of nodes makes and removes them. */
export interface NodePool {
  readonly name: string;
  readonly gpusPerNode: number;
  /** Nodes that are there from the start; they are made and removed like the others unless `fixed`. */
  readonly nodes: number;
  /** No node is ever made or removed. */
  readonly fixed: boolean;
  /** GPUs that the pool may have in all. Absent: no limit. */
  readonly gpuLimit?: Sourced<number>;
  readonly provisioning: PhaseTime;
  /** So long empty, and a node is removed. Absent: never. */
  readonly consolidateAfter?: Sourced<number>;
  /** Dollars for a node. */
  readonly perHour: Sourced<number>;
  /** Whether an hour that is spent on provisioning is paid for. */
  readonly billedWhileProvisioning: boolean;
  readonly origins?: Origins;
}
