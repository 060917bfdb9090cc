import { CompletionItemKind } from "vscode-languageserver/node";
import { serverFlags } from "../../kinds/lmcache/server-flags.ts";
import type { InDocument } from "../schema/service.ts";
import type { Candidate } from "./candidate.ts";
import type { WordAround } from "./command-line.ts";
import { choicesOf, spelt, wants } from "./vllm-words.ts";

/** Flags that may come several times. */
const repeated = new Set(["--l2-adapter"]);

/** Flags of `lmcache server` and their values. */
export function cacheServerWords(word: WordAround): InDocument & { candidates: Candidate[] } {
  const { before, command, index } = word;
  const [, inline, value = ""] = /^(--[\w-]+)=(.*)$/s.exec(before) ?? [];
  if (inline !== undefined) return spelt(word, valuesOf(inline), value.length);
  const awaiting = before.startsWith("-") ? [] : valuesOf(command.words[index - 1]?.text);
  return spelt(word, awaiting.length > 0 ? awaiting : flagsFor(word), before.length);
}

function valuesOf(name: string | undefined): Candidate[] {
  const flag = name === undefined ? undefined : serverFlags().get(name);
  return flag === undefined ? [] : choicesOf(flag);
}

/** Those that are not on the line yet; none where the word before waits for its value. */
function flagsFor({ before, command, index }: WordAround): Candidate[] {
  const previous = serverFlags().get(command.words[index - 1]?.text ?? "");
  const waits = previous !== undefined && previous.type.is !== "bool" && previous.type.is !== "optional";
  if (!before.startsWith("-") && (before !== "" || waits)) return [];
  const written = new Set(
    command.words.flatMap(({ text }, at) =>
      at === index ? [] : (serverFlags().get(text.split("=")[0] ?? "")?.name ?? []),
    ),
  );
  const flags = new Set(serverFlags().values());
  return [...flags]
    .filter(({ name }) => !written.has(name) || repeated.has(name))
    .map((flag) => ({
      label: flag.name,
      detail: wants(flag),
      documentation: flag.about,
      rank: 10,
      kind: CompletionItemKind.Property,
    }));
}
