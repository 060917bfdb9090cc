import { dottedSchemas } from "../../rules/vllm/dotted-key.ts";
import { loadSchema } from "../schema/load-schema.ts";
import type { InDocument } from "../schema/service.ts";
import type { Candidate } from "./candidate.ts";
import type { WordAround } from "./command-line.ts";
import { type JsonPlace, jsonCandidates, jsonPlace } from "./json.ts";
import { flagNamed } from "./vllm-words.ts";

type Words = InDocument & { candidates: readonly Candidate[] };

/** Keys and values of a flag whose value is JSON that has a schema: in the JSON, and behind the flag and a dot. */
export async function connectorWords(word: WordAround): Promise<Words | undefined> {
  return (await behindDot(word)) ?? (await inJson(word));
}

async function inJson(word: WordAround): Promise<Words | undefined> {
  const { before, command, index } = word;
  const [, inline, json = ""] = /^(?:(--[\w-]+)=)?\s*(\{.*)$/s.exec(before) ?? [];
  const name = schemaNamed(inline ?? command.words[index - 1]?.text);
  if (name === undefined || json === "") return undefined;
  const place = jsonPlace(json);
  return (await words(word, name, place, false)) ?? { candidates: [], start: word.start, end: word.start };
}

const dotted = /^(?<flag>--[\w-]+)\.(?<path>[\w.-]*)(?:(?<sign>=)(?<value>[^\s]*))?$/;

/** `--kv-transfer-config.kv_role`, its value behind `=` or in the next word. */
async function behindDot(word: WordAround): Promise<Words | undefined> {
  const { before, command, index } = word;
  const own = dotted.exec(before)?.groups;
  const previous = before.startsWith("-") ? undefined : dotted.exec(command.words[index - 1]?.text ?? "")?.groups;
  const found = own ?? (previous?.["sign"] === undefined ? previous : undefined);
  const name = schemaNamed(found?.["flag"]);
  if (found === undefined || name === undefined) return undefined;
  const keys = (found["path"] ?? "").split(".");
  const last = keys.pop() ?? "";
  const asksKey = own !== undefined && own["sign"] === undefined;
  const begun = asksKey ? last : own === undefined ? before : (own["value"] ?? "");
  const written = said(word, found["flag"] ?? "");
  const around = [undefined, ...keys].map((key) => ({ key, list: false, said: key === undefined ? written : {} }));
  const place = { around, key: asksKey ? undefined : last, quoted: false, begun: begun.length };
  return words(word, name, place, true);
}

function schemaNamed(flag: string | undefined): string | undefined {
  return dottedSchemas[flagNamed(flag)?.name ?? ""];
}

/** What other words of the command say of the same flag. */
function said({ command, index }: WordAround, flag: string): Record<string, string> {
  const others = command.words.flatMap(({ text }, at) => {
    const found = at === index ? undefined : dotted.exec(text)?.groups;
    if (found?.["flag"] !== flag) return [];
    return [[found["path"] ?? "", found["value"] ?? command.words[at + 1]?.text ?? ""] as const];
  });
  return Object.fromEntries(others);
}

/** `plain`: keys and values stand as words by themselves. */
async function words(
  word: WordAround,
  name: string,
  place: JsonPlace | undefined,
  plain: boolean,
): Promise<Words | undefined> {
  const schema = place === undefined ? undefined : await loadSchema(name);
  if (place === undefined || schema === undefined) return undefined;
  const candidates = jsonCandidates(schema, place).flatMap((one) => {
    const text = word.spell(plain ? one.label : (one.text ?? one.label));
    return text === undefined ? [] : [{ ...one, text }];
  });
  return { candidates, start: word.start - place.begun, end: word.end };
}
