import type { RawFinding } from "../findings/raw-finding.ts";
import type { PatchSource } from "../kinds/kustomization/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { TextFile } from "../text/file.ts";
import { childrenOf, type Node, type Span } from "../text/node.ts";
import { entryOf, itemsAt, resolve, stringAt } from "../text/read.ts";
import type { Graph } from "./graph.ts";

/** A step from a mapping to a value, or from a list to the item of an index or a name. */
type Step = string | { readonly index: number; readonly name: string | undefined };

/**
 * Whether a kustomization replaces a value that a finding speaks of. Then the file alone does not say what runs, and the
 * finding may be wrong for every overlay: what the overlay builds can be checked.
 */
export function isOverwritten(graph: Graph, { at, related, unwritten }: RawFinding): boolean {
  return [at, ...related.map((place) => place.at)].some((span) => {
    const place = placeOf(graph, span);
    // A kustomization changes the objects that it takes in, itself never.
    if (place === undefined || place.object.kind.id === "kustomization") return false;
    const changes = graph.layout.changesTo(place.object.path);
    const paths = unwritten?.root === place.object.root ? [unwritten.path] : isIdentity(place.path) ? [] : [place.path];
    return changes.some((change) => paths.some((path) => writes(graph, change, place.object, path)));
  });
}

/** The API object that holds a span, and the way to it; a span in an embedded document counts as its scalar. */
function placeOf(graph: Graph, span: Span): { object: StackObject; path: Step[] } | undefined {
  let { doc, start } = span;
  for (; doc.carrier !== undefined; doc = doc.carrier.node.doc) start = doc.carrier.node.start;
  const object = graph.objectsOf(doc).find(({ root }) => root.start <= start && start < root.end);
  return object === undefined ? undefined : { object, path: pathTo(object.root, start) };
}

/** What a patch says to be matched, not to change. */
function isIdentity([first, second]: readonly Step[]): boolean {
  return (
    first === "apiVersion" ||
    first === "kind" ||
    (first === "metadata" && (second === "name" || second === "namespace"))
  );
}

function pathTo(root: Node, offset: number): Step[] {
  const holds = ({ start, end }: Node) => start <= offset && offset < Math.max(end, start + 1);
  const path: Step[] = [];
  for (let node: Node | undefined = root; node !== undefined; ) {
    if (node.type === "map") {
      const entry: { key: Node; value: Node } | undefined = node.entries.find(
        ({ key, value }) => holds(key) || holds(value),
      );
      if (entry?.key.type === "scalar") path.push(entry.key.text);
      node = entry?.value;
    } else {
      const index: number = childrenOf(node).findIndex(holds);
      const item: Node | undefined = childrenOf(node)[index];
      if (item !== undefined) path.push({ index, name: stringAt(item, "name")?.value });
      node = item;
    }
  }
  return path;
}

function writes(graph: Graph, change: PatchSource, object: StackObject, path: readonly Step[]): boolean {
  const text = change.text ?? (change.path === undefined ? undefined : graph.textOf(change.path));
  if (text === undefined) return false;
  const file = new TextFile("patch", () => false);
  file.update(text);
  return file.documents.some(({ root }) => {
    const kind = change.targetKind ?? stringAt(root, "kind")?.value;
    const name = change.targetName ?? stringAt(root, "metadata", "name")?.value;
    if (kind !== undefined && kind !== object.apiKind) return false;
    // A target's name may be a pattern; only a plain one tells objects apart.
    if (name !== undefined && /^[\w.-]+$/.test(name) && name !== object.name?.value) return false;
    if (resolve(root)?.type === "map") return merges(root, path);
    return itemsAt(root).some((operation) => points(stringAt(operation, "path")?.value ?? "", path));
  });
}

/** A merge patch: it goes the same way, or ends it by replacing what is above. */
function merges(root: Node | undefined, path: readonly Step[]): boolean {
  let node = resolve(root);
  for (const step of path) {
    if (node?.type === "map") {
      const next = typeof step === "string" ? entryOf(node, step) : undefined;
      if (next === undefined) return false;
      node = resolve(next.value);
    } else if (node?.type === "seq" && typeof step === "object" && step.name !== undefined) {
      node = resolve(node.items.find((item) => stringAt(item, "name")?.value === step.name));
      if (node === undefined) return false;
    } else return true;
  }
  return true;
}

/** A JSON patch: one of its pointers leads to the place, above it or below it. */
function points(pointer: string, path: readonly Step[]): boolean {
  const keys = pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.every((key, index) => {
    const step = path[index];
    return step === undefined || (typeof step === "string" ? step === key : String(step.index) === key || key === "-");
  });
}
