import type { Document } from "../../text/document.ts";
import type { Node } from "../../text/node.ts";

/** Characters. A real manifest has a tenth of that. */
const longest = 128 * 1024;
/** Keys of one mapping, items of one list. The service compares each with each other. */
const widest = 1_000;
/** Levels. The service walks down without counting. */
const deepest = 60;

/**
 * Whether the YAML service can be shown a document. It follows aliases wherever they lead, and a stack that overflows
 * in it can end the whole process: it sees only what is small, and holds no alias.
 */
export function isTame(doc: Document): boolean {
  let tame = known.get(doc);
  if (tame === undefined) {
    tame = isSmallAndShallow(doc);
    known.set(doc, tame);
  }
  return tame;
}

const known = new WeakMap<Document, boolean>();

function isSmallAndShallow({ text, root, template, problems }: Document): boolean {
  if (text.length > longest || template !== undefined || problems.some(({ type }) => type === "limit")) return false;
  // What the parser gave up on may still be deep.
  return depthOfBrackets(text) <= deepest && (root === undefined || isSmall(root, 0));
}

function isSmall(node: Node, depth: number): boolean {
  if (node.type === "scalar") return true;
  if (node.type === "alias" || depth >= deepest) return false;
  if (node.type === "seq")
    return node.items.length <= 2 * widest && node.items.every((item) => isSmall(item, depth + 1));
  if (node.entries.length > widest) return false;
  return node.entries.every(({ key, value }) => isSmall(key, depth + 1) && isSmall(value, depth + 1));
}

/** Brackets that stand open at a time, those in text counted too. */
function depthOfBrackets(text: string): number {
  let open = 0;
  let most = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x5b:
      case 0x7b:
        most = Math.max(most, ++open);
        break;
      case 0x5d:
      case 0x7d:
        open = Math.max(open - 1, 0);
    }
  }
  return most;
}
