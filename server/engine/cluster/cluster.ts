import type { NodePool, PodTemplate } from "./input.ts";
import { type LivingNode, mayGrow, type Node, newNode, nodeFor } from "./node.ts";
import { isActive, isReady } from "./phase.ts";
import { enter, type LivingPod, type Pod, type StartStep } from "./pod.ts";
import { toRemove } from "./removal.ts";
import { drawn, startOf } from "./start.ts";

/** What serves requests, as far as the cluster deals with it. */
export interface Serving {
  start(pod: string, variant: string): void;
  drain(pod: string): void;
  /** How many generations it cut. */
  kill(pod: string): number;
  /** Requests that it has not finished. */
  unfinished(pod: string): number;
}

export type ClusterEvent =
  | { readonly of: "node-ready"; readonly node: LivingNode }
  | { readonly of: "node-idle"; readonly node: LivingNode; readonly since: number }
  | { readonly of: "phase-over"; readonly pod: LivingPod; readonly step: StartStep }
  | { readonly of: "drain-look"; readonly pod: LivingPod; readonly until: number };

export interface ClusterInput {
  readonly pools: readonly NodePool[];
  readonly deployments: readonly { readonly name: string; readonly replicas: number; readonly template: PodTemplate }[];
}

/** Seconds between two looks at whether a pod that was told to end has finished its requests. */
const drainLook = 1;

/** A pod that has less than this to do is done: a fluid never quite empties. */
const nothingLeft = 0.05;

interface Deployment {
  readonly name: string;
  readonly template: PodTemplate;
  replicas: number;
  made: number;
  readonly pods: LivingPod[];
}

/** Deployments, their pods, and the nodes under them. Told of time by events that it asks for. */
export class Cluster {
  readonly #serving: Serving;
  readonly #schedule: (at: number, event: ClusterEvent) => void;
  readonly #draws: (stream: string) => () => number;
  readonly #nodes: LivingNode[] = [];
  readonly #pools: ReadonlyMap<string, { readonly pool: NodePool; readonly draw: () => number }>;
  readonly #deployments: ReadonlyMap<string, Deployment>;
  /** Pods without a node that is there, oldest first. */
  #waiting: LivingPod[] = [];
  readonly #ended: Pod[] = [];

  constructor(
    { pools, deployments }: ClusterInput,
    serving: Serving,
    schedule: (at: number, event: ClusterEvent) => void,
    draws: (stream: string) => () => number,
  ) {
    this.#serving = serving;
    this.#schedule = schedule;
    this.#draws = draws;
    this.#pools = new Map(pools.map((pool) => [pool.name, { pool, draw: draws(`nodes/${pool.name}`) }]));
    this.#deployments = new Map(
      deployments.map(({ name, template }) => [name, { name, template, replicas: 0, made: 0, pods: [] }]),
    );
    for (const { pool } of this.#pools.values())
      for (let n = 0; n < pool.nodes; n++) this.#nodeIsReady(this.#newNode(pool, 0), 0);
    for (const { name, replicas } of deployments) this.#startWith(this.#deployment(name), replicas);
  }

  /** All nodes there ever were. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  /** Pods that are there, in the order in which they were asked for. */
  podsOf(deployment: string): readonly Pod[] {
    return this.#deployment(deployment).pods;
  }

  /** Pods that are not there any more. */
  get ended(): readonly Pod[] {
    return this.#ended;
  }

  /** spec.replicas */
  replicasOf(deployment: string): number {
    return this.#deployment(deployment).replicas;
  }

  /** status.replicas and status.readyReplicas: pods that are being deleted are not counted. */
  statusOf(deployment: string): { readonly replicas: number; readonly ready: number } {
    let [replicas, ready] = [0, 0];
    for (const { phase } of this.#deployment(deployment).pods) {
      if (isActive(phase)) replicas += 1;
      if (isReady(phase)) ready += 1;
    }
    return { replicas, ready };
  }

