import type { CommandWord } from "../../text/command-words.ts";
import type { Node } from "../../text/node.ts";
import { type Knowing, remembered } from "../../text/remembered.ts";
import type { Container } from "../workload/container.ts";
import { type Flag, takesNoValue } from "./flag.ts";
import { vllmFlags } from "./flags.ts";
import { presenceIn } from "./life.ts";
import { renderCommands, type ServerCommand, serverCommands } from "./server.ts";
import type { Version } from "./version.ts";
import { commandLines } from "./words.ts";

/** A value behind a flag: a word, or what stands in one from `start` on (`--flag=value`). */
export interface ArgumentValue {
  readonly text: string;
  readonly word: CommandWord;
  readonly start: number;
}

/** How a flag was found. `joined`: the value stands in the flag's own word, behind a space. */
export type Match = "exact" | "abbreviated" | "ambiguous" | "joined" | "unknown";

/** A flag on vLLM's command line. */
export interface VllmArgument {
  readonly match: Match;
  /** Absent where `match` is ambiguous or unknown. */
  readonly flag: Flag | undefined;
  /** The full name as it could be written: `--no-enable-lora`, `-tp`. As it is written where the flag is unknown. */
  readonly name: string;
  /** Flags that an ambiguous name may mean. */
  readonly candidates: readonly string[];
  readonly word: CommandWord;
  /** How much of the word is the flag's name. */
  readonly length: number;
  /** What follows the first dot: a path in the flag's JSON. */
  readonly path: string | undefined;
  /** The value stands in the flag's word, behind `=`. */
  readonly inline: boolean;
  readonly values: readonly ArgumentValue[];
  /** The word behind a flag without value that says true or false. */
  readonly stray: ArgumentValue | undefined;
  /** Nothing follows that could be read, though something may stand there. */
  readonly cutOff: boolean;
}

export interface VllmServer extends Knowing {
  readonly command: ServerCommand;
  readonly arguments: readonly VllmArgument[];
  readonly model: CommandWord | undefined;
}

/** The servers of a container. The version, where it is known, tells which flags an abbreviation may mean. */
export function readServers(container: Container, version: Version | undefined): readonly VllmServer[] {
  const commands = serverCommands(container);
  if (commands.length === 0) return none;
  const byVersion = serversByVersion(container);
  const key = version?.join(".") ?? "";
  let servers = byVersion.get(always) ?? byVersion.get(key);
  if (servers === undefined) {
    const readers = commands.map((command) => new Reader(command, version));
    servers = readers.map((reader) => reader.read());
    byVersion.set(readers.some(({ dependsOnVersion }) => dependsOnVersion) ? key : always, servers);
  }
  return servers;
}

/** What the renderers of a container are told. */
export const readRenderers = remembered((container: Container): readonly VllmServer[] =>
  renderCommands(container).map((command) => new Reader(command, undefined).read()),
);

/** A list of arguments that a chart puts behind its own `vllm serve`. */
export function readArguments(items: readonly Node[], version: Version | undefined): VllmServer | undefined {
  const [line] = items.length === 0 ? [] : commandLines(items);
  return line?.items === true ? new Reader(line, version).read() : undefined;
}

const none: readonly VllmServer[] = [];
/** Stands for every version, where no flag is abbreviated. */
const always = "*";
const serversByVersion = remembered((_: Container) => new Map<string, readonly VllmServer[]>());

