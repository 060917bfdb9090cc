import type { Document } from "../../text/document.ts";
import { childrenOf, type Node } from "../../text/node.ts";

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
export function isTame({ text, root, template, problems }: Document): boolean {
  if (text.length > longest || template !== undefined || problems.some(({ type }) => type === "limit")) return false;
  // What the parser gave up on may still be deep.
  return depthOfBrackets(text) <= deepest && (root === undefined || isSmall(root));
}

function isSmall(root: Node): boolean {
  const open: { node: Node; depth: number }[] = [{ node: root, depth: 0 }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, depth } = at;
    if (node.type === "alias" || depth > deepest) return false;
    const children = childrenOf(node);
    if (children.length > 2 * widest) return false;
    for (const child of children) open.push({ node: child, depth: depth + 1 });
  }
  return true;
}

/** Brackets that stand open at a time, those in text counted too. */
function depthOfBrackets(text: string): number {
  let open = 0;
  let most = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = bracket === "[" || bracket === "{" ? open + 1 : Math.max(open - 1, 0);
    most = Math.max(most, open);
  }
  return most;
}
