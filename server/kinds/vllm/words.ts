import type { CommandWord } from "../../text/command-words.ts";
import { type InnerText, innerText } from "../../text/inner-text.ts";
import type { Node, ScalarNode } from "../../text/node.ts";
import { nest } from "../../text/projection.ts";
import { itemsAt, resolve } from "../../text/read.ts";
import { remembered } from "../../text/remembered.ts";
import type { Container } from "../workload/container.ts";
import { scriptLines } from "./script.ts";

/** The words of one command, as the program gets them. */
export interface CommandLine {
  readonly words: readonly CommandWord[];
  /** Whether each word is an item of `command` or `args`; otherwise a shell made them. */
  readonly items: boolean;
  /** Every word could be read, up to the command's end. */
  readonly complete: boolean;
}

const shells = new Set(["sh", "bash", "ash", "dash", "zsh"]);
const runsScript = /^-[a-z]*c$/;

/**
 * The commands that `command` and `args` run: the items themselves, or each command of the script that a shell is given.
 * What stands behind a script is for the script alone.
 */
export function commandLines(items: readonly Node[]): readonly CommandLine[] {
  const words: CommandWord[] = [];
  let complete = true;
  let shell = false;
  let before = "";
  for (const item of items) {
    const node = resolve(item);
    if (node?.type !== "scalar") return [];
    const inner = innerText(node);
    if (inner !== undefined && shell && runsScript.test(before)) return wordsOfScript(node, inner);
    shell ||= shells.has(baseName(node.text));
    before = node.text;
    complete &&= inner !== undefined;
    words.push(inner === undefined ? { text: unread, node, projection: nowhere } : { ...inner, node });
  }
  return [{ words, items: true, complete }];
}

/** The commands of a container. */
export const linesOf = remembered(({ root }: Container) =>
  commandLines([...itemsAt(root, "command"), ...itemsAt(root, "args")]),
);

function wordsOfScript(node: ScalarNode, inner: InnerText): CommandLine[] {
  return scriptLines(inner.text).map(({ words, complete }) => ({
    complete,
    items: false,
    words: words.map(({ text, projection }) => ({ text, node, projection: nest(projection, inner.projection) })),
  }));
}

/** Stands for a word that could not be read; it looks like one that is filled in later. */
const unread = "$";
const nowhere = { outward: () => 0, outwardEnd: () => 0, encode: () => undefined };

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
