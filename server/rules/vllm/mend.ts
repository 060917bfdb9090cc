import type { RawFix } from "../../findings/raw-finding.ts";
import type { VllmArgument, VllmServer } from "../../kinds/vllm/command-line.ts";
import { takesNoValue } from "../../kinds/vllm/flag.ts";
import { vllmFlags } from "../../kinds/vllm/flags.ts";
import { settingOf } from "../../kinds/vllm/setting.ts";
import type { Container } from "../../kinds/workload/container.ts";
import { type CommandWord, spanOfWord } from "../../text/command-words.ts";
import { addItem, type DocumentEdit, removeEntry, setAll, setScalar } from "../../text/edits.ts";
import { indentOf, lineEndAt, lineStartAt } from "../../text/layout.ts";
import type { Node, SeqNode } from "../../text/node.ts";
import { at, seqAt } from "../../text/read.ts";
import { flowYaml, type YamlMap } from "../../text/write.ts";

/** Other text for a part of a word, in the word's own quotes. Absent where it cannot be written there. */
export function rewrite(word: CommandWord, start: number, end: number, text: string): DocumentEdit | undefined {
  const newText = word.projection.encode(text);
  if (newText !== undefined) return { ...spanOfWord(word, start, end), newText };
  const { node } = word;
  // A word that is all of its scalar may get other quotes.
  const whole = node.text === word.text && node.style !== "literal" && node.style !== "folded";
  if (!whole) return undefined;
  const written = word.text.slice(0, start) + text + word.text.slice(end);
  const edit = setScalar(node, written);
  return node.style === "plain" ? { ...edit, newText: wordYaml(written) } : edit;
}

/** A word as YAML; an argument needs no quotes in any style. */
function wordYaml(text: string): string {
  return /^--?[A-Za-z][\w.\-=/]*$/.test(text) ? text : JSON.stringify(text);
}

/** A fix of one edit; none where the edit is not possible. */
export function fixOf(title: string, safe: boolean, ...edits: (DocumentEdit | undefined)[]): RawFix[] {
  const possible = edits.flatMap((edit) => edit ?? []);
  return possible.length === edits.length ? [{ title, safe, edits: possible }] : [];
}

export function renameFlag({ word, length }: VllmArgument, name: string, safe = false): RawFix[] {
  return fixOf(`Write ${name}`, safe, rewrite(word, 0, length, name));
}

/** What to do, from a table's words: a flag or words to write, or `nothing` with a reason. */
export function mendText(instead: string | undefined): string {
  if (instead === undefined || instead === "nothing") return "Delete it.";
  return instead.startsWith("nothing: ") ? `Delete it: ${instead.slice("nothing: ".length)}.` : `Write ${instead}.`;
}

/** The same as a fix, where it is certain what to do with the value. */
export function mendFlag(container: Container, argument: VllmArgument, instead: string | undefined): RawFix[] {
  const { values, stray } = argument;
  if (instead === undefined || /^nothing\b/.test(instead))
    return values.length > 1 ? [] : removeFlag(container, argument);
  const target = /^--[\w-]+(?==|$)/.exec(instead)?.[0] ?? "";
  const flag = /^--[\w-]+(?:=[\w.-]+)?$/.test(instead) ? vllmFlags().spellings.get(target)?.flag : undefined;
  if (flag === undefined || stray !== undefined) return [];
  const wanted = target === instead && !takesNoValue(flag) ? 1 : 0;
  return values.length === wanted ? renameFlag(argument, instead) : [];
}

/** Another value for a flag, or the flag with it behind the last word. */
export function setFlag(container: Container, server: VllmServer, name: string, value: string): RawFix[] {
  const title = `Write ${name}=${value}`;
  const setting = settingOf(server, name);
  if (setting === "unknown") return [];
  if (setting === "default") return fixOf(title, false, appendWord(container, server, `${name}=${value}`));
  return fixOf(title, false, rewrite(setting.word, setting.start, setting.word.text.length, value));
}

