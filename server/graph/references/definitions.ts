import type { StackObject } from "../../kinds/stack-object.ts";
import type { MapNode, Node } from "../../text/node.ts";
import { at, entriesAt, stringAt } from "../../text/read.ts";
import type { Graph } from "../graph.ts";
import { nameAt } from "./name.ts";
import { mapsAt, valuesAt } from "./places.ts";
import { podSpecsOf } from "./pod-specs.ts";
import type { Meaning, NamedTarget } from "./reference.ts";

/** Every name that an object defines. */
export function definitionsIn(graph: Graph, object: StackObject): NamedTarget[] {
  // What a patch is named after is defined elsewhere.
  const own = graph.layout.isPatch(object.path) ? [] : ownName(object);
  const volumes = podSpecsOf(object).flatMap((podSpec) => volumesOf(object, podSpec));
  return [
    ...own,
    ...keysOf(object),
    ...new Map(volumes.map((volume) => [volume.name.start, volume])).values(),
    ...pluginsIn(object),
    ...profilesIn(object),
    ...generatedIn(object),
  ];
}

function ownName(object: StackObject): NamedTarget[] {
  const { apiKind, kind } = object;
  if (apiKind === undefined || kind.id === "kustomization") return [];
  return named(object, { type: "object", kind: apiKind }, at(object.root, "metadata", "name"));
}

/** The keys that a ConfigMap or a Secret defines. */
export function keysOf(object: StackObject): NamedTarget[] {
  const kind = object.apiKind;
  if (kind !== "ConfigMap" && kind !== "Secret") return [];
  return ["data", "binaryData", "stringData"].flatMap((section) =>
    entriesAt(object.root, section).flatMap(({ key }) => {
      const name = nameAt(key);
      return name === undefined ? [] : [{ meaning: { type: "key", kind } as const, object, name }];
    }),
  );
}

/** The volumes that the containers of a pod may mount; a StatefulSet makes claims that count as such. */
export function volumesOf(object: StackObject, podSpec: MapNode): NamedTarget[] {
  const claims =
    object.apiKind === "StatefulSet" ? valuesAt(object.root, "spec.volumeClaimTemplates[].metadata.name") : [];
  return [...valuesAt(podSpec, "volumes[].name"), ...claims].flatMap((node) => named(object, { type: "volume" }, node));
}

/** The plugins of an endpoint picker. One without a name of its own is called by its type. */
export function pluginsIn(object: StackObject): NamedTarget[] {
  if (object.kind.id !== "epp-config") return [];
  return mapsAt(object.root, "plugins[]").flatMap((plugin) => {
    if (stringAt(plugin, "name") !== undefined) return named(object, { type: "plugin" }, at(plugin, "name"));
    if (at(plugin, "name") !== undefined) return [];
    const fixed = "it is the plugin's type. Give the plugin a `name` first";
    return named(object, { type: "plugin" }, at(plugin, "type")).map((target) => ({ ...target, fixed }));
  });
}

export function profilesIn(object: StackObject): NamedTarget[] {
  if (object.kind.id !== "epp-config") return [];
  return valuesAt(object.root, "schedulingProfiles[].name").flatMap((node) => named(object, { type: "profile" }, node));
}

/** ConfigMaps and Secrets that a kustomization makes from files. */
export function generatedIn(object: StackObject): NamedTarget[] {
  if (object.kind.id !== "kustomization") return [];
  const made = (path: string, kind: string) =>
    valuesAt(object.root, path).flatMap((node) => named(object, { type: "object", kind }, node));
  return [...made("configMapGenerator[].name", "ConfigMap"), ...made("secretGenerator[].name", "Secret")];
}

function named(object: StackObject, meaning: Meaning, node: Node | undefined): NamedTarget[] {
  const name = nameAt(node);
  return name === undefined ? [] : [{ meaning, object, name }];
}
