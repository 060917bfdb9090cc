import type { Bound, FlagType } from "./flag.ts";

/** What is wrong with a value, in words that follow "but", and a better one where there is just one. */
export interface BadValue {
  readonly wants: string;
  readonly better: string | undefined;
}

/** Checks one word against what its flag wants; words that are filled in later are not for here. */
export function badValue(type: FlagType, text: string): BadValue | undefined {
  switch (type.is) {
    case "int":
    case "ints":
      return noneOr(text, () => badNumber(readInt(text), "a whole number", type.bounds, text));
    case "float":
      return noneOr(text, () => badNumber(readFloat(text), "a number", type.bounds, text));
    case "size":
      return noneOr(text, () => badNumber(readSize(text), "a whole number such as 8192, 8k or 8K", type.bounds, text));
    case "length":
      if (text === "auto" || text === "-1") return undefined;
      return noneOr(text, () => badNumber(readSize(text), "a whole number such as 8192, 8k or 8K", type.bounds, text));
    case "json":
      return noneOr(text, () => (isJson(text) ? undefined : { wants: "JSON", better: undefined }));
    case "json-or-text":
      return /^\s*[{[]/.test(text) && !isJson(text) ? { wants: "JSON", better: undefined } : undefined;
    case "one":
      return badChoice(type, text);
    default:
      return undefined;
  }
}

/** Options that may be absent take `None` and nothing at all for that (vllm/engine/arg_utils.py, `optional_type`). */
function noneOr(text: string, check: () => BadValue | undefined): BadValue | undefined {
  return text === "" || text === "None" ? undefined : check();
}

function badNumber(
  value: number | undefined,
  wanted: string,
  bounds: readonly Bound[],
  text: string,
): BadValue | undefined {
  if (value === undefined) return { wants: wanted, better: wholeOf(text, wanted) };
  if (bounds.every((bound) => keeps(value, bound))) return undefined;
  const wants = bounds.map(({ sign, limit }) => `${signs[sign]} ${limit}`).join(" and ");
  return { wants: `a number ${wants}`, better: percentOf(value, bounds) };
}

const signs = { ">": "above", ">=": "of at least", "<": "below", "<=": "of at most" } as const;

function keeps(value: number, { sign, limit }: Bound): boolean {
  if (sign === ">") return value > limit;
  if (sign === ">=") return value >= limit;
  return sign === "<" ? value < limit : value <= limit;
}

/** 90 where a share is wanted is 90 percent. */
function percentOf(value: number, bounds: readonly Bound[]): string | undefined {
  const share = bounds.some(({ sign, limit }) => sign.startsWith("<") && limit === 1);
  return share && value > 1 && value < 100 && Number.isInteger(value) ? String(value / 100) : undefined;
}

/** 8192.0 and 8,192 are 8192. */
function wholeOf(text: string, wanted: string): string | undefined {
  if (!wanted.startsWith("a whole number")) return undefined;
  if (/^\d+\.0+$/.test(text)) return text.replace(/\..*$/, "");
  return /^\d{1,3}(?:,\d{3})+$/.test(text) ? text.replaceAll(",", "") : undefined;
}

/** As Python's int() reads it: 1_000, +4. */
function readInt(text: string): number | undefined {
  return /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text) ? Number(text.replaceAll("_", "")) : undefined;
}

/** As Python's float() reads it. */
export function readFloat(text: string): number | undefined {
  const plain = text.trim().replace(/(\d)_(?=\d)/g, "$1");
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain)) return Number(plain);
  if (/^[+-]?inf(?:inity)?$/i.test(plain)) return plain.startsWith("-") ? -Infinity : Infinity;
  return undefined;
}

const decimal = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 } as const;
const binary = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 } as const;

/** 25.6k is 25600, 25K is 25600 as well; fractions go with small letters only (`human_readable_int`). */
export function readSize(text: string): number | undefined {
  const found = /^(?:(?<small>\d+(?:\.\d+)?)(?<by>[kmgt])|(?<large>\d+)(?<of>[KMGT]))$/.exec(text.trim())?.groups;
  if (found === undefined) return readInt(text);
  const { small, by, large, of } = found;
  return small === undefined
    ? Number(large) * binary[of as keyof typeof binary]
    : Number(small) * decimal[by as keyof typeof decimal];
}

/** JSON as Python reads it, which knows NaN and Infinity. */
function isJson(text: string): boolean {
  const plain = text.replace(/([:[,]\s*)-?(?:NaN|Infinity)(?=\s*[\],}])/g, (_all, before: string) => `${before}0`);
  try {
    JSON.parse(plain);
    return true;
  } catch {
    return isOldPairs(text);
  }
}

/** `image=2,video=1`: how some took their values before JSON. */
function isOldPairs(text: string): boolean {
  return /^\w+=[^={},"]+(?:,\w+=[^={},"]+)*$/.test(text);
}

function badChoice(type: FlagType & { is: "one" }, text: string): BadValue | undefined {
  if (type.open || type.values.includes(text)) return undefined;
  const lower = text.toLowerCase();
  const same = type.values.find((value) => value.toLowerCase() === lower);
  return { wants: `one of ${choices(type.values)}`, better: same ?? type.slips.get(lower) };
}

/** Some flags take dozens of words, and a message is read in a terminal. */
const mostChoices = 8;

function choices(values: readonly string[]): string {
  const shown = values.slice(0, mostChoices).join(", ");
  return values.length > mostChoices ? `${shown} and ${values.length - mostChoices} more` : shown;
}
