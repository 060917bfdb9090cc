/** The life of a pod, in this order; `backoff` stands between two tries of a container that was killed by its probe. */
export type PodPhase =
  /** No GPU is free and no node may be made. */
  | "pending"
  /** Its node is on the way. */
  | "provisioning"
  | "image"
  | "backoff"
  | "fetch"
  | "load"
  | "compile"
  /** Started, until a tick of the probe sees it. */
  | "probe"
  /** Ready, and the router does not know yet. */
  | "unseen"
  | "serving"
  | "draining"
  | "gone";

/** Its server answers, so that its metrics can be scraped. */
export function hasMetrics(phase: PodPhase): boolean {
  return phase === "probe" || phase === "unseen" || phase === "serving" || phase === "draining";
}

/** The condition Ready. */
export function isReady(phase: PodPhase): boolean {
  return phase === "unseen" || phase === "serving";
}

/** Counted by the Deployment: asked for, and not being deleted. */
export function isActive(phase: PodPhase): boolean {
  return phase !== "draining" && phase !== "gone";
}

export function hasNode(phase: PodPhase): boolean {
  return phase !== "pending" && phase !== "provisioning" && phase !== "gone";
}
