import { persistentVolumeClaim } from "../kinds/persistent-volume-claim/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Container, VolumeMount } from "../kinds/workload/container.ts";
import type { Volume, Workload } from "../kinds/workload/pod-template.ts";
import type { Node } from "../text/node.ts";
import { itemsAt, type Placed, quantityAt, stringAt } from "../text/read.ts";
import { bytesOf } from "../text/values/quantity.ts";
import type { Graph } from "./graph.ts";
import { volumeBehind } from "./mounts.ts";
import { nearestOne } from "./scope.ts";

/** How much may be written below a mount, and what says so. */
export interface DiskRoom {
  readonly bytes: bigint;
  readonly node: Node;
  /** For messages: `the sizeLimit of emptyDir "cache"`. */
  readonly by: string;
}

/** The room below a mount: the least that is stated. Absent where nothing states any. */
export function diskRoom(
  graph: Graph,
  workload: StackObject<Workload>,
  container: Container,
  mount: VolumeMount,
): DiskRoom | undefined {
  const volume = volumeBehind(workload.view, mount);
  const rooms = [roomOf(graph, workload, volume, mount), volume?.type === "emptyDir" ? layerOf(container) : undefined];
  return rooms
    .flatMap((room) => (room === undefined || room.bytes <= 0n ? [] : [room]))
    .reduce<DiskRoom | undefined>(
      (least, room) => (least === undefined || room.bytes < least.bytes ? room : least),
      undefined,
    );
}

function roomOf(
  graph: Graph,
  workload: StackObject<Workload>,
  volume: Volume | undefined,
  mount: VolumeMount,
): DiskRoom | undefined {
  if (volume === undefined) return templateRoom(workload, mount);
  if (volume.type === "emptyDir")
    return room(quantityAt(volume.node, "emptyDir", "sizeLimit"), `the sizeLimit of emptyDir "${volume.name}"`);
  if (volume.type === "persistentVolumeClaim") {
    const name = volume.source.value;
    const claim = nearestOne(graph, workload, graph.lookup(`name/PersistentVolumeClaim/${name}`));
    return claim?.kind === persistentVolumeClaim ? claimRoom(claim.root, name) : undefined;
  }
  const template = ["ephemeral", "volumeClaimTemplate", "spec", "resources", "requests", "storage"];
  return room(quantityAt(volume.node, ...template), `the claim of volume "${volume.name}"`);
}

function templateRoom({ root }: StackObject, mount: VolumeMount): DiskRoom | undefined {
  const claim = itemsAt(root, "spec", "volumeClaimTemplates").find(
    (one) => stringAt(one, "metadata", "name")?.value === mount.volume,
  );
  return claim === undefined ? undefined : claimRoom(claim, mount.volume);
}

function claimRoom(claim: Node, name: string): DiskRoom | undefined {
  return room(quantityAt(claim, "spec", "resources", "requests", "storage"), `the claim "${name}"`);
}

/** An emptyDir on disk counts to the ephemeral storage of the pod. */
function layerOf(container: Container): DiskRoom | undefined {
  return room(container.limit("ephemeral-storage"), "the limit of ephemeral-storage");
}

function room(size: ReturnType<typeof quantityAt> | undefined, by: string): DiskRoom | undefined {
  return size === undefined
    ? undefined
    : { bytes: bytesOf((size as Placed<{ nano: bigint }>).value), node: size.node, by };
}
