/** One step of a controller with its reason, as data: a page, a terminal and a test each tell it in their own way. */
export interface Decision {
  readonly controller: "wva" | "hpa" | "keda" | "epp";
  /** What was decided about: a variant, a scale target, a pool. */
  readonly subject: string;
  readonly from: number;
  readonly to: number;
  /** The law that decided. */
  readonly reason: Reason;
  /** The numbers that the law put side by side. */
  readonly compared: readonly Comparison[];
  /** What kept the controller from what it wanted, in the order in which it did. */
  readonly held: readonly Hold[];
  /** Who could have been taken instead, and why it was not. */
  readonly lost: readonly Candidate[];
}

/** A law, from the table of its controller. */
export interface Reason {
  readonly id: string;
  /** A clause that reads on after "because", without numbers. */
  readonly text: string;
}

export interface Comparison {
  readonly left: Named;
  readonly relation: "<" | "<=" | "=" | ">=" | ">";
  readonly right: Named;
}

export interface Named {
  /** In the words of the configuration or of the metric: `kvSpareTrigger`, `avgSpareKv`. */
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
}

export interface Hold {
  /** The setting that held it: `scaleUp.stabilizationWindowSeconds`, `maxReplicas`. */
  readonly by: string;
  readonly wanted: number;
  readonly allowed: number;
  /** Seconds until it lets go, when that is known. */
  readonly forSeconds?: number;
}

export interface Candidate {
  readonly name: string;
  /** Why not, as a clause. */
  readonly because: string;
}
