import { Cluster, type ClusterEvent } from "../../../../server/engine/cluster/cluster.ts";
import { given } from "../../../../server/engine/sourced.ts";
import { pool, startUp, template } from "../world.ts";

/** Seconds until a pod serves that works so long until it answers, on a node that is there. */
export function servesAfter(seconds: number): number {
  const worked = { ...startUp, image: given(0), load: given(seconds), compile: given(0) };
  const queue: { at: number; event: ClusterEvent }[] = [];
  let served = Number.POSITIVE_INFINITY;
  let now = 0;
  const serving = { start: () => (served = now), drain() {}, kill: () => 0, unfinished: () => 0 };
  const cluster = new Cluster(
    { pools: [pool], deployments: [{ name: "llama", replicas: 0, template: { ...template, startUp: worked } }] },
    serving,
    (at, event) => queue.push({ at, event }),
    () => () => 0.5,
  );
  cluster.scale("llama", 1, 0);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    now = next.at;
    cluster.happens(next.event, now);
  }
  return served;
}
