import { described, isNumeric } from "./arithmetic.ts";
import { typeOf } from "./check.ts";
import { FormulaError } from "./error.ts";
import { evaluate } from "./evaluate.ts";
import { parseFormula } from "./parse.ts";
import type { Node, Value } from "./tree.ts";

/** A formula that KEDA would compile, over the names of triggers. */
export interface Formula {
  readonly text: string;
  readonly triggers: readonly string[];
  readonly tree: Node;
}

/**
 * Reads `scalingModifiers.formula` over these triggers (those with a name that are not cpu or memory). Throws a
 * FormulaError where expr-lang would not compile it, or where we do not know.
 */
export function compileFormula(text: string, triggers: readonly string[]): Formula {
  const tree = parseFormula(text);
  const type = typeOf(tree, new Map(triggers.map((name) => [name, "float"])));
  if (type === "bool" || type === "list" || type === "nil") {
    throw new FormulaError("type", `a formula gives a number, not ${type === "bool" ? "true or false" : type}`, 0);
  }
  return { text, triggers, tree };
}

/**
 * The composite metric. A trigger without a value is nil, which only `??` and comparisons with nil put up with; the result is
 * undefined when the formula gives nil.
 */
export function evaluateFormula({ tree, triggers }: Formula, values: ReadonlyMap<string, number>): number | undefined {
  const result: Value = evaluate(tree, new Map(triggers.map((name) => [name, values.get(name) ?? null])));
  if (result === null) return undefined;
  if (isNumeric(result)) return Number(result);
  throw new FormulaError("value", `a formula gives a number, not ${described(result)}`, 0);
}
