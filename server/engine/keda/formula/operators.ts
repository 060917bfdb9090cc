import type { BinaryOperator, Ordering } from "./tree.ts";

export interface BinarySyntax {
  readonly precedence: number;
  readonly rightToLeft?: true;
  /** Absent: expr-lang has it, we do not evaluate it. */
  readonly operator?: BinaryOperator;
}

const spelt = (
  precedence: number,
  operators: Readonly<Record<string, BinaryOperator | undefined>>,
): readonly (readonly [string, BinarySyntax])[] =>
  Object.entries(operators).map(([text, operator]) => [
    text,
    operator === undefined
      ? { precedence }
      : operator === "**"
        ? { precedence, operator, rightToLeft: true }
        : { precedence, operator },
  ]);

/** Source: expr parser/operator/operator.go, v1.17. */
export const binaryOperators: ReadonlyMap<string, BinarySyntax> = new Map<string, BinarySyntax>([
  ...spelt(0, { "|": undefined }),
  ...spelt(10, { or: "or", "||": "or" }),
  ...spelt(15, { and: "and", "&&": "and" }),
  ...spelt(20, { "==": "==", "!=": "!=", "<": "<", ">": ">", ">=": ">=", "<=": "<=", in: "in" }),
  ...spelt(20, { matches: undefined, contains: undefined, startsWith: undefined, endsWith: undefined }),
  ...spelt(25, { "..": undefined }),
  ...spelt(30, { "+": "+", "-": "-" }),
  ...spelt(60, { "*": "*", "/": "/", "%": "%" }),
  ...spelt(100, { "**": "**", "^": "**" }),
  ...spelt(500, { "??": "??" }),
]);

export const unaryOperators: ReadonlyMap<string, { precedence: number; operator: "-" | "+" | "not" }> = new Map([
  ["not", { precedence: 50, operator: "not" }],
  ["!", { precedence: 50, operator: "not" }],
  ["-", { precedence: 90, operator: "-" }],
  ["+", { precedence: 90, operator: "+" }],
]);

export function isOrdering(operator: BinaryOperator): operator is Ordering {
  return operator === "<" || operator === "<=" || operator === ">" || operator === ">=";
}
