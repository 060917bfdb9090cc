import type { Options } from "../arguments.ts";
import type { Command } from "../commands/command.ts";
import { common } from "../help.ts";

/** What a shell may offer behind a command. */
export interface Grammar {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Offered[];
  /** Words that may stand without a dash. Absent: names of files. */
  readonly operands?: readonly string[];
}

export interface Offered {
  /** With its dashes. */
  readonly option: string;
  readonly says: string;
  /** Words of which one follows. */
  readonly of?: readonly string[];
  /** What follows is no listed word: the name of a file, mostly. */
  readonly takes?: string;
}

/** Operands that are a closed set of words, by the command. */
export type Operands = ReadonlyMap<string, readonly string[]>;

export function grammarOf(commands: readonly Command[], operands: Operands): readonly Grammar[] {
  return commands.map(({ name, summary, options }) => {
    const words = operands.get(name);
    return {
      name,
      summary,
      options: offered({ ...options, ...common }),
      ...(words === undefined ? {} : { operands: words }),
    };
  });
}

function offered(options: Options): Offered[] {
  return Object.entries(options).flatMap(([name, option]): Offered[] => {
    if (option.unlisted) return [];
    const { says } = option;
    const shown = { option: `--${name}`, says };
    if ("of" in option) return [{ ...shown, of: option.of }];
    return ["takes" in option ? { ...shown, takes: option.takes } : shown];
  });
}
