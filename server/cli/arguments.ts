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

/** An option with a text, by what the text is: `DIR`. It has no usual value. */
export interface Text extends Flag {
  readonly takes: string;
}

export type Options = Readonly<Record<string, Flag | Choice | Text>>;

export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Choice<infer Word>
    ? Word
    : O[Name] extends Text
      ? string | undefined
      : boolean;
};

export type Parsed<O extends Options> =
  | { readonly values: Values<O>; readonly positionals: readonly string[] }
  | { readonly mistake: string };

/** Reads what stands behind a command. A mistake is a sentence that says what was probably meant. */
export function parse<O extends Options>(options: O, argv: readonly string[]): Parsed<O> {
  const { tokens } = parseArgs({ args: [...argv], options: typesOf(options), strict: false, tokens: true });
  const values: Record<string, string | boolean | undefined> = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, usualOf(option)]),
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

function usualOf(option: Flag | Choice | Text): string | boolean | undefined {
  if ("of" in option) return option.of[0];
  return "takes" in option ? undefined : false;
}

function typesOf(options: Options) {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const hasValue = "of" in option || "takes" in option || option.unlisted;
      const type = hasValue ? ("string" as const) : ("boolean" as const);
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
  option: Flag | Choice | Text,
  rawName: string,
  value: string | undefined,
  isInline: boolean | undefined,
): string | undefined {
  const isMissing = value === undefined || (value.startsWith("-") && !isInline);
  if ("takes" in option) return isMissing ? `${rawName} needs a value: ${option.takes}.` : undefined;
  if (!("of" in option)) {
    return value === undefined || option.unlisted ? undefined : `${rawName} takes no value.`;
  }
  const words = listed(option.of, "or");
  if (isMissing) return `${rawName} needs a value: ${words}.`;
  if (option.of.includes(value)) return undefined;
  const near = nearest(value, option.of);
  return `${rawName} takes ${words}, not "${value}".${near === undefined ? "" : ` Did you mean ${near}?`}`;
}

function dashed(name: string): string {
  return `--${name}`;
}
