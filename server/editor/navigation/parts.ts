import { mapsAt, valuesAt } from "../../graph/references/places.ts";
import { containersOf, podSpecsOf } from "../../graph/references/pod-specs.ts";
import type { Workspace } from "../../graph/workspace.ts";
import { readMetric } from "../../kinds/hpa/metric.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Document } from "../../text/document.ts";
import type { TextFile } from "../../text/file.ts";
import type { MapNode, Node, Span } from "../../text/node.ts";
import { at, entriesAt, itemsAt, resolve, stringAt } from "../../text/read.ts";

/** What has a place in an outline. */
export interface Part {
  readonly type: "object" | "container" | "trigger" | "metric" | "key" | "plugin" | "profile" | "resource";
  readonly name: string;
  readonly detail: string;
  readonly range: Span;
  readonly selection: Span;
  readonly parts: readonly Part[];
}

/** More help nobody and take an editor long to show. */
const most = 5000;

/** The objects of a file with their main parts, documents inside documents included. */
export function partsOf(workspace: Workspace, file: TextFile): Part[] {
  const budget = { left: most };
  return file.documents.flatMap((doc) => objectsIn(workspace, doc, budget));
}

/** How an object is called in an outline: configuration goes by the key or the file that holds it. */
export function nameOfObject({ name, doc, kind }: StackObject): string {
  const holder = doc.carrier?.name ?? doc.file.path.split("/").at(-1);
  return oneLine(name?.value ?? "") || oneLine(holder ?? "") || kind.title;
}

interface Budget {
  left: number;
}

function objectsIn(workspace: Workspace, doc: Document, budget: Budget): Part[] {
  return workspace.objectsOf(doc).flatMap((object) => {
    if (budget.left-- <= 0) return [];
    const { root, kind, apiKind } = object;
    const selection = at(root, "metadata", "name") ?? root.entries[0]?.key ?? root;
    const parts = [...ownParts(object), ...inner(workspace, object, budget)].slice(0, Math.max(0, budget.left));
    budget.left -= parts.length;
    const name = nameOfObject(object);
    return [{ type: "object", name, detail: apiKind ?? kind.title, range: root, selection, parts }];
  });
}

function ownParts(object: StackObject): Part[] {
  const { root } = object;
  return [
    ...podSpecsOf(object)
      .flatMap(containersOf)
      .flatMap((node) => part("container", node, stringAt(node, "image")?.value)),
    ...mapsAt(root, "spec.triggers[]").flatMap((node) =>
      part("trigger", node, undefined, stringAt(node, "type")?.value),
    ),
    ...(object.kind.id === "hpa" ? itemsAt(root, "spec", "metrics").flatMap(metric) : []),
    ...(object.kind.id === "epp-config"
      ? [
          ...mapsAt(root, "plugins[]").flatMap((node) => part("plugin", node, stringAt(node, "type")?.value)),
          ...mapsAt(root, "schedulingProfiles[]").flatMap((node) => part("profile", node)),
        ]
      : []),
    ...(object.kind.id === "kustomization" ? valuesAt(root, "resources[]").flatMap(resource) : []),
  ];
}

function part(type: Part["type"], node: MapNode, detail = "", otherwise = detail): Part[] {
  const name = oneLine(stringAt(node, "name")?.value ?? otherwise);
  return [
    { type, name: name || type, detail: oneLine(detail), range: node, selection: at(node, "name") ?? node, parts: [] },
  ];
}

function metric(item: Node): Part[] {
  const node = resolve(item);
  if (node?.type !== "map") return [];
  const { name, type } = readMetric(node);
  const title = oneLine(name?.value ?? type?.value ?? "") || "metric";
  return [
    {
      type: "metric",
      name: title,
      detail: oneLine(type?.value ?? ""),
      range: node,
      selection: name?.node ?? node,
      parts: [],
    },
  ];
}

function resource(node: Node): Part[] {
  const text = oneLine(stringAt(node)?.value ?? "");
  return text === "" ? [] : [{ type: "resource", name: text, detail: "", range: node, selection: node, parts: [] }];
}

/** The keys of a ConfigMap with the documents in them; elsewhere the documents alone. */
function inner(workspace: Workspace, object: StackObject, budget: Budget): Part[] {
  const embedded = object.embedded;
  const keys = object.apiKind === "ConfigMap" ? entriesAt(object.root, "data").slice(0, most) : [];
  const held = keys.map(({ value }) => value);
  const found = keys.map(({ key, value }): Part => {
    const docs = embedded.filter(({ carrier }) => carrier?.node === value);
    const objects = docs.flatMap((doc) => objectsIn(workspace, doc, budget));
    const range = { doc: key.doc, start: key.start, end: Math.max(value.doc === key.doc ? value.end : 0, key.end) };
    return { type: "key", name: oneLine(key.text) || "key", detail: "", range, selection: key, parts: objects };
  });
  const others = embedded.filter(({ carrier }) => carrier !== undefined && !held.includes(carrier.node));
  return [...found, ...others.flatMap((doc) => objectsIn(workspace, doc, budget))];
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 120 ? line : `${line.slice(0, 119)}…`;
}
