import type { Options, Values } from "../arguments.ts";
import type { Ask } from "../terminal/converse.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** 2 outranks 1: what was not looked at may be worse than what was found. */
export const exit = { clean: 0, found: 1, failed: 2 } as const;
export type Exit = (typeof exit)[keyof typeof exit];

/** What a command is given of the world. */
export interface Host {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Talks with whoever sits at the terminal; absent where nobody does. */
  readonly converse?: (<T>(talk: (ask: Ask) => Promise<T>) => Promise<T>) | undefined;
  /** Where the bundles stand that the build made. */
  readonly dist?: string;
  /** Resolves when whoever started us wants us to stop; absent where nobody can. */
  readonly interrupted?: (() => Promise<void>) | undefined;
  /** Loads the language server, which then owns standard input and output. */
  startServer(): void;
}

/** What a command says of itself; its help is printed from it. */
interface CommandText {
  readonly name: string;
  readonly summary: string;
  /** What stands behind the name, with the most of it that may stand there. */
  readonly operands: { readonly usage: string; readonly most: number };
  readonly about: readonly string[];
  readonly examples: readonly { readonly line: string; readonly says: string }[];
}

interface CommandOf<O extends Options> extends CommandText {
  readonly options: O;
  run(request: {
    readonly values: Values<O>;
    readonly operands: readonly string[];
    readonly terminal: Terminal;
    readonly host: Host;
    /** All that there are. */
    readonly commands: readonly Command[];
  }): Promise<Exit>;
}

/** A command as the list of commands holds it, its own types forgotten. */
export interface Command extends CommandText {
  readonly options: Options;
  readonly run: (request: never) => Promise<Exit>;
}

export function defineCommand<const O extends Options>(command: CommandOf<O>): Command {
  return command;
}
