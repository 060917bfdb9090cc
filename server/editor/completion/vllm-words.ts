import { CompletionItemKind } from "vscode-languageserver/node";
import { type Flag, type FlagType, takesNoValue } from "../../kinds/vllm/flag.ts";
import { vllmFlags } from "../../kinds/vllm/flags.ts";
import { presenceIn } from "../../kinds/vllm/life.ts";
import type { Version } from "../../kinds/vllm/version.ts";
import type { InDocument } from "../schema/service.ts";
import type { Candidate, Scope } from "./candidate.ts";
import type { WordAround } from "./command-line.ts";
import { modelIds, modelNames } from "./models.ts";

/** Flags of vLLM, their values, and the model. */
export function vllmWords(word: WordAround, scope: Omit<Scope, "cursor">): InDocument & { candidates: Candidate[] } {
  const { candidates, begun } = candidatesFor(word, { ...scope, cursor: word.cursor });
  return spelt(word, candidates, begun);
}

/** Candidates for a word in its spelling, in place of what is begun of it. */
export function spelt(
  word: WordAround,
  candidates: readonly Candidate[],
  begun: number,
): InDocument & { candidates: Candidate[] } {
  const possible = candidates.flatMap((one) => {
    const text = word.spell(one.label);
    return text === undefined ? [] : [{ ...one, text }];
  });
  return { candidates: possible, start: word.start - begun, end: word.end };
}

/** `begun`: how much of the word before the place is replaced. */
function candidatesFor(word: WordAround, scope: Scope): { candidates: readonly Candidate[]; begun: number } {
  const { before, command, index, version } = word;
  const inline = /^(--?[\w-]+)=(.*)$/s.exec(before);
  if (inline !== null) return { candidates: valuesOf(flagNamed(inline[1]), scope), begun: inline[2]?.length ?? 0 };
  if (/^--[\w-]+\./.test(before)) return { candidates: [], begun: before.length };
  if (before.startsWith("-")) return { candidates: flags(word, version), begun: before.length };
  const awaiting = flagNamed(command.words[index - 1]?.text);
  if (awaiting !== undefined && !takesNoValue(awaiting))
    return { candidates: valuesOf(awaiting, scope), begun: before.length };
  const models = index === 0 ? modelIds(scope) : [];
  return { candidates: before === "" ? [...models, ...flags(word, version)] : models, begun: before.length };
}

export function flagNamed(text: string | undefined): Flag | undefined {
  return text === undefined ? undefined : vllmFlags().spellings.get(text.replaceAll("_", "-"))?.flag;
}

/** The flags that a version has and that are not on the line yet. */
function flags({ command, index }: WordAround, version: Version | undefined): Candidate[] {
  const written = new Set(
    command.words.flatMap(({ text }, at) => (at === index ? [] : (flagNamed(text.split("=")[0])?.name ?? []))),
  );
  return [...vllmFlags().flags.values()]
    .filter((flag) => flag.instead === undefined && isThere(flag, version))
    .filter(({ name, type }) => !written.has(name) || type.is === "append")
    .map((flag) => ({
      label: flag.name,
      detail: wants(flag),
      documentation: flag.about,
      rank: 10,
      kind: CompletionItemKind.Property,
    }));
}

function isThere({ life }: Flag, version: Version | undefined): boolean {
  if (version === undefined) return life.last === undefined;
  return /^(?:there|unsure)$/.test(presenceIn(life, version));
}

function valuesOf(flag: Flag | undefined, scope: Scope): readonly Candidate[] {
  if (flag === undefined) return [];
  if (flag.name === "--served-model-name") return modelNames(scope);
  if (/^--(?:model|tokenizer)$/.test(flag.name)) return modelIds(scope);
  return choicesOf(flag);
}

/** The values of a flag that has a list of them. */
export function choicesOf({ name, type, default: usual }: Pick<Flag, "name" | "type" | "default">): Candidate[] {
  if (type.is !== "one") return [];
  return type.values.map((label, rank) => ({
    label,
    detail: label === usual ? `${name}, the default` : name,
    rank,
    kind: CompletionItemKind.EnumMember,
  }));
}

const words: Readonly<Record<FlagType["is"], string>> = {
  bool: "switch",
  switch: "switch",
  text: "text",
  optional: "text or nothing",
  list: "several words",
  append: "text, may come several times",
  json: "JSON",
  "json-or-text": "JSON or text",
  int: "whole number",
  float: "number",
  ints: "whole numbers",
  size: "whole number, also 8k or 8K",
  length: "whole number, also 8k, or auto",
  one: "one of its values",
};

/** `whole number > 0, default 16`. */
export function wants({ type, default: value }: Pick<Flag, "type" | "default">): string {
  const bounds = "bounds" in type ? type.bounds.map(({ sign, limit }) => ` ${sign} ${limit}`).join("") : "";
  return `${words[type.is]}${bounds}${value === undefined ? "" : `, default ${value}`}`;
}
