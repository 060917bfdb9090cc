import { dotted, stepsOf } from "../../schemas/place.ts";
import type { Node } from "../../text/node.ts";
import { plainValue } from "../../text/read.ts";

/** `a, b or c`; a long list ends in how many more there are. */
export function listed(words: readonly string[], and = "or"): string {
  const shown = words.length > 10 ? [...words.slice(0, 9), `${words.length - 9} more`] : words;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} ${and} ${shown.at(-1)}`;
}

/** Where a key or value stands, for a reader who has the file before them. */
export function whereIs(pointer: string): string {
  return dotted(pointer) || "the document";
}

/** The mapping that holds what a pointer leads to. */
export function holderOf(pointer: string): string {
  return stepsOf(pointer).length < 2 ? "the document" : dotted(pointer.slice(0, pointer.lastIndexOf("/")));
}

/** What stands there: `the number 5`, `the text "5"`, `a list`. */
export function kindOfValue(node: Exclude<Node, { type: "alias" }>): string {
  if (node.type !== "scalar") return node.type === "map" ? "a mapping" : "a list";
  const value = plainValue(node);
  if (value === null) return "nothing";
  return typeof value === "string"
    ? `the text "${node.text}"`
    : typeof value === "boolean"
      ? node.text
      : `the number ${node.text}`;
}
