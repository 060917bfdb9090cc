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

/** An option with a text that may stand several times; each counts. */
export interface Texts extends Flag {
  readonly takesEach: string;
}

/** An option that may have a text, which then stands behind `=`: what follows a blank is a path. */
export interface MaybeText extends Flag {
  readonly mayTake: string;
}

/** An option with one of several words and perhaps where that goes, `sarif=FILE`. It may stand several times. */
export interface Routes<Word extends string = string> extends Flag {
  readonly each: readonly [Word, ...Word[]];
  readonly into: string;
}

export interface Route<Word extends string = string> {
  readonly word: Word;
  readonly into?: string;
}

type Option = Flag | Choice | Text | Texts | MaybeText | Routes;
export type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> =
  O extends Choice<infer Word>
    ? Word
    : O extends Text
      ? string | undefined
      : O extends Texts
        ? readonly string[]
        : O extends Routes<infer Word>
          ? readonly Route<Word>[]
          : O extends MaybeText
            ? string | boolean
            : boolean;

export type Values<O extends Options> = { readonly [Name in keyof O]: ValueOf<O[Name]> };

export type Parsed<O extends Options> =
  | { readonly values: Values<O>; readonly positionals: readonly string[] }
  | { readonly mistake: string };

type Value = string | boolean | undefined | readonly (string | Route)[];

/** Reads what stands behind a command. A mistake is a sentence that says what was probably meant. */
export function parse<O extends Options>(options: O, argv: readonly string[]): Parsed<O> {
  const { tokens } = parseArgs({ args: [...argv], options: typesOf(options), strict: false, tokens: true });
  const values: Record<string, Value> = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, usualOf(option)]),
  );
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) return { mistake: unknown(token.rawName, options) };
    const mistake = mistakeIn(option, token.rawName, token.value, token.inlineValue);
    if (mistake !== undefined) return { mistake };
    values[token.name] = withOne(option, values[token.name], token.value);
  }
  return { values: values as Values<O>, positionals };
}

function usualOf(option: Option): Value {
  if ("of" in option) return option.of[0];
  if ("takesEach" in option || "each" in option) return [];
  return "takes" in option ? undefined : false;
}

/** The last counts, unless each does. */
function withOne(option: Option, before: Value, value: string | undefined): Value {
  const one = value ?? true;
  if (typeof one !== "string" || !Array.isArray(before)) return one;
  return [...before, "each" in option ? routeIn(one) : one];
}

function routeIn(value: string): Route {
  const at = value.indexOf("=");
  return at < 0 ? { word: value } : { word: value.slice(0, at), into: value.slice(at + 1) };
}

function typesOf(options: Options) {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const hasValue =
        "of" in option || "takes" in option || "takesEach" in option || "each" in option || option.unlisted;
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
  option: Option,
  rawName: string,
  value: string | undefined,
  isInline: boolean | undefined,
): string | undefined {
  const isMissing = value === undefined || (value.startsWith("-") && !isInline);
  if ("takes" in option) return isMissing ? `${rawName} needs a value: ${option.takes}.` : undefined;
  if ("takesEach" in option) return isMissing ? `${rawName} needs a value: ${option.takesEach}.` : undefined;
  if ("mayTake" in option) return value === "" ? `${rawName}= needs a value: ${option.mayTake}.` : undefined;
  if (!("of" in option) && !("each" in option)) {
    return value === undefined || option.unlisted ? undefined : `${rawName} takes no value.`;
  }
  const allowed = "of" in option ? option.of : option.each;
  const words = listed(allowed, "or");
  if (isMissing) return `${rawName} needs a value: ${words}.`;
  const { word, into } = "of" in option ? { word: value } : routeIn(value);
  if (into === "") return `${rawName} ${word}= needs a value: ${"into" in option ? option.into : ""}.`;
  if (allowed.includes(word)) return undefined;
  const near = nearest(word, allowed);
  return `${rawName} takes ${words}, not "${word}".${near === undefined ? "" : ` Did you mean ${near}?`}`;
}

function dashed(name: string): string {
  return `--${name}`;
}
