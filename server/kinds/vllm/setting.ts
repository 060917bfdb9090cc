import { spanOfWord } from "../../text/command-words.ts";
import type { Span } from "../../text/node.ts";
import { remembered } from "../../text/remembered.ts";
import { type ArgumentValue, isOpen, type VllmServer } from "./command-line.ts";
import { readFloat, readSize } from "./values.ts";

/** What a command line says of a flag. Unknown: something stands there, or may stand elsewhere, that cannot be read. */
export type Setting = ArgumentValue | "default" | "unknown";

/** The value of the last of a flag's occurrences, as argparse takes it. */
export function settingOf(server: VllmServer, name: string): Setting {
  if (!isWhole(server)) return "unknown";
  const last = server.arguments.findLast(({ flag }) => flag?.name === name);
  if (last === undefined) return "default";
  const [value] = last.values;
  const read = value !== undefined && last.path === undefined && last.match !== "joined" && !isOpen(value.text);
  return read ? value : "unknown";
}

/** A number as vLLM reads it, or the one it takes when none is written. */
export function numberOf(server: VllmServer, name: string, usual: number): number | undefined {
  const setting = settingOf(server, name);
  if (typeof setting === "string") return setting === "default" ? usual : undefined;
  return readSize(setting.text) ?? readFloat(setting.text);
}

/** A number that is written, with its place. */
export function writtenNumber(
  server: VllmServer,
  name: string,
): { readonly value: number; readonly at: ArgumentValue } | undefined {
  const setting = settingOf(server, name);
  if (typeof setting === "string") return undefined;
  const value = readSize(setting.text) ?? readFloat(setting.text);
  return value === undefined ? undefined : { value, at: setting };
}

/** Text that is written. */
export function textOf(server: VllmServer, name: string): string | undefined {
  const setting = settingOf(server, name);
  return typeof setting === "string" ? undefined : setting.text;
}

/** How a switch stands: the last of its occurrences counts. */
export function switchOf(server: VllmServer, name: string): "on" | "off" | "default" | "unknown" {
  if (!isWhole(server)) return "unknown";
  const last = server.arguments.findLast(({ flag }) => flag?.name === name);
  if (last === undefined) return "default";
  if (last.inline || last.stray !== undefined) return "unknown";
  return last.name.startsWith("--no-") ? "off" : "on";
}

/** Whether a flag stands on the command line at all. */
export function has(server: VllmServer, ...names: string[]): boolean {
  return server.arguments.some(({ flag }) => flag !== undefined && names.includes(flag.name));
}

/** A file of flags, a word that could not be read or an abbreviation of several may say anything. */
export const isWhole = remembered(
  ({ command, arguments: given }: VllmServer): boolean =>
    command.complete && !given.some(({ match, flag }) => match === "ambiguous" || flag?.name === "--config"),
);

/** Where the value of a flag stands, or the model. */
export function placeOf(server: VllmServer, name: string): Span | undefined {
  const setting = settingOf(server, name);
  if (typeof setting !== "string") return spanOfWord(setting.word, setting.start);
  return name === "--model" && setting === "default" && server.model !== undefined
    ? spanOfWord(server.model)
    : undefined;
}

/** The model, where the command line says it. */
export function modelName(server: VllmServer): string | undefined {
  const flag = settingOf(server, "--model");
  if (flag === "unknown") return undefined;
  const text = flag === "default" ? server.model?.text : flag.text;
  return text === undefined || text === "" || isOpen(text) ? undefined : text;
}
