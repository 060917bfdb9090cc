import type { StackObject } from "../../kinds/stack-object.ts";
import { at } from "../../text/read.ts";
import type { Graph } from "../graph.ts";
import { nearest } from "../scope.ts";
import { generatedIn, keysOf } from "./definitions.ts";
import { nameAt } from "./name.ts";
import type { NamedTarget } from "./reference.ts";

/** The nearest objects of a kind and a name; several when nobody can tell which is meant. */
export function objectsNamed(graph: Graph, from: StackObject, kind: string, name: string): NamedTarget[] {
  const found = nearest(graph, from, graph.lookup(`name/${kind}/${name}`)).flatMap((object) => {
    const place = nameAt(at(object.root, "metadata", "name"));
    return place === undefined ? [] : [{ meaning: { type: "object", kind } as const, object, name: place }];
  });
  return found.length > 0 ? found : generated(graph, from, kind, name);
}

/** ConfigMaps and Secrets that a kustomization makes which takes the object in. */
function generated(graph: Graph, from: StackObject, kind: string, name: string): NamedTarget[] {
  if (kind !== "ConfigMap" && kind !== "Secret") return [];
  const worlds = graph.layout.worldsOf(from.path);
  if (worlds.length === 0) return [];
  const makers = graph
    .lookup("kind/kustomization")
    .filter(({ path }) => worlds.some(({ files }) => files.has(path)))
    .flatMap((object) => generatedIn(object))
    .filter(({ meaning, name: made }) => meaning.type === "object" && meaning.kind === kind && made.text === name);
  const own = makers.filter(({ object }) => object.path === worlds[0]?.path);
  return own.length > 0 ? own : makers;
}

/** A key of the nearest ConfigMap or Secret of a name. */
export function keysNamed(graph: Graph, from: StackObject, kind: string, name: string, key: string): NamedTarget[] {
  return objectsNamed(graph, from, kind, name).flatMap(({ object }) =>
    keysOf(object).filter((target) => target.name.text === key),
  );
}