  /** Makes the pods that are missing, those on the way counted in, or gives up those that are too many. */
  scale(name: string, replicas: number, now: number): void {
    const deployment = this.#deployment(name);
    deployment.replicas = replicas;
    const active = deployment.pods.reduce((sum, { phase }) => sum + (isActive(phase) ? 1 : 0), 0);
    for (let n = active; n < replicas; n++) this.#waiting.push(this.#newPod(deployment, now));
    for (const pod of toRemove(deployment.pods, active - replicas)) this.#end(pod, now);
    this.#place(now);
  }

  happens(event: ClusterEvent, now: number): void {
    if (event.of === "node-ready") this.#nodeIsReady(event.node, now);
    else if (event.of === "node-idle") this.#consolidate(event.node, event.since, now);
    else if (event.of === "phase-over") this.#nextPhase(event.pod, event.step, now);
    else this.#lookAtDrain(event.pod, event.until, now);
  }

  /** Replicas of the start serve already; nodes that they need beyond those of their pool are there too. */
  #startWith(deployment: Deployment, replicas: number): void {
    deployment.replicas = replicas;
    for (let n = 0; n < replicas; n++) {
      const pod = this.#newPod(deployment, 0);
      const { gpus, pool } = deployment.template;
      const node = nodeFor(this.#nodes, pool, gpus) ?? this.#newNode(this.#pool(pool).pool, 0);
      if (node.phase === "provisioning") this.#nodeIsReady(node, 0);
      this.#assign(pod, node);
      node.images.add(deployment.name);
      pod.history.length = 0;
      enter(pod, "serving", 0);
      this.#serving.start(pod.id, pod.variant);
    }
  }

