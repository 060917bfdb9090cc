import type { Container, VolumeMount } from "../kinds/workload/container.ts";
import type { Volume, Workload } from "../kinds/workload/pod-template.ts";
import { itemsAt } from "../text/read.ts";
import { joinPath } from "./paths.ts";

/** The mount that a path in a container lies on, and the rest of the path below it. */
export interface MountedPath {
  readonly mount: VolumeMount;
  readonly below: string;
}

/** The deepest mount wins. */
export function mountOf(container: Container, path: string): MountedPath | undefined {
  const wanted = joinPath("", path);
  let found: { mount: VolumeMount; at: string } | undefined;
  for (const mount of container.mounts) {
    const at = joinPath("", mount.path.value);
    if (wanted !== at && !wanted.startsWith(`${at}/`)) continue;
    if (found === undefined || at.length > found.at.length) found = { mount, at };
  }
  return found === undefined ? undefined : { mount: found.mount, below: wanted.slice(found.at.length + 1) };
}

/** Whether every mount could be read: a templated one may be at any path. */
export function mountsAreKnown(container: Container): boolean {
  return container.mounts.length === itemsAt(container.root, "volumeMounts").length;
}

/** The volume of a pod template behind a mount; absent for the claims that a StatefulSet makes and for unknown names. */
export function volumeBehind({ template, claimTemplates }: Workload, mount: VolumeMount): Volume | undefined {
  if (claimTemplates.includes(mount.volume)) return undefined;
  return template?.volumes.find(({ name }) => name === mount.volume);
}
