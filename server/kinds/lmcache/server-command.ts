import type { CommandWord } from "../../text/command-words.ts";
import { remembered } from "../../text/remembered.ts";
import { baseName, linesOf } from "../vllm/words.ts";
import type { Container } from "../workload/container.ts";
import { goneServerFlags, type ServerFlag, serverFlags } from "./server-flags.ts";

/** A flag on the command line of `lmcache server`. */
export interface ServerArgument {
  /** As it is written. */
  readonly name: string;
  /** Absent for a name that no flag has or begins with. */
  readonly flag: ServerFlag | undefined;
  readonly word: CommandWord;
  /** The value, and where it begins in its word. */
  readonly value: { readonly text: string; readonly word: CommandWord; readonly start: number } | undefined;
  /** What stands behind a flag that takes nothing, and is no flag itself. */
  readonly stray: CommandWord | undefined;
  /** Nothing follows that could be read, though something may stand there. */
  readonly cutOff: boolean;
}

/** A command `lmcache server`, as it stands in a container. */
export interface CacheServerCommand {
  /** The word `server`, or the module. */
  readonly word: CommandWord;
  /** Started as a Python module, as before there was `lmcache server`: without the HTTP port, and maybe of that time. */
  readonly isModule: boolean;
  readonly arguments: readonly ServerArgument[];
  /** All words behind `lmcache`. */
  readonly words: readonly CommandWord[];
  /** They are items of `args` or `command`; otherwise a script has them. */
  readonly items: boolean;
  /** Nothing on the line is unread. */
  readonly complete: boolean;
}

const serverModule = "lmcache.v1.multiprocess.server";

export const cacheServers = remembered((container: Container): readonly CacheServerCommand[] =>
  linesOf(container).flatMap(({ words, items, complete }) => {
    const start = words.findIndex(({ text }, index) => {
      const next = words[index + 1]?.text;
      return (baseName(text) === "lmcache" && next === "server") || (text === "-m" && next === serverModule);
    });
    const word = words[start + 1];
    if (start < 0 || word === undefined) return [];
    const behind = words.slice(start + 2);
    return [
      {
        word,
        isModule: word.text === serverModule,
        arguments: readArguments(behind, complete),
        words: words.slice(start + 1),
        items,
        complete,
      },
    ];
  }),
);

/** The flags of each `lmcache server` that a container starts. */
export const serverArguments = remembered((container: Container): readonly ServerArgument[] =>
  cacheServers(container).flatMap((server) => server.arguments),
);

/** The value of the last of a flag's occurrences; `on` for a switch that stands alone. */
export function serverFlag({ arguments: given }: CacheServerCommand, name: string): string | undefined {
  const found = given.findLast(({ flag }) => flag?.name === name);
  return found === undefined ? undefined : (found.value?.text ?? (found.name.startsWith("--no-") ? "false" : "true"));
}

const isFlag = ({ text }: CommandWord) => /^--[A-Za-z]/.test(text);

function readArguments(words: readonly CommandWord[], complete: boolean): ServerArgument[] {
  return words.flatMap((word, index): ServerArgument[] => {
    if (!isFlag(word)) return [];
    const name = /^[^=]*/.exec(word.text)?.[0] ?? word.text;
    const flag = flagOf(name);
    const next = words[index + 1];
    const behind = next === undefined || isFlag(next) ? undefined : next;
    const inline = name.length < word.text.length;
    const takesNone = flag?.type.is === "bool";
    const start = name.length + 1;
    const value = inline
      ? { text: word.text.slice(start), word, start }
      : behind === undefined || takesNone
        ? undefined
        : { text: behind.text, word: behind, start: 0 };
    const stray = takesNone && !inline ? behind : undefined;
    return [{ name, flag, word, value, stray, cutOff: next === undefined && !complete }];
  });
}

/** The GiB of the first tier as they are written, also under the flag's earlier name. */
export function firstTier(server: CacheServerCommand): string | undefined {
  const earlier = server.arguments.findLast(({ name }) => goneServerFlags.get(name) === "--l1-size-gb");
  return serverFlag(server, "--l1-size-gb") ?? earlier?.value?.text;
}

/** argparse takes the beginning of a name for the whole, where only one begins so. */
function flagOf(name: string): ServerFlag | undefined {
  const exact = serverFlags().get(name);
  if (exact !== undefined) return exact;
  const meant = new Set([...serverFlags()].flatMap(([spelling, flag]) => (spelling.startsWith(name) ? [flag] : [])));
  return meant.size === 1 ? [...meant][0] : undefined;
}
