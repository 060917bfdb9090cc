import { kedaDefaults } from "../../engine/keda/spec.ts";
import { isUnread, type ScaledObjectAt } from "../../scenario/scaled-object.ts";

/** The replica counts of a ScaledObject with KEDA's defaults; absent where one of them cannot be read. */
export interface ReplicaBounds {
  readonly min: number;
  readonly max: number;
  /** What it has while nothing is active, when that is less than `min`. */
  readonly idle: number | undefined;
  /** Whether it may go to no replicas at all. */
  readonly sleeps: boolean;
}

export function replicaBounds({ view, root }: ScaledObjectAt): ReplicaBounds | undefined {
  const counts = ["minReplicaCount", "maxReplicaCount", "idleReplicaCount"];
  if (counts.some((key) => isUnread(root, "spec", key))) return undefined;
  const min = view.minReplicas?.value ?? kedaDefaults.minReplicaCount;
  const max = view.maxReplicas?.value ?? kedaDefaults.maxReplicaCount;
  const idle = view.idleReplicas?.value;
  return { min, max, idle, sleeps: min === 0 || idle === 0 };
}
