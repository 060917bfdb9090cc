import { innerText } from "./inner-text.ts";
import type { Node, ScalarNode, Span } from "./node.ts";
import { nest, outwardEnd, type Projection } from "./projection.ts";
import { shellWords } from "./shell.ts";

/** One word of a container's command line, with where it stands in its document. */
export interface CommandWord {
  readonly text: string;
  readonly node: ScalarNode;
  /** From the word's text to the document. */
  readonly projection: Projection;
}

/** `sh -c`, `bash -lc`, … : the next item is a script. */
const runsScript = /^-[a-z]*c$/;

/**
 * The command line that `command` and `args` make: one word an item, and the words of the script where a shell is
 * started. What cannot be read exactly is left out.
 */
export function commandWords(items: readonly Node[]): CommandWord[] {
  const words: CommandWord[] = [];
  let script = false;
  for (const node of items) {
    if (node.type !== "scalar") continue;
    const inner = innerText(node);
    if (inner === undefined) continue;
    if (!script) words.push({ text: inner.text, node, projection: inner.projection });
    else
      for (const word of shellWords(inner.text) ?? []) {
        words.push({ text: word.text, node, projection: nest(word.projection, inner.projection) });
      }
    script = runsScript.test(inner.text);
  }
  return words;
}

export function spanOfWord(word: CommandWord, start = 0, end = word.text.length): Span {
  return {
    doc: word.node.doc,
    start: word.projection.outward(start),
    end: outwardEnd(word.projection, start, end),
  };
}
