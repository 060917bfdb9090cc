import type { Document } from "../../text/document.ts";
import { itemsAt, scalarAt, stringAt } from "../../text/read.ts";

/** The name of the ConfigMap that a document stands in, alone or as an item of a `List`. */
export function configMapName(doc: Document): string | undefined {
  if (doc.carrier?.by !== "config-map") return undefined;
  const { node } = doc.carrier;
  const { root } = node.doc;
  const isList = scalarAt(root, "kind")?.text.endsWith("List") === true;
  const holder = isList
    ? itemsAt(root, "items").find((item) => item.start <= node.start && node.start < item.end)
    : root;
  return stringAt(holder, "metadata", "name")?.value;
}
