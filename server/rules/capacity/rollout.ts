import { gatheringsAround, objectsIn } from "../../graph/applied-together.ts";
import type { Graph } from "../../graph/graph.ts";
import { type NodePoolView, nodePool } from "../../kinds/node-pool/kind.ts";
import { type ResourceQuotaView, resourceQuota } from "../../kinds/resource-quota/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import type { Span } from "../../text/node.ts";
import { at } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { setValue } from "../set-value.ts";
import { type Demand, placesOf, sumOf } from "./demand.ts";
import { usesOfPool } from "./pool-use.ts";
import { usesOfQuota } from "./quota-use.ts";
import { rolloutOf } from "./rollout-steps.ts";

const example = (strategy: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama, namespace: llm}
spec:
  replicas: 8
  selector: {matchLabels: {app: llama}}
  strategy:
    rollingUpdate:
${strategy}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          resources: {limits: {nvidia.com/gpu: 2}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: gpus, namespace: llm}
spec:
  hard: {requests.nvidia.com/gpu: "16"}
`;

export const rolloutWithoutSpare = defineRule({
  id: "capacity/rollout",
  title: "Rolling update without a spare GPU",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["G-04"],
  docs: {
    summary:
      "A Deployment starts new pods before it stops old ones (maxUnavailable 0, also by rounding the default 25 % down below four replicas), and at its largest count the quota or the NodePool has no GPUs left for one of them.",
    why: "The new pod is refused or stays Pending, the old ones are kept until it is ready, and the rollout waits until the load falls: a fix for a broken model server does not reach it when it is busiest.",
    mend: "Let an old pod go first with `maxSurge: 0` and `maxUnavailable: 1`, or keep the GPUs of one replica free: raise the limit or lower maxReplicas.",
    sources: [
      "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment",
      "https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/deployment/util/deployment_util.go",
    ],
  },
  examples: {
    bad: example("      maxSurge: 1 # <-\n      maxUnavailable: 0"),
    good: example("      maxSurge: 0\n      maxUnavailable: 1"),
  },
  messages: {
    stuck:
      "A rollout of {object} starts a new pod before an old one goes (maxUnavailable 0), but at {replicas} replicas {free} of {limit} {resource} of {holder} are free and a pod needs {need}: it waits until the load falls. Set maxSurge 0 and maxUnavailable 1, or keep {need} free.",
  },
  reads: [resourceQuota, nodePool],
  check({ object, graph, report }) {
    for (const { demand, free, use, at, written } of stuckOn(graph, object)) {
      const { workload, bounds } = demand;
      report({
        at,
        message: "stuck",
        slots: {
          object: workload.title,
          replicas: bounds.max ?? bounds.min,
          free,
          limit: use.limit,
          resource: use.resource,
          holder: object.title,
          need: demand.perReplica,
        },
        ...(!written && { unwritten: { root: workload.root, path: ["spec", "strategy"] } }),
        related: [{ at: use.limitNode, message: `${object.title} allows ${use.limit}` }, ...placesOf(use.demands)],
        fixes: setValue(
          workload,
          ["spec", "strategy"],
          { rollingUpdate: { maxSurge: "0", maxUnavailable: "1" } },
          "Set maxSurge 0 and maxUnavailable 1",
        ),
      });
    }
  },
});

interface Use {
  readonly resource: string;
  readonly limit: number;
  readonly limitNode: Span;
  readonly demands: readonly Demand[];
}

interface Stuck {
  readonly demand: Demand;
  readonly free: number;
  readonly use: Use;
  readonly at: Span;
  readonly written: boolean;
}

/** The rollouts that a quota or a pool holds up; a pool only those that no quota holds up already. */
function stuckOn(graph: Graph, object: StackObject<ResourceQuotaView> | StackObject<NodePoolView>): Stuck[] {
  if (object.kind.id === resourceQuota.id) {
    const uses = usesOfQuota(graph, object as StackObject<ResourceQuotaView>);
    return uses.flatMap(({ limit, ...use }) => stuckIn({ ...use, limit: limit.value, limitNode: limit.node }));
  }
  const pool = object as StackObject<NodePoolView>;
  const stuck = usesOfPool(graph, pool).flatMap((use) =>
    stuckIn({ ...use, limitNode: pool.view.limits.get(use.resource)?.node ?? pool }),
  );
  if (stuck.length === 0) return [];
  const quotas = gatheringsAround(graph, pool).flatMap((gathering) => objectsIn(graph, gathering, "ResourceQuota"));
  const told = quotas
    .filter(({ kind }) => kind.id === resourceQuota.id)
    .flatMap((quota) => stuckOn(graph, quota as StackObject<ResourceQuotaView>));
  return stuck.filter(({ demand }) => !told.some((other) => other.demand.workload === demand.workload));
}

function stuckIn(use: Use): Stuck[] {
  const free = use.limit - sumOf(use.demands, "most");
  // What asks for more than there is has its own finding.
  if (free < 0) return [];
  return use.demands.flatMap((demand) => {
    const place = demand.perReplica > free ? placeOfSurge(demand) : undefined;
    return place === undefined ? [] : [{ demand, free, use, ...place }];
  });
}

/** Where a Deployment says that a new pod comes before an old one goes, at its largest count; else its name. */
function placeOfSurge({ workload, bounds }: Demand): { at: Span; written: boolean } | undefined {
  if (workload.kind.id !== deployment.id || bounds.max === undefined) return undefined;
  const steps = rolloutOf(workload, bounds.max);
  if (steps === undefined || steps.surge === 0 || steps.unavailable > 0) return undefined;
  const rolling = at(workload.root, "spec", "strategy", "rollingUpdate");
  const written = at(rolling, "maxSurge") ?? at(rolling, "maxUnavailable");
  return { at: written ?? workload.name?.node ?? workload, written: written !== undefined };
}