  #newPod(deployment: Deployment, now: number): LivingPod {
    const id = `${deployment.name}-${deployment.made++}`;
    const pod: LivingPod = {
      id,
      variant: deployment.name,
      askedAt: now,
      phase: "pending",
      node: undefined,
      history: [],
      restarts: 0,
      cut: 0,
      template: deployment.template,
      ahead: [],
      draw: this.#draws(`start/${id}`),
    };
    deployment.pods.push(pod);
    return pod;
  }

  #newNode(pool: NodePool, now: number): LivingNode {
    const ordinal = this.#nodes.reduce((sum, node) => sum + (node.pool === pool ? 1 : 0), 0);
    const node = newNode(pool, ordinal, now);
    this.#nodes.push(node);
    return node;
  }

  #nodeIsReady(node: LivingNode, now: number): void {
    node.phase = "ready";
    node.readyAt = now;
    if (node.freeGpus === node.pool.gpusPerNode) this.#isEmpty(node, now);
    const arrived = this.#waiting.filter((pod) => pod.node === node);
    this.#waiting = this.#waiting.filter((pod) => pod.node !== node);
    for (const pod of arrived) this.#begin(pod, now);
    this.#place(now);
  }

  /** Finds a node for each pod that waits, or has one made. */
  #place(now: number): void {
    const still: LivingPod[] = [];
    for (const pod of this.#waiting) {
      const { gpus, pool } = pod.template;
      const found = nodeFor(this.#nodes, pool, gpus);
      if (found?.phase === "ready") {
        this.#release(pod, now);
        this.#assign(pod, found);
        this.#begin(pod, now);
        continue;
      }
      still.push(pod);
      if (pod.node !== undefined) continue;
      const node = found ?? this.#grow(pool, gpus, now);
      if (node !== undefined) this.#assign(pod, node);
      enter(pod, node === undefined ? "pending" : "provisioning", now);
    }
    this.#waiting = still;
  }

  #grow(name: string, gpus: number, now: number): LivingNode | undefined {
    const { pool, draw } = this.#pool(name);
    if (!mayGrow(pool, this.#nodes, gpus)) return undefined;
    const node = this.#newNode(pool, now);
    this.#schedule(now + drawn(pool.provisioning, draw), { of: "node-ready", node });
    return node;
  }

  #assign(pod: LivingPod, node: LivingNode): void {
    pod.node = node;
    node.freeGpus -= pod.template.gpus;
    node.emptySince = undefined;
  }

  #release(pod: LivingPod, now: number): void {
    const node = pod.node as LivingNode | undefined;
    if (node === undefined) return;
    pod.node = undefined;
    node.freeGpus += pod.template.gpus;
    if (node.phase === "ready" && node.freeGpus === node.pool.gpusPerNode) this.#isEmpty(node, now);
  }

  #isEmpty(node: LivingNode, now: number): void {
    node.emptySince = now;
    const { consolidateAfter, fixed } = node.pool;
    if (fixed || consolidateAfter === undefined) return;
    this.#schedule(now + consolidateAfter.value, { of: "node-idle", node, since: now });
  }

  #consolidate(node: LivingNode, since: number, now: number): void {
    if (node.phase !== "ready" || node.emptySince !== since) return;
    node.phase = "gone";
    node.goneAt = now;
    // A pod that waits for GPUs may have them again, under the limit of the pool.
    this.#place(now);
  }

  #begin(pod: LivingPod, now: number): void {
    const node = pod.node as LivingNode;
    const start = startOf(pod.template.startUp, node.images.has(pod.variant), pod.restarts, pod.draw);
    pod.ahead = start.succeeds ? start.steps : [...start.steps, { phase: "gone", seconds: 0 }];
    this.#step(pod, now);
  }

  /** Into the next phase that lasts. */
  #step(pod: LivingPod, now: number): void {
    let next = pod.ahead[0];
    while (next !== undefined && next.phase !== "gone" && next.seconds <= 0) {
      pod.ahead = pod.ahead.slice(1);
      next = pod.ahead[0];
    }
    if (next === undefined) {
      enter(pod, "serving", now);
      this.#serving.start(pod.id, pod.variant);
    } else if (next.phase === "gone") {
      pod.restarts += 1;
      this.#begin(pod, now);
    } else {
      pod.ahead = pod.ahead.slice(1);
      enter(pod, next.phase, now);
      this.#schedule(now + next.seconds, { of: "phase-over", pod, step: next });
    }
  }

  #nextPhase(pod: LivingPod, step: StartStep, now: number): void {
    if (pod.phase !== step.phase) return;
    if (step.phase === "image") (pod.node as LivingNode).images.add(pod.variant);
    this.#step(pod, now);
  }

  #end(pod: LivingPod, now: number): void {
    if (pod.phase !== "serving") {
      this.#gone(pod, now);
      return;
    }
    enter(pod, "draining", now);
    this.#serving.drain(pod.id);
    this.#lookAtDrain(pod, now + pod.template.terminationGracePeriod.value, now);
  }

  #lookAtDrain(pod: LivingPod, until: number, now: number): void {
    if (now < until && this.#serving.unfinished(pod.id) > nothingLeft) {
      this.#schedule(Math.min(until, now + drainLook), { of: "drain-look", pod, until });
      return;
    }
    pod.cut = this.#serving.kill(pod.id);
    this.#gone(pod, now);
  }

  #gone(pod: LivingPod, now: number): void {
    this.#waiting = this.#waiting.filter((other) => other !== pod);
    this.#release(pod, now);
    enter(pod, "gone", now);
    const { pods } = this.#deployment(pod.variant);
    pods.splice(pods.indexOf(pod), 1);
    this.#ended.push(pod);
    this.#place(now);
  }

  #deployment(name: string): Deployment {
    const deployment = this.#deployments.get(name);
    if (deployment === undefined) throw new RangeError(`there is no deployment ${name}`);
    return deployment;
  }

  #pool(name: string) {
    const pool = this.#pools.get(name);
    if (pool === undefined) throw new RangeError(`there is no pool of nodes ${name}`);
    return pool;
  }
}
