import type { RunningVersion, Settings } from "../config/settings.ts";
import { isReleasedRouter, isRouterImage, routerNamed, routerOfApi, routerOfImage } from "../kinds/epp/version.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { routerKey } from "../kinds/workload/router-key.ts";
import { stringAt } from "../text/read.ts";
import type { Graph } from "./graph.ts";
import { dirname } from "./paths.ts";
import { retaggedBy } from "./retagged.ts";
import { isWorkload } from "./scale-target.ts";
import { nearest } from "./scope.ts";

/**
 * The router that reads an EPP configuration: as headroom.config.yaml says, else by the image that runs it, else by an
 * apiVersion that only some routers have. Absent when that is not clear.
 */
export function routerVersionOf(graph: Graph, config: StackObject, settings: Settings): RunningVersion | undefined {
  const named = settings.version("router");
  if (named !== undefined) return routerNamed(named);
  return agreed(imagesFor(graph, config)) ?? routerOfApi(config.apiVersion);
}

/** Whether only builds of somebody's own read an EPP configuration: they may have plugins that no release has. */
export function isCustomRouter(graph: Graph, config: StackObject): boolean {
  const images = imagesFor(graph, config);
  return images.length > 0 && images.every((image) => !isReleasedRouter(image));
}

/** The one version of several images; they may differ in what comes behind it. */
function agreed(images: readonly string[]): RunningVersion | undefined {
  const versions = images.map(routerOfImage);
  const [first] = versions;
  return versions.every((one) => one !== undefined && one.version === first?.version) ? first : undefined;
}

function imagesFor(graph: Graph, config: StackObject): string[] {
  if (config.doc.carrier?.by === "values") return imageInValues(graph, config);
  return routersOf(graph, config).flatMap((router) => routerImagesIn(graph, router));
}

/** The workloads that read an EPP configuration: those that mount it, else those that stand beside it. */
export function routersOf(graph: Graph, config: StackObject): readonly StackObject[] {
  const { carrier } = config.doc;
  if (carrier?.by === "values") return [];
  if (carrier?.by === "argument") return graph.objectsOf(carrier.node.doc);
  const routers = graph.lookup(routerKey);
  const map = carrier === undefined ? undefined : holderOf(graph, config)?.name?.value;
  const mounting = routers.filter((router) => map !== undefined && mounts(router, map));
  if (mounting.length > 0) return nearest(graph, config, mounting);
  return nearest(graph, config, routers).filter((router) => standTogether(graph, config, router));
}

/** The ConfigMap that a configuration stands in, alone or as an item of a `List`. */
function holderOf(graph: Graph, { doc: { carrier } }: StackObject): StackObject | undefined {
  if (carrier === undefined) return undefined;
  const { node } = carrier;
  return graph.objectsOf(node.doc).find(({ start, end }) => start <= node.start && node.start < end);
}

function mounts(router: StackObject, map: string): boolean {
  return (
    isWorkload(router) &&
    (router.view.template?.volumes ?? []).some((volume) => volume.type === "configMap" && volume.source.value === map)
  );
}

/** A router somewhere else in the workspace may be of another time. */
function standTogether(graph: Graph, config: StackObject, router: StackObject): boolean {
  return (
    dirname(config.path) === dirname(router.path) ||
    graph.layout.worldsOf(config.path).some(({ files }) => files.has(router.path))
  );
}

function routerImagesIn(graph: Graph, object: StackObject): string[] {
  if (!isWorkload(object)) return [];
  const images = (object.view.template?.containers ?? []).flatMap(({ image }) => image?.value ?? []);
  return images.filter(isRouterImage).flatMap((image) => {
    const others = retaggedBy(graph, object.path, image);
    return others.length > 0 ? others : [image];
  });
}

/** Helm values name the image beside the configuration, in parts; a part that is not written is the chart's. */
function imageInValues(graph: Graph, config: StackObject): string[] {
  const root = holderOf(graph, config)?.root ?? config.doc.carrier?.node.doc.root;
  const told = (...path: string[]) => stringAt(root, ...path)?.value;
  const [gie, router] = [
    ["inferenceExtension", "image"],
    ["router", "epp", "image"],
  ] as const;
  const hub = told(...gie, "hub");
  const forms = [
    { repository: hub === undefined ? undefined : `${hub}/${told(...gie, "name") ?? "epp"}`, tag: told(...gie, "tag") },
    { repository: told(...router, "repository") ?? "llm-d-router-endpoint-picker", tag: told(...router, "tag") },
  ];
  return forms.flatMap(({ repository, tag }) =>
    repository === undefined || tag === undefined ? [] : [`${repository}:${tag}`],
  );
}
