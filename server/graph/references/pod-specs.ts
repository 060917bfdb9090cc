import type { StackObject } from "../../kinds/stack-object.ts";
import type { MapNode } from "../../text/node.ts";
import { mapsAt } from "./places.ts";

/** Where the kinds that make pods say what is in them. */
const paths: Readonly<Record<string, readonly string[]>> = {
  Pod: ["spec"],
  PodTemplate: ["template.spec"],
  Deployment: ["spec.template.spec"],
  StatefulSet: ["spec.template.spec"],
  DaemonSet: ["spec.template.spec"],
  ReplicaSet: ["spec.template.spec"],
  Job: ["spec.template.spec"],
  CronJob: ["spec.jobTemplate.spec.template.spec"],
  LeaderWorkerSet: ["spec.leaderWorkerTemplate.leaderTemplate.spec", "spec.leaderWorkerTemplate.workerTemplate.spec"],
};

export function podSpecsOf({ apiKind, root }: StackObject): MapNode[] {
  const own = Object.hasOwn(paths, apiKind ?? "") ? paths[apiKind ?? ""] : undefined;
  return (own ?? []).flatMap((path) => mapsAt(root, path));
}

export function containersOf(podSpec: MapNode): MapNode[] {
  return [...mapsAt(podSpec, "initContainers[]"), ...mapsAt(podSpec, "containers[]")];
}
