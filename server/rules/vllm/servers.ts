import type { Settings } from "../../config/settings.ts";
import { pod } from "../../kinds/pod/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { readServers, type VllmArgument, type VllmServer } from "../../kinds/vllm/command-line.ts";
import { newestKnown } from "../../kinds/vllm/life.ts";
import { startsServer } from "../../kinds/vllm/server.ts";
import {
  compareVersions,
  isLatestImage,
  parseVersion,
  type Version,
  versionOfImage,
} from "../../kinds/vllm/version.ts";
import type { Container } from "../../kinds/workload/container.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { type PodTemplate, readPodTemplate, type Workload } from "../../kinds/workload/pod-template.ts";
import { at } from "../../text/read.ts";
import { type Knowing, remembered, rememberedIn } from "../../text/remembered.ts";

/** A container with the vLLM servers that it starts. */
export interface ServingContainer extends Knowing {
  readonly container: Container;
  readonly servers: readonly VllmServer[];
  /** For messages. */
  readonly title: string;
  /** Of vLLM, where it is known: by the tag of vLLM's own image, else by the configuration. */
  readonly version: Version | undefined;
  readonly release: Release;
}

/**
 * What the version says of the flags: `listed` are all known, `latest` is whatever came out last, `newer` is past every
 * list, and of an `unknown` one nothing is known.
 */
export type Release = "listed" | "latest" | "newer" | "unknown";

export const servingContainers = rememberedIn(
  (object: StackObject<Workload>, settings: Settings): readonly ServingContainer[] => {
    const containers = templatesOf(object).flatMap((template) => [...template.containers, ...template.initContainers]);
    return containers.flatMap((container) => {
      const running = runningIn(container.image?.value, settings);
      const servers = readServers(container, running.version);
      if (servers.length === 0) return [];
      const name = container.name === undefined ? "" : `, container "${container.name.value}"`;
      return [{ container, servers, title: `${object.title}${name}`, ...running }];
    });
  },
);

/** A group of a LeaderWorkerSet has two templates, and a server may start in both. A Pod is its own. */
export function templatesOf(object: StackObject<Workload> | StackObject<undefined>): PodTemplate[] {
  if (object.view === undefined) return object.kind.id === pod.id ? [readPodTemplate(object.root) ?? []].flat() : [];
  const { template } = object.view;
  if (object.kind.id !== leaderWorkerSet.id) return template === undefined ? [] : [template];
  return ["leaderTemplate", "workerTemplate"].flatMap(
    (key) => readPodTemplate(at(object.root, "spec", "leaderWorkerTemplate", key)) ?? [],
  );
}

/** The vLLM of an image, else that of the configuration. */
export function runningIn(
  image: string | undefined,
  settings: Settings,
): { version: Version | undefined; release: Release } {
  const version = parseVersion(versionOfImage(image ?? "") ?? settings.version("vllm") ?? "");
  return { version, release: releaseOf(version, image) };
}

function releaseOf(version: Version | undefined, image: string | undefined): Release {
  if (version === undefined) return image !== undefined && isLatestImage(image) ? "latest" : "unknown";
  return compareVersions(version.slice(0, 2), newestKnown) > 0 ? "newer" : "listed";
}

/** Whether the image is one that contains vLLM as it is released: no platform's plugin adds flags or variables. */
export function isReleasedVllm({ container, servers }: ServingContainer): boolean {
  const image = container.image?.value;
  const plugged = servers.some((server) => server.arguments.some(({ name }) => name === "--omni"));
  return image !== undefined && startsServer(image) && !plugged;
}

/** Every argument of a container's servers. */
export const argumentsOf = remembered(
  ({ servers }: ServingContainer): readonly { server: VllmServer; argument: VllmArgument }[] =>
    servers.flatMap((server) => server.arguments.map((argument) => ({ server, argument }))),
);

export function versionText(version: Version | undefined): string {
  return version === undefined ? "" : version.join(".");
}
