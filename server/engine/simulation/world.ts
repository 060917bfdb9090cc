import type { Cluster } from "../cluster/cluster.ts";
import type { DecisionLog } from "./log.ts";
import type { Answer } from "./query.ts";
import type { Scrapes } from "./scrapes.ts";
import type { Wanting } from "./wanting.ts";

/** What a control loop sees of the world, and what it can do to it. */
export interface World {
  readonly cluster: Cluster;
  readonly log: DecisionLog;
  /** A signal by its name, as it is known now. */
  ask(signal: string, now: number): Answer;
  scrapesEvery(seconds: number): Scrapes;
  /** Notes who wants more than there is and what keeps it from that; undefined: nothing is wanted. */
  wants(subject: string, now: number, wanting: Wanting | undefined): void;
}

/** The pods of a scale target, as controllers count them. */
export function countsOf(cluster: Cluster, target: string) {
  const pods = cluster.podsOf(target);
  const { replicas, ready } = cluster.statusOf(target);
  const ending = pods.reduce((sum, { phase }) => sum + (phase === "draining" ? 1 : 0), 0);
  return {
    specReplicas: cluster.replicasOf(target),
    statusReplicas: replicas,
    readyReplicas: ready,
    /** By the selector: pods that are being deleted are listed, and stay ready until they end. */
    listed: { listed: pods.length, ready: ready + ending },
  };
}