/** A word that is filled in when the pod or the script runs, or by whoever copies the file. */
export function isOpen(text: string): boolean {
  return /\$|`|\{\{|^<.*>$/.test(text);
}

/** `-O3`, and `-n2` as argparse reads one letter with its value. */
const glued = /^-[Onr](?=\d)/;

/** Name, path behind a dot, and the rest. Groups with names would make a dictionary of every argument. */
const spelling = /^(-{1,2}[^\s=.]*)(?:\.([^\s=]*))?([\s\S]*)$/;

class Reader {
  /** Another version might have read it otherwise. */
  dependsOnVersion = false;
  private readonly command: ServerCommand;
  private readonly version: Version | undefined;
  private readonly arguments: VllmArgument[] = [];
  private model: CommandWord | undefined;
  private next = 0;

  constructor(command: ServerCommand, version: Version | undefined) {
    this.command = command;
    this.version = version;
  }

  read(): VllmServer {
    const { words } = this.command;
    while (this.next < words.length) {
      const word = words[this.next++] as CommandWord;
      if (word.text === "--") break;
      if (isFlag(word.text)) this.arguments.push(this.argument(word));
      else this.model ??= word;
    }
    return { command: this.command, arguments: this.arguments, model: this.model };
  }

  private argument(word: CommandWord): VllmArgument {
    const spelt = spelling.exec(word.text);
    const name = spelt?.[1] ?? word.text;
    const path = spelt?.[2];
    const rest = spelt?.[3] ?? "";
    const found = this.find(name, word.text);
    const inline = rest.startsWith("=");
    const joined = !inline && rest !== "" && found.flag !== undefined;
    const length = found.length ?? name.length;
    const values: ArgumentValue[] = [];
    if (inline || joined || length < name.length) {
      const from = inline
        ? word.text.indexOf("=") + 1
        : length + (/^\s*/.exec(word.text.slice(length))?.[0].length ?? 0);
      values.push({ text: word.text.slice(from), word, start: from });
    } else if (found.flag === undefined) values.push(...this.skipValues(name));
    else if (!takesNoValue(found.flag)) values.push(...this.take(path === undefined ? found.flag : undefined));
    const stray = found.flag !== undefined && takesNoValue(found.flag) && !inline ? this.stray() : undefined;
    // Not by a spread: V8 takes a microsecond for each property that stands behind one.
    return {
      match: joined ? "joined" : found.match,
      flag: found.flag,
      name: found.name,
      candidates: found.candidates,
      word,
      length,
      path,
      inline,
      values,
      stray,
      cutOff: this.next >= this.command.words.length && !this.command.complete,
    };
  }

  private find(
    written: string,
    text: string,
  ): Pick<VllmArgument, "match" | "flag" | "name" | "candidates"> & { length?: number } {
    const { spellings } = vllmFlags();
    const name = written.startsWith("--") ? written.replaceAll("_", "-") : written;
    const exact = spellings.get(name);
    if (exact !== undefined) return { match: "exact", flag: exact.flag, name, candidates: [] };
    const short = glued.exec(text)?.[0];
    const meant = short === undefined ? undefined : spellings.get(short);
    if (meant !== undefined && short !== undefined) {
      return { match: "exact", flag: meant.flag, name: short, candidates: [], length: short.length };
    }
    const candidates = this.completions(name);
    const [only] = candidates;
    if (only === undefined) return { match: "unknown", flag: undefined, name, candidates };
    if (candidates.length > 1) return { match: "ambiguous", flag: undefined, name, candidates };
    return { match: "abbreviated", flag: spellings.get(only)?.flag, name: only, candidates };
  }

  /** The spellings that begin with this, of the flags that the version has. */
  private completions(start: string): string[] {
    this.dependsOnVersion = true;
    return [...vllmFlags().spellings].flatMap(([spelling, { flag }]) =>
      spelling.startsWith(start) && this.has(flag) ? [spelling] : [],
    );
  }

  private has({ life }: Flag): boolean {
    if (this.version === undefined) return life.last === undefined;
    const presence = presenceIn(life, this.version);
    return presence === "there" || presence === "unsure";
  }

  /** The words that a flag takes: one, or all up to the next flag. */
  private take(flag: Flag | undefined): ArgumentValue[] {
    return this.takeAll(flag?.type.is === "list" || flag?.type.is === "ints" ? undefined : 1);
  }

  private takeAll(most = Number.POSITIVE_INFINITY): ArgumentValue[] {
    const values: ArgumentValue[] = [];
    const { words } = this.command;
    while (this.next < words.length && values.length < most) {
      const word = words[this.next] as CommandWord;
      if (isFlag(word.text) || word.text === "--") break;
      values.push({ text: word.text, word, start: 0 });
      this.next++;
    }
    return values;
  }

  /** Nobody knows how many values an unknown flag has; what follows is not the model, unless the flag just switches. */
  private skipValues(name: string): ArgumentValue[] {
    return /^--(?:no-)?(?:enable|disable|use)-/.test(name) ? [] : this.takeAll();
  }

  private stray(): ArgumentValue | undefined {
    const word = this.command.words[this.next];
    if (word === undefined || !/^(?:true|false|yes|no|on|off|[01])$/i.test(word.text)) return undefined;
    this.next++;
    return { text: word.text, word, start: 0 };
  }
}

/**
 * argparse takes a word with a space for a value, unless it is `--flag=a value`. `--flag value` in one word counts as a
 * flag here, since that is what was meant.
 */
function isFlag(text: string): boolean {
  const name = /^--?[A-Za-z][^\s=]*/.exec(text)?.[0];
  if (name === undefined) return false;
  return !/\s/.test(text[name.length] ?? "") || name.startsWith("--") || vllmFlags().spellings.has(name);
}
