import type { IStatefulSetPersistentVolumeClaimRetentionPolicy } from "kubernetes-models/apps/v1/StatefulSetPersistentVolumeClaimRetentionPolicy";
import type { IPersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import type { IPodTemplateSpec } from "kubernetes-models/v1/PodTemplateSpec";

/**
 * The types of leaderworkerset.x-k8s.io/v1, which no package has (kubernetes-sigs/lws,
 * api/leaderworkerset/v1/leaderworkerset_types.go, 0.8).
 */
export interface ILeaderWorkerSetSpec {
  /** Groups of one leader and its workers. This is what an autoscaler counts; its metrics come from the leaders. Default 1. */
  replicas?: number;
  leaderWorkerTemplate: ILeaderWorkerTemplate;
  rolloutStrategy?: IRolloutStrategy;
  /** When the workers of a group start: together with their leader, or when it is ready. Default LeaderCreated. */
  startupPolicy?: "LeaderCreated" | "LeaderReady";
  networkConfig?: INetworkConfig;
}

/** The pods of one group. */
export interface ILeaderWorkerTemplate {
  /** The leader's pod. Without it the leader is made from the worker's template. */
  leaderTemplate?: IPodTemplateSpec;
  /** The pod of every worker. */
  workerTemplate: IPodTemplateSpec;
  /** Pods in a group, the leader included. Default 1. */
  size?: number;
  /** What one failing pod does to its group. Default RecreateGroupOnPodRestart; Default is an old name of None. */
  restartPolicy?: "RecreateGroupOnPodRestart" | "RecreateGroupAfterStart" | "None" | "Default";
  subGroupPolicy?: ISubGroupPolicy;
  /** Claims made for each pod, by name; they mount like volumes. */
  volumeClaimTemplates?: IPersistentVolumeClaim[];
  /** What becomes of those claims when the set is deleted or scaled down. */
  persistentVolumeClaimRetentionPolicy?: IStatefulSetPersistentVolumeClaimRetentionPolicy;
}

/** Parts of a group that are placed together. */
export interface ISubGroupPolicy {
  /** Whether the leader belongs to the first part. Default LeaderWorker. */
  subGroupPolicyType?: "LeaderWorker" | "LeaderExcluded";
  /** Pods in one part; it must divide the group's size, or the size without the leader. */
  subGroupSize?: number;
}

/** How groups are replaced when a template changes. */
export interface IRolloutStrategy {
  /** Only RollingUpdate is known. */
  type?: "RollingUpdate";
  rollingUpdateConfiguration?: IRollingUpdateConfiguration;
}

export interface IRollingUpdateConfiguration {
  /** Groups from this index on are replaced, those before it stay. Default 0. */
  partition?: number;
  /** Groups that may be down during the update: a number or a percentage. Default 1; not 0 together with maxSurge 0. */
  maxUnavailable?: number | string;
  /** Groups beyond replicas during the update: a number or a percentage. Each needs its own GPUs. Default 0. */
  maxSurge?: number | string;
}

export interface INetworkConfig {
  /** One headless service for all groups, or one for each. Default Shared. */
  subdomainPolicy?: "Shared" | "UniquePerReplica";
}
