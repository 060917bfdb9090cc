import type { Node } from "../../text/node.ts";
import { at, entriesAt, itemsAt, mapAt, numberAt, type Placed, resolve, stringAt } from "../../text/read.ts";
import { remembered } from "../../text/remembered.ts";
import { type Container, readContainers } from "./container.ts";

export type Volume =
  | {
      readonly name: string;
      readonly node: Node;
      readonly type: "configMap" | "persistentVolumeClaim";
      readonly source: Placed<string>;
    }
  | { readonly name: string; readonly node: Node; readonly type: "emptyDir" | "hostPath" | "other" };

/** What a workload makes its pods of. */
export class PodTemplate {
  readonly root: Node;
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly volumes: readonly Volume[];
  private labelsSeen: ReadonlyMap<string, string> | undefined;

  constructor(root: Node) {
    const spec = at(root, "spec");
    this.root = root;
    this.containers = readContainers(spec, "containers");
    this.initContainers = readContainers(spec, "initContainers");
    this.volumes = itemsAt(spec, "volumes").flatMap(readVolume);
  }

  annotation(key: string): Node | undefined {
    return mapAt(this.root, "metadata", "annotations")?.entries.find(
      (e) => e.key.type === "scalar" && e.key.text === key,
    )?.value;
  }

  get labels(): ReadonlyMap<string, string> {
    this.labelsSeen ??= readLabels(this.root);
    return this.labelsSeen;
  }
}

/** Deployment, StatefulSet, LeaderWorkerSet: whatever makes pods. */
export interface Workload {
  readonly replicas: Placed<number> | undefined;
  /** Pods of one replica: more than one only for the groups of a LeaderWorkerSet. */
  readonly groupSize: number;
  /** The template of the pods that serve; the leader's, where there is one. */
  readonly template: PodTemplate | undefined;
  /** Claims that a StatefulSet makes for each pod, by name; they mount like volumes. */
  readonly claimTemplates: readonly string[];
}

export function readPodTemplate(root: Node | undefined): PodTemplate | undefined {
  return root === undefined ? undefined : readTemplate(root);
}

const readTemplate = remembered((root: Node) => (resolve(root)?.type === "map" ? new PodTemplate(root) : undefined));

function readLabels(root: Node): ReadonlyMap<string, string> {
  return new Map(
    entriesAt(root, "metadata", "labels").flatMap(({ key, value }) =>
      value.type === "scalar" ? [[key.text, value.text]] : [],
    ),
  );
}

function readVolume(node: Node): Volume[] {
  const name = stringAt(node, "name")?.value;
  if (name === undefined) return [];
  const map = stringAt(node, "configMap", "name");
  if (map !== undefined) return [{ name, node, type: "configMap", source: map }];
  const claim = stringAt(node, "persistentVolumeClaim", "claimName");
  if (claim !== undefined) return [{ name, node, type: "persistentVolumeClaim", source: claim }];
  if (at(node, "emptyDir") !== undefined) return [{ name, node, type: "emptyDir" }];
  if (at(node, "hostPath") !== undefined) return [{ name, node, type: "hostPath" }];
  return [{ name, node, type: "other" }];
}

export function replicasOf(root: Node): Placed<number> | undefined {
  return numberAt(root, "spec", "replicas");
}
