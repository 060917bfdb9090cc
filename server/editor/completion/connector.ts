import { loadSchema } from "../schema/load-schema.ts";
import type { InDocument } from "../schema/service.ts";
import type { Candidate } from "./candidate.ts";
import type { WordAround } from "./command-line.ts";
import { jsonCandidates, jsonPlace } from "./json.ts";
import { flagNamed } from "./vllm-words.ts";

/** Flags whose values are JSON that has a schema. */
const schemas: Readonly<Record<string, string>> = { "--kv-transfer-config": "kv-transfer-config" };

/** Keys and values in the JSON of a flag. */
export async function connectorWords(
  word: WordAround,
): Promise<(InDocument & { candidates: readonly Candidate[] }) | undefined> {
  const { before, command, index } = word;
  const [, inline, json = ""] = /^(?:(--[\w-]+)=)?\s*(\{.*)$/s.exec(before) ?? [];
  const name = schemas[flagNamed(inline ?? command.words[index - 1]?.text)?.name ?? ""];
  if (name === undefined || json === "") return undefined;
  const place = jsonPlace(json);
  const schema = place === undefined ? undefined : await loadSchema(name);
  if (place === undefined || schema === undefined) return { candidates: [], start: word.start, end: word.start };
  const candidates = jsonCandidates(schema, place).flatMap((one) => {
    const text = word.spell(one.text ?? one.label);
    return text === undefined ? [] : [{ ...one, text }];
  });
  return { candidates, start: word.start - place.begun, end: word.end };
}
