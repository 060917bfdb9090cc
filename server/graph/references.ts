import type { StackObject } from "../kinds/stack-object.ts";
import type { TextFile } from "../text/file.ts";
import { at } from "../text/read.ts";
import { Graph } from "./graph.ts";
import { definitionsIn } from "./references/definitions.ts";
import { helmfileReferences } from "./references/helmfile.ts";
import { inlinePatches, kustomizeReferences } from "./references/kustomize.ts";
import { mountReferences } from "./references/mounts.ts";
import type { Name } from "./references/name.ts";
import { keyReferences, objectReference, objectReferences } from "./references/objects.ts";
import { pluginReferences } from "./references/plugins.ts";
import { isFile, isSame, type Reference, type Target } from "./references/reference.ts";
import { selectorReferences } from "./references/selectors.ts";
import { variantReferences } from "./references/variants.ts";
import type { Workspace } from "./workspace.ts";

/** Everything that an object names. Read from the object alone; what is meant is looked up when asked. */
export function referencesOf(graph: Graph, object: StackObject): Reference[] {
  const isPatch = graph.layout.isPatch(object.path);
  const patches = inlinePatches(object);
  return [
    ...(isPatch ? patchedBy(object) : []),
    ...namesIn(object),
    ...patches.flatMap((patch) => [...patchedBy(patch), ...namesIn(patch)]),
  ];
}

function namesIn(object: StackObject): Reference[] {
  return [
    ...objectReferences(object),
    ...keyReferences(object),
    ...mountReferences(object),
    ...variantReferences(object),
    ...selectorReferences(object),
    ...pluginReferences(object),
    ...kustomizeReferences(object),
    ...helmfileReferences(object),
  ];
}

/** A patch is named after the object that it changes. */
function patchedBy(patch: StackObject): Reference[] {
  const kind = patch.apiKind;
  return kind === undefined ? [] : objectReference(patch, at(patch.root, "metadata", "name"), kind);
}

/** What stands at a place of a file, and what it means. */
export interface Mention {
  readonly name: Name;
  readonly targets: readonly Target[];
  /** Absent where the name is defined. */
  readonly reference: Reference | undefined;
}

/** The name at an offset of a file: of several around it the shortest. */
export function mentionAt(graph: Graph, objects: readonly StackObject[], offset: number): Mention | undefined {
  const around = objects.filter((object) => holds(object, offset));
  const references = around.flatMap((object) => referencesOf(graph, object)).filter(({ at }) => holds(at, offset));
  const reference = references.sort((a, b) => a.at.end - a.at.start - (b.at.end - b.at.start))[0];
  if (reference !== undefined) return { name: reference.at, targets: reference.resolve(graph), reference };
  const target = around.flatMap((object) => definitionsIn(graph, object)).find(({ name }) => holds(name, offset));
  return target === undefined ? undefined : { name: target.name, targets: [target], reference: undefined };
}

function holds({ doc, start, end }: Pick<Name, "doc" | "start" | "end">, offset: number): boolean {
  const span = doc.spanInFile(start, end);
  return span.start <= offset && offset <= span.end;
}

/** A reference to something, and all that it may mean. */
export interface Use {
  readonly reference: Reference;
  readonly targets: readonly Target[];
}

/** Every reference that means, or may mean, a target, in reading order. Looks through all objects once. */
export function usesOf(workspace: Workspace, target: Target): Use[] {
  const graph = new Graph(workspace);
  const isCandidate = (reference: Reference) =>
    isFile(target) ? reference.to.type === "file" : mayMean(reference, target.name.text, target.meaning.type);
  return objectsOf(workspace.files.values(), workspace)
    .flatMap((object) => referencesOf(graph, object))
    .filter(isCandidate)
    .map((reference) => ({ reference, targets: reference.resolve(graph) }))
    .filter(({ targets }) => targets.some((one) => isSame(one, target)))
    .sort((a, b) => inReadingOrder(a.reference.at, b.reference.at));
}

function inReadingOrder(a: Name, b: Name): number {
  const [one, other] = [a.doc.file.path, b.doc.file.path];
  if (one !== other) return one < other ? -1 : 1;
  return a.doc.inFile(a.start) - b.doc.inFile(b.start);
}

function mayMean({ at: name, to, byName }: Reference, text: string, type: string): boolean {
  // Of selectors only the way to the pods is known: the other way would ask each of them about each workload.
  if (to.type === "pods") return false;
  if (to.type !== type && !(to.type === "variant" && type === "object")) return false;
  return !byName || name.text === text;
}

function objectsOf(files: Iterable<TextFile>, workspace: Workspace): StackObject[] {
  return [...files].flatMap((file) => workspace.objectsIn(file));
}
