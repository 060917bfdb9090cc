import { isWorkload } from "../../graph/scale-target.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import type { ArgumentValue, VllmArgument, VllmServer } from "../../kinds/vllm/command-line.ts";
import { type Flag, takesNoValue } from "../../kinds/vllm/flag.ts";
import { goneFrom, knownFrom, presenceIn } from "../../kinds/vllm/life.ts";
import { vllmVariables } from "../../kinds/vllm/variables.ts";
import type { Version } from "../../kinds/vllm/version.ts";
import { dottedSchemas } from "../../rules/vllm/dotted-key.ts";
import { argumentsOf, servingContainers, versionText } from "../../rules/vllm/servers.ts";
import { spanOfWord } from "../../text/command-words.ts";
import type { Span } from "../../text/node.ts";
import type { Scope } from "../completion/candidate.ts";
import { beside } from "../completion/cursor.ts";
import { describedAt } from "../completion/json.ts";
import { loadSchema } from "../schema/load-schema.ts";
import { code } from "./markdown.ts";
import { bytesText } from "./units.ts";

/** A flag of vLLM, or the value behind it: what it does, its default, and what counts when it is written twice. */
export async function flagAt(
  { cursor, workspace }: Scope,
  offset: number,
): Promise<{ texts: string[]; range: Span } | undefined> {
  const { object } = cursor;
  if (!isWorkload(object) || !/(?:^|\.)(?:args|command)\[\]$/.test(cursor.path)) return undefined;
  for (const serving of servingContainers(object, settingsFor(workspace, object.path))) {
    for (const { server, argument } of argumentsOf(serving)) {
      const range = spansOf(argument).find(({ doc, start, end }) => {
        return doc === object.doc && start <= offset && offset <= end;
      });
      if (range === undefined || argument.flag === undefined) continue;
      const key = await keyOf(argument.flag, argument);
      return { texts: key ?? told(argument.flag, argument, server, serving.version), range };
    }
  }
  return undefined;
}

/** One key of the JSON that a flag takes, written behind a dot. */
async function keyOf({ name }: Flag, { path, values: [value] }: VllmArgument): Promise<string[] | undefined> {
  const schema = path === undefined ? undefined : dottedSchemas[name];
  const about = schema === undefined ? undefined : describedAt(await loadSchema(schema), path?.split(".") ?? []);
  if (about === undefined) return undefined;
  const meaning = value === undefined ? undefined : about.values.get(value.text);
  const told = meaning === undefined ? [] : [`${code(value?.text ?? "")}: ${meaning}`];
  return [`\`${name}.${path}\`: ${about.text}`, ...told];
}

function spansOf({ word, length, path, values }: VllmArgument): Span[] {
  const named = path === undefined ? length : length + 1 + path.length;
  return [spanOfWord(word, 0, named), ...values.map((value) => spanOfWord(value.word, value.start))];
}

function told(flag: Flag, argument: VllmArgument, server: VllmServer, version: Version | undefined): string[] {
  const name =
    argument.match === "abbreviated"
      ? `\`${flag.name}\` (${code(argument.word.text)} is short for it)`
      : `\`${flag.name}\``;
  const about = flag.about === "" ? "" : `: ${flag.about}`;
  const byDefault = flag.default === undefined ? "" : ` Default: ${flag.default}.`;
  return [
    `${name}${about}${byDefault}`,
    ...lifeOf(flag, version),
    ...inUnits(flag, argument.values),
    ...repeated(flag, argument, server),
  ];
}

function lifeOf({ life, instead }: Flag, version: Version | undefined): string[] {
  const gone = goneFrom(life);
  const since = knownFrom(life);
  const there = version === undefined ? undefined : presenceIn(life, version);
  const own = there === "gone" || there === "not-yet" ? ` vLLM ${versionText(version)} does not have it.` : "";
  const mend = instead === undefined || instead === "" ? "" : ` Now: ${instead}.`;
  if (gone !== undefined) return [`Gone by vLLM ${versionText(gone)}.${own}${mend}`];
  if (since !== undefined) return [`There from vLLM ${versionText(since)} at the latest.${own}`];
  return own === "" ? [] : [own.trim()];
}

/** What a size or a share is in numbers. */
function inUnits({ name, type }: Flag, [value]: readonly ArgumentValue[]): string[] {
  const text = value?.text.trim() ?? "";
  if (type.is === "float" && type.bounds.some(({ sign, limit }) => sign === "<=" && limit === 1)) {
    return /^(?:0?\.\d+|1(?:\.0+)?)$/.test(text)
      ? [`${code(text)} is ${Number((Number(text) * 100).toFixed(1))} %.`]
      : [];
  }
  if (type.is !== "size" && type.is !== "length") return [];
  const count = sizeOf(text);
  if (count === undefined) return [];
  const bytes = /bytes/.test(name) ? bytesText(BigInt(Math.round(count))) : undefined;
  return [`${code(text)} is ${bytes ?? count}.`];
}

/** `32k` counts in thousands, `32K` in 1024 (vllm/engine/arg_utils.py, human_readable_int). */
function sizeOf(text: string): number | undefined {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)([kmgtKMGT])$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const power = "kmgt".indexOf(unit.toLowerCase()) + 1;
  return Number(digits) * (unit === unit.toLowerCase() ? 1000 : 1024) ** power;
}

/** argparse takes the last of several, but for flags that collect. */
function repeated(flag: Flag, { path }: VllmArgument, server: VllmServer): string[] {
  const all = server.arguments.filter((one) => one.flag === flag && one.path === undefined);
  const last = all.at(-1);
  if (path !== undefined || all.length < 2 || last === undefined || flag.type.is === "append") return [];
  const value = takesNoValue(flag) ? code(last.name) : code(last.values[0]?.text ?? "");
  return [`Written ${all.length} times: the last one counts, ${value}.`];
}

/** A variable that vLLM or a library of it reads. */
export function variableOfEngine({ cursor, workspace }: Scope): string[] {
  const { object } = cursor;
  if (!isWorkload(object) || !/(?:^|\.)env\[\]\.(?:name|value)$/.test(cursor.path)) return [];
  const variable = vllmVariables().variables.get(beside(cursor, "name") ?? "");
  if (variable === undefined || variable.about === "") return [];
  if (servingContainers(object, settingsFor(workspace, object.path)).length === 0) return [];
  const byDefault = variable.default === undefined ? "" : ` Default: ${variable.default}.`;
  return [`\`${variable.name}\`: ${variable.about}${byDefault}`];
}
