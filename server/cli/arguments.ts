import { parseArgs } from "node:util";
import { nearest } from "../text/spelling.ts";
import { listed } from "./report/words.ts";

/** An option that is there or not. */
export interface Flag {
  readonly says: string;
  /** Other programs pass it along, with a value: it is taken and not shown. */
  readonly unlisted?: true;
}

/** An option with one of several words. The first is the usual one. */
export interface Choice<Word extends string = string> extends Flag {
  readonly of: readonly [Word, ...Word[]];
}

export type Options = Readonly<Record<string, Flag | Choice>>;

export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Choice<infer Word> ? Word : boolean;
};

export type Parsed<O extends Options> =
  | { readonly values: Values<O>; readonly positionals: readonly string[] }
  | { readonly mistake: string };

/** Reads what stands behind a command. A mistake is a sentence that says what was probably meant. */
export function parse<O extends Options>(options: O, argv: readonly string[]): Parsed<O> {
  const { tokens } = parseArgs({ args: [...argv], options: typesOf(options), strict: false, tokens: true });
  const values: Record<string, string | boolean> = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, "of" in option ? option.of[0] : false]),
  );
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    const { rawName, value, inlineValue } = token;
    const mistake = option === undefined ? unknown(rawName, options) : mistakeIn(option, rawName, value, inlineValue);
    if (mistake !== undefined) return { mistake };
    values[token.name] = value ?? true;
  }
  return { values: values as Values<O>, positionals };
}

function typesOf(options: Options) {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const type = "of" in option || option.unlisted ? ("string" as const) : ("boolean" as const);
      return [name, name === "help" ? { type, short: "h" } : { type }];
    }),
  );
}

function unknown(rawName: string, options: Options): string {
  const listedNames = Object.entries(options).flatMap(([name, { unlisted }]) => (unlisted ? [] : [name]));
  const near = nearest(rawName, listedNames);
  const hint =
    near === undefined ? `It may be ${listed(listedNames.map(dashed), "or")}.` : `Did you mean ${dashed(near)}?`;
  return `There is no option ${rawName} here. ${hint}`;
}

function mistakeIn(
  option: Flag | Choice,
  rawName: string,
  value: string | undefined,
  isInline: boolean | undefined,
): string | undefined {
  if (!("of" in option)) {
    return value === undefined || option.unlisted ? undefined : `${rawName} takes no value.`;
  }
  const words = listed(option.of, "or");
  if (value === undefined || (value.startsWith("-") && !isInline)) return `${rawName} needs a value: ${words}.`;
  if (option.of.includes(value)) return undefined;
  const near = nearest(value, option.of);
  return `${rawName} takes ${words}, not "${value}".${near === undefined ? "" : ` Did you mean ${near}?`}`;
}

function dashed(name: string): string {
  return `--${name}`;
}
