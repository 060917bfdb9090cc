import assert from "node:assert/strict";
import { test } from "node:test";
import { dollarsPerHourAt, dollarsUntil, paidGpuHours } from "../../../server/engine/cluster/bill.ts";
import { Cluster, type ClusterEvent } from "../../../server/engine/cluster/cluster.ts";
import type { NodePool, PodTemplate } from "../../../server/engine/cluster/input.ts";
import { EventQueue } from "../../../server/engine/simulation/event-queue.ts";
import { given } from "../../../server/engine/sourced.ts";
import { pool, startUp, template } from "../simulation/world.ts";

/** A cluster on a clock of its own, whose pods have as much to do as is said. */
class Stage {
  readonly queue = new EventQueue<ClusterEvent>();
  readonly said: string[] = [];
  readonly work = new Map<string, number>();
  readonly cluster: Cluster;
  now = 0;

  constructor(replicas: number, pod: Partial<PodTemplate> = {}, nodes: Partial<NodePool> = {}) {
    const say = (what: string, pod: string) => this.said.push(`${this.now} s ${what} ${pod}`);
    this.cluster = new Cluster(
      {
        pools: [{ ...pool, ...nodes }],
        deployments: [{ name: "llama", replicas, template: { ...template, ...pod } }],
      },
      {
        start: (pod) => say("start", pod),
        drain: (pod) => say("drain", pod),
        kill: (pod) => {
          say("kill", pod);
          return this.work.get(pod) ?? 0;
        },
        unfinished: (pod) => this.work.get(pod) ?? 0,
      },
      (at, event) => this.queue.add(at, 0, event),
      () => () => 0.75,
    );
    this.said.length = 0;
  }

  to(at: number): this {
    while (this.queue.nextAt <= at) {
      const next = this.queue.take();
      if (next === undefined) break;
      this.now = next.at;
      this.cluster.happens(next.event, next.at);
    }
    this.now = at;
    return this;
  }

  scale(replicas: number): this {
    this.cluster.scale("llama", replicas, this.now);
    return this;
  }

  historyOf(id: string): string[] {
    const all = [...this.cluster.ended, ...this.cluster.podsOf("llama")];
    return all.find((pod) => pod.id === id)?.history.map(({ phase, from }) => `${from} ${phase}`) ?? [];
  }
}

const empty = { nodes: 0, fixed: false, gpusPerNode: 2 } as const;

test("a pod waits for its node, pulls, loads, compiles, and is ready at a tick of its probe", () => {
  const stage = new Stage(0, { startUp: { ...startUp, fetch: given(7), seen: given(2) } }, empty)
    .to(5)
    .scale(1)
    .to(400);
  assert.deepEqual(stage.historyOf("llama-0"), [
    "5 provisioning",
    "125 image",
    "145 fetch",
    "152 load",
    "212 compile",
    // 102 s after the container began; probes come at 100 and 110 s.
    "247 probe",
    "255 unseen",
    "257 serving",
  ]);
  assert.deepEqual(stage.said, ["257 s start llama-0"]);
});

test("the second pod of a node finds the image there", () => {
  const stage = new Stage(1, {}, { nodes: 1 }).to(10).scale(2).to(200);
  assert.deepEqual(stage.historyOf("llama-1"), ["10 load", "70 compile", "105 probe", "110 serving"]);
});

test("a node with room for two takes two pods; the third gets one of its own, and past the limit a pod is pending", () => {
  const stage = new Stage(0, {}, { ...empty, gpuLimit: given(4) }).scale(5).to(1);
  assert.equal(stage.cluster.nodes.length, 2);
  const phases = stage.cluster.podsOf("llama").map(({ phase, node }) => `${phase} ${node?.id}`);
  assert.deepEqual(phases, [
    "provisioning h100-node-0",
    "provisioning h100-node-0",
    "provisioning h100-node-1",
    "provisioning h100-node-1",
    "pending undefined",
  ]);
});

test("asking again for what is on the way makes no pods", () => {
  const stage = new Stage(1, {}, { nodes: 1 }).scale(3);
  for (const at of [15, 30, 45, 60]) stage.to(at).scale(3);
  assert.deepEqual(
    stage.cluster.podsOf("llama").map(({ id }) => id),
    ["llama-0", "llama-1", "llama-2"],
  );
  assert.deepEqual(stage.cluster.statusOf("llama"), { replicas: 3, ready: 1 });
});

