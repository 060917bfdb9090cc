import { FormulaError, formulaLimits } from "./error.ts";

export interface Token {
  readonly kind: "number" | "name" | "operator" | "end";
  readonly text: string;
  readonly at: number;
}

/** Words that expr-lang reads as operators, never as names (expr parser/lexer/state.go). */
const wordOperators = new Set([
  "and",
  "or",
  "not",
  "in",
  "let",
  "if",
  "else",
  "matches",
  "contains",
  "startsWith",
  "endsWith",
]);

/** Longest first: `**` before `*`. */
const operators = ["??", "?.", "::", "**", "..", "==", "!=", "<=", ">=", "&&", "||"];
const singleOperators = "+-*/%^<>!?:|,;=.#()[]{}";

const space = /\s/;
const digit = /[0-9]/;
const nameStart = /[\p{L}_$]/u;
const namePart = /[\p{L}\p{Nd}_$]/u;
/** From a digit or a point on: hexadecimal, binary, octal, or decimal with fraction and exponent. `1..3` is a range. */
const number =
  /0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:[0-9][0-9_]*(?:\.(?!\.)[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?/y;

export function tokenise(formula: string): readonly Token[] {
  if (formula.length > formulaLimits.characters) {
    throw new FormulaError("limit", `a formula longer than ${formulaLimits.characters} characters is not read`, 0);
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < formula.length) {
    const character = formula.charAt(at);
    if (space.test(character)) at++;
    else {
      const token = tokenAt(formula, at, character);
      tokens.push(token);
      at += token.text.length;
    }
  }
  tokens.push({ kind: "end", text: "", at });
  return tokens;
}

function tokenAt(formula: string, at: number, character: string): Token {
  if (digit.test(character) || (character === "." && digit.test(formula.charAt(at + 1)))) {
    number.lastIndex = at;
    return { kind: "number", text: number.exec(formula)?.[0] ?? character, at };
  }
  if (nameStart.test(character)) return nameAt(formula, at);
  const pair = formula.slice(at, at + 2);
  if (operators.includes(pair)) return { kind: "operator", text: pair, at };
  if (singleOperators.includes(character)) return { kind: "operator", text: character, at };
  if (character === '"' || character === "'" || character === "`") {
    throw new FormulaError("unsupported", "text in a formula is not evaluated here", at);
  }
  if (pair === "//" || pair === "/*")
    throw new FormulaError("unsupported", "a comment in a formula is not read here", at);
  throw new FormulaError("syntax", `${JSON.stringify(character)} means nothing in a formula`, at);
}

function nameAt(formula: string, at: number): Token {
  let end = at + 1;
  while (end < formula.length && namePart.test(formula.charAt(end))) end++;
  const text = formula.slice(at, end);
  return { kind: wordOperators.has(text) ? "operator" : "name", text, at };
}
