import type { Life } from "./life.ts";

/** What a flag wants behind it. */
export type FlagType =
  /** `bool` has a `--no-` twin, `switch` has none. Neither takes a value. */
  | { readonly is: "bool" | "switch" }
  /** `optional` takes a value or none; a `list` takes several words. */
  | { readonly is: "text" | "optional" | "list" | "append" | "json" | "json-or-text" }
  /** `size` may be written 8k or 8K; a `length` may also be auto. */
  | { readonly is: "int" | "float" | "ints" | "size" | "length"; readonly bounds: readonly Bound[] }
  /** An open set is added to by plugins and newer versions. `slips` are values of other tools. */
  | {
      readonly is: "one";
      readonly values: readonly string[];
      readonly open: boolean;
      readonly slips: ReadonlyMap<string, string>;
    };

export interface Bound {
  readonly sign: ">" | ">=" | "<" | "<=";
  readonly limit: number;
}

/** A flag of `vllm serve`. */
export interface Flag {
  /** With its dashes: `--max-num-seqs`. */
  readonly name: string;
  readonly short: readonly string[];
  readonly type: FlagType;
  readonly life: Life;
  readonly default: string | undefined;
  readonly about: string;
  /** For a flag that is gone: what to write now. */
  readonly instead: string | undefined;
}

export function takesNoValue({ type }: Flag): boolean {
  return type.is === "bool" || type.is === "switch";
}

/** Reads `int >=1`, `one a,b (x=a)`, `bool`, … */
export function parseType(text: string): FlagType {
  const [word = "", ...rest] = text.split(" ");
  switch (word) {
    case "one":
    case "some":
      return { is: "one", values: rest[0]?.split(",") ?? [], open: word === "some", slips: slipsIn(text) };
    case "int":
    case "float":
    case "ints":
    case "size":
    case "length":
      return { is: word, bounds: rest.map(parseBound) };
    case "text?":
      return { is: "optional" };
    case "json?":
      return { is: "json-or-text" };
    case "bool":
    case "switch":
    case "list":
    case "append":
    case "json":
      return { is: word };
    default:
      return { is: "text" };
  }
}

function parseBound(text: string): Bound {
  const [, sign = ">=", limit = ""] = /^([<>]=?)(.+)$/.exec(text) ?? [];
  return { sign: sign as Bound["sign"], limit: Number(limit) };
}

function slipsIn(text: string): ReadonlyMap<string, string> {
  const pairs = /\((.*)\)/.exec(text)?.[1]?.split(",") ?? [];
  return new Map(pairs.map((pair) => pair.split("=") as [string, string]));
}
