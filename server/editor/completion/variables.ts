import { CompletionItemKind } from "vscode-languageserver/node";
import { serverCommands } from "../../kinds/vllm/server.ts";
import { vllmVariables } from "../../kinds/vllm/variables.ts";
import { readContainer } from "../../kinds/workload/container.ts";
import { lineStartAt } from "../../text/layout.ts";
import { itemsAt, stringAt } from "../../text/read.ts";
import { loadSchema, type Schema } from "../schema/load-schema.ts";
import type { Place } from "../schema/place.ts";
import type { InDocument } from "../schema/service.ts";
import type { Candidate } from "./candidate.ts";
import { cursorAt } from "./cursor.ts";

/** Names of the variables that vLLM, and LMCache within it, read: where a container starts vLLM. */
export async function variablesAt(
  place: Place,
): Promise<(InDocument & { candidates: readonly Candidate[] }) | undefined> {
  const { text } = place.doc;
  if (!/\bname["']?:/.test(text.slice(lineStartAt(text, place.offset), place.offset))) return undefined;
  const cursor = cursorAt(place);
  const container = cursor?.holders[1];
  if (cursor === undefined || container === undefined || !/ontainers\[\]\.env\[\]\.name$/.test(cursor.path))
    return undefined;
  if (serverCommands(readContainer(container)).length === 0) return undefined;
  const written = new Set(
    itemsAt(container, "env").flatMap((item) => {
      return item === cursor.holders[0] ? [] : (stringAt(item, "name")?.value ?? []);
    }),
  );
  const { start, end } = cursor;
  const candidates = [...(await ofCache()), ...ofEngine()].filter(({ label }) => !written.has(label));
  return { candidates, start, end };
}

function ofEngine(): Candidate[] {
  return [...vllmVariables().variables.values()].map(({ name, about, default: usual }) => ({
    label: name,
    detail: usual === undefined ? "vLLM" : `vLLM, default ${usual}`,
    ...(about !== "" && { documentation: about }),
    rank: about === "" ? 2 : 1,
    kind: CompletionItemKind.Property,
  }));
}

/** LMCache reads each key of its configuration from a variable as well (lmcache/v1/config.py). */
async function ofCache(): Promise<Candidate[]> {
  const { properties = {} } = (await loadSchema("lmcache-config")) ?? {};
  const own = { label: "LMCACHE_CONFIG_FILE", detail: "LMCache", rank: 0, kind: CompletionItemKind.Property };
  return [
    { ...own, documentation: "File with the configuration; variables outrank it." },
    ...Object.entries(properties as Record<string, Schema>).map(([key, { description }]) => ({
      ...own,
      label: `LMCACHE_${key.toUpperCase()}`,
      ...(typeof description === "string" && { documentation: description }),
    })),
  ];
}
