import { commandWords } from "./command-words.ts";
import { type Carrier, Document } from "./document.ts";
import { innerText } from "./inner-text.ts";
import { limits } from "./limits.ts";
import type { MapNode, ScalarNode, SeqNode } from "./node.ts";
import { nest, shifted } from "./projection.ts";
import { scalarAt } from "./read.ts";
import { isTemplated } from "./template.ts";

/** Tells from the text of a scalar whether it may be a document that somebody knows; parsing all of them is wasteful. */
export type Sniff = (text: string) => boolean;

/** Finds the documents in the scalars of a document, and the documents in theirs, down to a declared depth. */
export function embedDocuments(doc: Document, sniff: Sniff): void {
  if (doc.depth >= limits.embedding || !doc.readable) return;
  const found: Document[] = [];
  for (const { holder, value } of doc.carriers) {
    if (value.type === "map") findInValues(doc, holder, value, sniff, found);
    else if (value.type === "seq") findInArguments(doc, value, found);
  }
  if (found.length > 0) doc.embedded = found;
  for (const inner of found) embedDocuments(inner, sniff);
}

function findInValues(doc: Document, holder: MapNode, values: MapNode, sniff: Sniff, found: Document[]): void {
  const by = scalarAt(holder, "kind")?.text === "ConfigMap" ? "config-map" : "values";
  for (const { key, value } of values.entries) {
    if (key.type !== "scalar" || value.type !== "scalar" || !holdsDocument(value, sniff)) continue;
    const inner = innerText(value);
    if (inner === undefined) continue;
    const carrier: Carrier = { node: value, projection: inner.projection, by, name: key.text };
    found.push(new Document(doc.file, inner.text, carrier));
  }
}

/** A scalar without a line break is a document only if it is JSON. */
function holdsDocument({ text }: ScalarNode, sniff: Sniff): boolean {
  return text.length <= limits.embeddedLength && (text.includes("\n") || isJsonObject(text)) && sniff(text);
}

function findInArguments(doc: Document, list: SeqNode, found: Document[]): void {
  const words = commandWords(list.items);
  for (const [index, word] of words.entries()) {
    const flag = /^--?([\w.-]+)(=)?/.exec(word.text);
    if (flag === null) continue;
    const source = flag[2] === undefined ? words[index + 1] : word;
    const skipped = flag[2] === undefined ? 0 : flag[0].length;
    const json = source?.text.slice(skipped);
    if (source === undefined || json === undefined || !isJsonObject(json) || isTemplated(json)) continue;
    const projection = nest(shifted(skipped), source.projection);
    const carrier: Carrier = { node: source.node, projection, by: "argument", name: flag[1] as string };
    found.push(new Document(doc.file, json, carrier));
  }
}

function isJsonObject(text: string): boolean {
  if (!/^\s*\{/.test(text) || text.length > limits.embeddedLength) return false;
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
