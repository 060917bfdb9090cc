import type { Document } from "../../server/text/document.ts";
import { TextFile } from "../../server/text/file.ts";
import { childrenOf, type Node } from "../../server/text/node.ts";

/** A file in which every scalar with a line break, and every JSON object, is looked into. */
export function readFile(text: string): TextFile {
  const file = new TextFile("file.yaml", () => true);
  file.update(text);
  return file;
}

/** The scalars of a document and of all documents inside it. */
export function scalarsOf(
  documents: readonly Document[],
): { text: string; start: number; end: number; depth: number }[] {
  return documents.flatMap((doc) => {
    const open: Node[] = doc.root === undefined ? [] : [doc.root];
    const found: ReturnType<typeof scalarsOf> = [];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      open.push(...childrenOf(node));
      if (node.type === "scalar")
        found.push({ text: node.text, ...doc.spanInFile(node.start, node.end), depth: doc.depth });
    }
    return found;
  });
}
