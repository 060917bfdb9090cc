import { FormulaError } from "./error.ts";
import type { Arithmetic, Ordering, Value } from "./tree.ts";

export type Numeric = bigint | number;

export const isNumeric = (value: Value): value is Numeric => typeof value === "bigint" || typeof value === "number";
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export function numeric(value: Value, at: number): Numeric {
  if (isNumeric(value)) return value;
  throw new FormulaError("value", `${described(value)} is no number`, at);
}

export function truth(value: Value, at: number): boolean {
  if (typeof value === "boolean") return value;
  throw new FormulaError("value", `${described(value)} is neither true nor false`, at);
}

export function list(value: Value, at: number): readonly Value[] {
  if (isList(value)) return value;
  throw new FormulaError("value", `${described(value)} is no list`, at);
}

/** Two integers stay an integer of 64 bits, which wraps; division and powers are always floats (expr vm/runtime). */
export function calculate(operator: Arithmetic, left: Numeric, right: Numeric, at: number): Numeric {
  if (typeof left === "bigint" && typeof right === "bigint" && operator !== "/" && operator !== "**") {
    return BigInt.asIntN(64, integers(operator, left, right, at));
  }
  if (operator === "%") throw new FormulaError("value", "% takes integers, and what a trigger measures is a float", at);
  return floats(operator, Number(left), Number(right));
}

function integers(operator: "+" | "-" | "*" | "%", left: bigint, right: bigint, at: number): bigint {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  if (operator === "*") return left * right;
  if (right === 0n) throw new FormulaError("value", "the remainder of a division by zero does not exist", at);
  return left % right;
}

function floats(operator: "+" | "-" | "*" | "/" | "**", left: number, right: number): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  if (operator === "*") return left * right;
  return operator === "/" ? left / right : power(left, right);
}

/** Go's math.Pow, which calls every power of one a one, unlike JavaScript. */
function power(base: number, exponent: number): number {
  return base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY) ? 1 : base ** exponent;
}

export function ordered(operator: Ordering, left: Numeric, right: Numeric): boolean {
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left >= right;
}

export function equal(left: Value, right: Value): boolean {
  if (isNumeric(left) && isNumeric(right))
    return typeof left === typeof right ? left === right : Number(left) === Number(right);
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, index) => equal(item, right[index] ?? null));
  }
  return left === right;
}

export function described(value: Value): string {
  if (value === null) return "nil";
  return isList(value) ? "a list" : String(value);
}