test("what is not ready goes first, then the youngest", () => {
  const stage = new Stage(2, {}, { nodes: 1 }).scale(3).to(10).scale(2).to(20).scale(1).to(30);
  assert.deepEqual(
    stage.cluster.ended.map(({ id }) => id),
    ["llama-2", "llama-1"],
  );
});

test("a pod drains until its last request is done", () => {
  const stage = new Stage(2, {}, { nodes: 1 });
  stage.work.set("llama-1", 3);
  stage.to(10).scale(1).to(15);
  stage.work.set("llama-1", 0);
  stage.to(100);
  assert.deepEqual(stage.said, ["10 s drain llama-1", "16 s kill llama-1"]);
  assert.equal(stage.cluster.ended[0]?.cut, 0);
});

test("what still runs at the end of the grace period is cut", () => {
  const stage = new Stage(2, { terminationGracePeriod: given(45) }, { nodes: 1 });
  stage.work.set("llama-1", 3);
  stage.to(10).scale(1).to(100);
  assert.deepEqual(stage.said, ["10 s drain llama-1", "55 s kill llama-1"]);
  assert.equal(stage.cluster.ended[0]?.cut, 3);
  assert.deepEqual(stage.cluster.statusOf("llama"), { replicas: 1, ready: 1 });
});

test("a pod that waits takes the GPU that another leaves, and its node comes for nothing", () => {
  const stage = new Stage(2, {}, { ...empty, nodes: 1, consolidateAfter: given(30) }).scale(3).to(10);
  assert.deepEqual(stage.historyOf("llama-2"), ["0 provisioning"]);
  stage.scale(2).to(20).scale(3).to(400);
  const [first, second] = stage.cluster.nodes;
  assert.deepEqual([first?.phase, second?.readyAt], ["ready", 120]);
});

test("an empty node is removed after its delay and is paid for until then", () => {
  const stage = new Stage(0, {}, { ...empty, consolidateAfter: given(60), perHour: given(36) })
    .scale(1)
    .to(300)
    .scale(0)
    .to(900);
  const [node] = stage.cluster.nodes;
  assert.deepEqual([node?.readyAt, node?.goneAt], [120, 360]);
  assert.equal(dollarsUntil(stage.cluster.nodes, 900), 3.6);
  assert.equal(paidGpuHours(stage.cluster.nodes, 900), 0.2);
  assert.deepEqual(
    [0, 359, 360].map((at) => dollarsPerHourAt(stage.cluster.nodes, at)),
    [36, 36, 0],
  );
});

test("where provisioning is not billed, the bill begins with the node", () => {
  const nodes = { ...empty, perHour: given(36), billedWhileProvisioning: false };
  const stage = new Stage(0, {}, nodes).scale(1).to(480);
  assert.equal(dollarsUntil(stage.cluster.nodes, 480), 3.6);
});

test("a node that is used again in time stays", () => {
  const stage = new Stage(1, {}, { ...empty, nodes: 1, consolidateAfter: given(60) });
  stage.to(10).scale(0).to(40).scale(1).to(500);
  assert.deepEqual(
    stage.cluster.nodes.map(({ phase }) => phase),
    ["ready"],
  );
});

test("a startup probe that gives up too early restarts the container for ever, each time after a longer pause", () => {
  const impatient = { ...startUp, probe: { ...startUp.probe, failureThreshold: given(8) } };
  const stage = new Stage(1, { startUp: impatient }, { nodes: 1 }).scale(2).to(400);
  // 95 s are needed, and the eighth failure comes after 70.
  assert.deepEqual(stage.historyOf("llama-1"), [
    "0 load",
    "60 compile",
    "70 load",
    "130 compile",
    "140 backoff",
    "150 load",
    "210 compile",
    "220 backoff",
    "240 load",
    "300 compile",
    "310 backoff",
    "350 load",
  ]);
  assert.deepEqual(stage.said, []);
});

test("what is left to chance lies within its spread", () => {
  const uneven = { ...startUp, load: { value: 60, spread: 20 } };
  const stage = new Stage(1, { startUp: uneven }, { nodes: 1 }).scale(2).to(300);
  assert.deepEqual(stage.historyOf("llama-1"), ["0 load", "70 compile", "105 probe", "110 serving"]);
});
