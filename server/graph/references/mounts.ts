import type { StackObject } from "../../kinds/stack-object.ts";
import { type Container, readContainer } from "../../kinds/workload/container.ts";
import type { MapNode, Node } from "../../text/node.ts";
import { at, resolve, stringAt } from "../../text/read.ts";
import type { Graph } from "../graph.ts";
import { mountOf, mountsAreKnown } from "../mounts.ts";
import { joinPath } from "../paths.ts";
import { volumesOf } from "./definitions.ts";
import { type Name, nameAt, namePart, wordEnd } from "./name.ts";
import { mapsAt, valuesAt } from "./places.ts";
import { containersOf, podSpecsOf } from "./pod-specs.ts";
import type { NamedTarget, Reference } from "./reference.ts";
import { keysNamed } from "./targets.ts";

/** What containers mount, and the files in it that they are told to read. */
export function mountReferences(from: StackObject): Reference[] {
  return podSpecsOf(from).flatMap((podSpec) =>
    containersOf(podSpec).flatMap((root) => [
      ...valuesAt(root, "volumeMounts[].name").flatMap((node) => volumeReference(from, podSpec, node)),
      ...fileReferences(from, podSpec, root),
    ]),
  );
}

function volumeReference(from: StackObject, podSpec: MapNode, node: Node): Reference[] {
  const name = nameAt(node);
  if (name === undefined) return [];
  const resolve = () => volumesOf(from, podSpec).filter((volume) => volume.name.text === name.text);
  return [{ from, at: name, to: { type: "volume" }, byName: true, resolve }];
}

/** Paths in the environment and on the command line that lie on a mount: LMCACHE_CONFIG_FILE, `--config-file`. */
function fileReferences(from: StackObject, podSpec: MapNode, root: MapNode): Reference[] {
  const container = readContainer(root);
  if (container.mounts.length === 0 || !mountsAreKnown(container)) return [];
  const paths = [...environmentPaths(root), ...argumentPaths(container)];
  return paths.flatMap(({ path, lastPart }) => {
    const found = mountOf(container, path);
    if (found === undefined || at(found.mount.node, "subPathExpr") !== undefined) return [];
    const { mount, below } = found;
    const inVolume = joinPath(mount.subPath ?? "", below);
    const name = lastPart();
    if (inVolume === "" || name === undefined) return [];
    const meaning = { type: "key", kind: "ConfigMap" } as const;
    const sources = sourcesOf(podSpec, mount.volume);
    // A file that is mounted by itself has the mount's name, one that `items` place has theirs.
    const byName =
      below !== "" && name.text === inVolume && !sources.some((source) => at(source, "items") !== undefined);
    const resolve = (graph: Graph) => sources.flatMap((source) => keyBehind(graph, from, source, inVolume));
    return [{ from, at: name, to: meaning, byName, resolve }];
  });
}

interface WrittenPath {
  readonly path: string;
  /** The part of it that a file's name is. */
  lastPart(): Name | undefined;
}

function environmentPaths(root: MapNode): WrittenPath[] {
  return valuesAt(root, "env[].value").flatMap((node) => {
    const path = nameAt(node)?.text;
    const scalar = resolve(node);
    if (path === undefined || !isFilePath(path) || scalar?.type !== "scalar") return [];
    return [{ path, lastPart: () => namePart(scalar, path.lastIndexOf("/") + 1, path.length) }];
  });
}

function argumentPaths(container: Container): WrittenPath[] {
  return container.words.flatMap((word) => {
    const path = /^(?:--?[\w.-]+=)?(\/.*)$/.exec(word.text)?.[1];
    if (path === undefined || !isFilePath(path)) return [];
    return [{ path, lastPart: () => wordEnd(word, word.text.lastIndexOf("/") + 1) }];
  });
}

function isFilePath(text: string): boolean {
  return text.length < 4096 && /^\/[^\s$]*[^\s$/]$/.test(text);
}

/** The ConfigMaps in the volume of a name. */
function sourcesOf(podSpec: MapNode, volume: string): MapNode[] {
  const volumes = mapsAt(podSpec, "volumes[]").filter((one) => stringAt(one, "name")?.value === volume);
  if (volumes.length !== 1) return [];
  return volumes.flatMap((one) => [...mapsAt(one, "configMap"), ...mapsAt(one, "projected.sources[].configMap")]);
}

function keyBehind(graph: Graph, from: StackObject, source: MapNode, path: string): NamedTarget[] {
  const name = stringAt(source, "name")?.value;
  if (name === undefined) return [];
  if (at(source, "items") === undefined) return keysNamed(graph, from, "ConfigMap", name, path);
  return mapsAt(source, "items[]").flatMap((item) => {
    const key = stringAt(item, "key")?.value;
    const isThere = joinPath("", stringAt(item, "path")?.value ?? "") === path;
    return key === undefined || !isThere ? [] : keysNamed(graph, from, "ConfigMap", name, key);
  });
}
