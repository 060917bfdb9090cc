import { type HpaView, hpa } from "../kinds/hpa/kind.ts";
import { targetKeyOf } from "../kinds/hpa/scale-target.ts";
import type { ScaledObjectView } from "../kinds/keda/scaled-object.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import type { Node } from "../text/node.ts";
import { at, isNull, resolve } from "../text/read.ts";
import type { Graph } from "./graph.ts";
import { workloadOf } from "./scale-target.ts";

export type Autoscaler = StackObject<HpaView> | StackObject<ScaledObjectView>;

/** Of hostile thousands on one target the first ones tell enough. */
const mostScalers = 20;

/** The HPAs and ScaledObjects that scale a workload; more than one is a mistake of its own. */
export function autoscalersOf(graph: Graph, workload: StackObject<Workload>): readonly Autoscaler[] {
  const { apiKind, name } = workload;
  if (apiKind === undefined || name === undefined) return [];
  const all = graph.lookup(targetKeyOf(apiKind, name.value)) as readonly Autoscaler[];
  return all.slice(0, mostScalers).filter((one) => workloadOf(graph, one, one.view.target) === workload);
}

/** How many replicas a workload may have, and where that is written. */
export interface ReplicaBounds {
  readonly min: number;
  /** Absent when nobody bounds it. */
  readonly max: number | undefined;
  /** Absent where a default holds. */
  readonly minNode: Node | undefined;
  readonly maxNode: Node | undefined;
  /** What scales it; absent when its own `replicas` hold. */
  readonly scaler: Autoscaler | undefined;
}

/** Absent when several autoscalers contend, or when a number that counts cannot be read here. */
export function replicaBounds(graph: Graph, workload: StackObject<Workload>): ReplicaBounds | undefined {
  const [scaler, other] = autoscalersOf(graph, workload);
  if (other !== undefined) return undefined;
  if (scaler === undefined) return ownBounds(workload);
  const { minReplicas, maxReplicas } = scaler.view;
  const ofHpa = scaler.kind.id === hpa.id;
  const unread =
    (minReplicas === undefined && isWritten(scaler, ofHpa ? "minReplicas" : "minReplicaCount")) ||
    (maxReplicas === undefined && isWritten(scaler, ofHpa ? "maxReplicas" : "maxReplicaCount"));
  if (unread) return undefined;
  return {
    // Kubernetes pkg/apis/autoscaling/v2/defaults.go; KEDA apis/keda/v1alpha1/scaledobject_types.go.
    min: minReplicas?.value ?? (ofHpa ? 1 : 0),
    max: maxReplicas?.value,
    minNode: minReplicas?.node,
    maxNode: maxReplicas?.node,
    scaler,
  };
}

function ownBounds(workload: StackObject<Workload>): ReplicaBounds | undefined {
  const { replicas } = workload.view;
  if (replicas === undefined && isWritten(workload, "replicas")) return undefined;
  const count = replicas?.value ?? 1;
  return { min: count, max: count, minNode: replicas?.node, maxNode: replicas?.node, scaler: undefined };
}

function isWritten({ root }: StackObject, key: string): boolean {
  const node = resolve(at(root, "spec", key));
  return node !== undefined && !(node.type === "scalar" && isNull(node));
}