/** Takes a flag out of `args`, with its values. Scripts are left to their author. */
export function removeFlag(container: Container, { word, values, stray, name }: VllmArgument): RawFix[] {
  const nodes = new Set<Node>(
    [word, ...values.map((value) => value.word), ...(stray ? [stray.word] : [])].map(({ node }) => node),
  );
  return fixOf(`Delete ${name}`, false, removeItems(listWith(container, word.node), nodes));
}

/** Takes single words out of `args`. */
export function removeWord(container: Container, word: CommandWord): DocumentEdit | undefined {
  return removeItems(listWith(container, word.node), new Set([word.node]));
}

function listWith(container: Container, node: Node): SeqNode | undefined {
  return [seqAt(container.root, "args"), seqAt(container.root, "command")].find((list) => list?.items.includes(node));
}

/** Neighbours go together; in block style each with its line. */
export function removeItems(list: SeqNode | undefined, nodes: ReadonlySet<Node>): DocumentEdit | undefined {
  const kept = list?.items.filter((item) => !nodes.has(item)) ?? [];
  if (list === undefined || kept.length === 0 || kept.length + nodes.size !== list.items.length) return undefined;
  const first = list.items.findIndex((item) => nodes.has(item));
  const gone = list.items.slice(first, first + nodes.size);
  const [begin] = gone;
  const last = gone.at(-1);
  if (begin === undefined || last === undefined || !gone.every((item) => nodes.has(item))) return undefined;
  if (gone.some(({ anchor }) => anchor !== undefined)) return undefined;
  const { doc } = list;
  if (list.flow) {
    const before = list.items[first - 1];
    const after = list.items[first + nodes.size];
    return before === undefined
      ? { doc, start: begin.start, end: after?.start ?? last.end, newText: "" }
      : { doc, start: before.end, end: last.end, newText: "" };
  }
  const start = lineStartAt(doc.text, begin.start);
  if (!/^\s*- +$/.test(doc.text.slice(start, begin.start))) return undefined;
  const end = lineEndAt(doc.text, contentEnd(last));
  const afterBreak = doc.text.startsWith("\r\n", end) ? end + 2 : end + 1;
  // The last line of a text without a line break at its end takes the break before it along.
  return end < doc.text.length
    ? { doc, start, end: afterBreak, newText: "" }
    : { doc, start: start - 1, end, newText: "" };
}

/** Adds a word behind the last one of a server's command, where that is a list's item. */
export function appendWord(container: Container, { command }: VllmServer, text: string): DocumentEdit | undefined {
  const last = command.words.at(-1);
  if (last === undefined || !command.items || command.words.some((word) => word.text === "--")) return undefined;
  const list = listWith(container, last.node);
  if (list === undefined || list.items.at(-1) !== last.node) return undefined;
  const { doc } = list;
  if (list.flow) return { doc, start: last.node.end, end: last.node.end, newText: `, ${wordYaml(text)}` };
  const margin = doc.text.slice(lineStartAt(doc.text, last.node.start), last.node.start);
  if (!/^\s*- +$/.test(margin)) return undefined;
  const end = lineEndAt(doc.text, contentEnd(last.node));
  return {
    doc,
    start: end,
    end,
    newText: `\n${" ".repeat(indentOf(doc.text, last.node.start) - margin.trimStart().length)}- ${wordYaml(text)}`,
  };
}

/** A further variable in `env`. */
export function addVariable({ root }: Container, variable: YamlMap & { readonly name: string }): RawFix[] {
  const title = `Set ${variable.name}`;
  const list = seqAt(root, "env");
  if (list !== undefined) return fixOf(title, false, addItem(list, variable));
  const edits = at(root, "env") === undefined ? setAll(root, ["env"], `[${flowYaml(variable)}]`) : undefined;
  return edits === undefined ? [] : [{ title, safe: false, edits }];
}

/** Takes a variable out of `env`, with the list when it was alone. */
export function removeVariable({ root }: Container, node: Node): DocumentEdit | undefined {
  const list = seqAt(root, "env");
  if (list === undefined || !list.items.includes(node)) return undefined;
  return list.items.length === 1 ? removeEntry(root, "env") : removeItems(list, new Set([node]));
}

function contentEnd(node: Node): number {
  const text = node.doc.text.slice(node.start, node.end);
  return node.start + text.trimEnd().length;
}
