import type { Document } from "../text/document.ts";
import type { Node, Span } from "../text/node.ts";
import { itemsAt, stringAt } from "../text/read.ts";

/**
 * Whose place this is, by the names that people gave: `ConfigMap prod/cache`, and behind it the keys and arguments
 * down to the document that the place is in. Empty where nothing has a name.
 */
export function identityOf({ doc, start }: Span): string {
  const { carrier } = doc;
  if (carrier === undefined) return nameIn(doc, start);
  const outer = identityOf(carrier.node);
  return outer === "" ? carrier.name : `${outer} ${carrier.name}`;
}

function nameIn({ root }: Document, offset: number): string {
  if (root === undefined) return "";
  const items = stringAt(root, "kind")?.value.endsWith("List") ? itemsAt(root, "items") : [];
  const object = items.find(({ start, end }) => start <= offset && offset < end) ?? root;
  return nameOf(object);
}

function nameOf(object: Node): string {
  const kind = stringAt(object, "kind")?.value ?? "";
  const name = stringAt(object, "metadata", "name")?.value;
  const namespace = stringAt(object, "metadata", "namespace")?.value;
  if (name === undefined) return kind;
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`.trim();
}
