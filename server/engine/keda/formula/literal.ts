import { FormulaError } from "./error.ts";
import type { Token } from "./token.ts";

const longestInteger = 2n ** 63n - 1n;
const based = /^0[xbo]/i;
const separators = /_/g;

/** A number as it is written: with a point or an exponent a float, otherwise an integer. */
export function numberOf({ text, at }: Token): bigint | number {
  const digits = text.replace(separators, "");
  if (!based.test(digits) && /[.eE]/.test(digits)) {
    const value = Number(digits);
    if (!Number.isFinite(value)) throw new FormulaError("syntax", `${text} is too large for a float`, at);
    return value;
  }
  if (digits.length > 2 + 64) throw new FormulaError("syntax", `${text} is too large for an integer`, at);
  if (digits.length === 2 && based.test(digits)) throw new FormulaError("syntax", `${text} is no number`, at);
  const value = BigInt(digits);
  if (value > longestInteger) throw new FormulaError("syntax", `${text} is too large for an integer`, at);
  return value;
}
