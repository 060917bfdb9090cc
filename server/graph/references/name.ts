import { type CommandWord, spanOfWord } from "../../text/command-words.ts";
import { type DocumentEdit, setScalar } from "../../text/edits.ts";
import { innerText } from "../../text/inner-text.ts";
import type { Node, ScalarNode, Span } from "../../text/node.ts";
import { outwardEnd } from "../../text/projection.ts";
import { isNull, resolve } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";
import { stringYaml } from "../../text/write.ts";

/** A name where it is written: a whole scalar, or a part of one such as a label matcher in a query. */
export interface Name extends Span {
  readonly text: string;
  /** The scalar that holds it; where an alias stands, the one that it points to. */
  readonly scalar: ScalarNode;
  /** Another name in its place; absent where it cannot be written. */
  rewrite(text: string): DocumentEdit | undefined;
}

/** Absent where nothing is written, or what is filled in later. */
export function nameAt(node: Node | undefined): Name | undefined {
  const scalar = resolve(node);
  if (node === undefined || scalar?.type !== "scalar" || isNull(scalar)) return undefined;
  if (scalar.text === "" || isTemplated(scalar.text)) return undefined;
  const { doc, start, end } = node.type === "alias" ? node : { ...scalar, end: contentEnd(scalar) };
  return { doc, start, end, text: scalar.text, scalar, rewrite: (text) => rewritten(scalar, text) };
}

/** What stands in quotes stays in them; plain text that would no longer be a string gets them. */
function rewritten(scalar: ScalarNode, text: string): DocumentEdit {
  const edit = setScalar(scalar, text);
  return scalar.style === "plain" ? { ...edit, newText: stringYaml(text) } : edit;
}

/** A block scalar counts the line break behind it as its own. */
function contentEnd({ doc, start, end }: ScalarNode): number {
  return start + doc.text.slice(start, end).trimEnd().length;
}

/** A stretch of a scalar's text. Absent where the way back to the scalar is not exact. */
export function namePart(scalar: ScalarNode, start: number, end: number): Name | undefined {
  const inner = innerText(scalar);
  if (inner === undefined) return undefined;
  const { projection } = inner;
  const place = { doc: scalar.doc, start: projection.outward(start), end: outwardEnd(projection, start, end) };
  return { ...place, text: inner.text.slice(start, end), scalar, rewrite: encoder(place, projection.encode) };
}

/** The end of a word of a command line, from an offset on. */
export function wordEnd(word: CommandWord, start: number): Name {
  const place = spanOfWord(word, start);
  return {
    ...place,
    text: word.text.slice(start),
    scalar: word.node,
    rewrite: encoder(place, word.projection.encode),
  };
}

function encoder({ doc, start, end }: Span, encode: (text: string) => string | undefined): Name["rewrite"] {
  return (text) => {
    const newText = encode(text);
    return newText === undefined ? undefined : { doc, start, end, newText };
  };
}
