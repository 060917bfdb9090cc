import type { Name } from "../../graph/references/name.ts";
import type { Document } from "../../text/document.ts";
import { type AliasNode, childrenOf, type Node, type Span } from "../../text/node.ts";

/** A place that takes one of these names from its anchor without being one of them; it would change too. */
export function sharedElsewhere(names: readonly Name[]): Span | undefined {
  const own = new Map<Document, Set<number>>();
  for (const { doc, start } of names) own.set(doc, (own.get(doc) ?? new Set()).add(start));
  const isOwn = ({ doc, start }: Span) => own.get(doc)?.has(start) === true;
  for (const name of names) {
    const { scalar } = name;
    if (scalar.anchor === undefined) continue;
    const isAlias = name.start !== scalar.start && name.text === scalar.text;
    if (isAlias && !isOwn(scalar)) return scalar;
    const other = name.text === scalar.text ? aliasesOf(scalar).find((alias) => !isOwn(alias)) : undefined;
    if (other !== undefined) return other;
  }
  return undefined;
}

function aliasesOf(anchored: Node): AliasNode[] {
  const { root } = anchored.doc;
  const found: AliasNode[] = [];
  const open: Node[] = root === undefined ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "alias" && node.target === anchored) found.push(node);
    for (const child of childrenOf(node)) open.push(child);
  }
  return found;
}
