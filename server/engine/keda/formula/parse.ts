import { FormulaError, formulaLimits } from "./error.ts";
import { functionNamed } from "./functions.ts";
import { numberOf } from "./literal.ts";
import { type BinarySyntax, binaryOperators, isOrdering, unaryOperators } from "./operators.ts";
import { type Token, tokenise } from "./token.ts";
import type { Node } from "./tree.ts";

/** Reads a formula as expr-lang does (expr parser/parser.go, v1.17): same precedences, same oddities. */
export function parseFormula(formula: string): Node {
  const parser = new Parser(tokenise(formula));
  const node = parser.expression(0);
  parser.end();
  return node;
}

class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;
  private depth = 0;
  private predicates = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  end(): void {
    if (this.current.kind !== "end") throw this.unexpected();
  }

  expression(precedence: number): Node {
    if (++this.depth > formulaLimits.depth) {
      throw new FormulaError("limit", `a formula deeper than ${formulaLimits.depth} is not read`, this.current.at);
    }
    const node = this.expressionHere(precedence);
    this.depth--;
    return node;
  }

  private expressionHere(precedence: number): Node {
    if (precedence === 0 && this.takes("let")) return this.declaration();
    if (precedence === 0 && this.is("if")) return this.conditional();
    const node = this.binaries(this.primary(), precedence);
    return precedence === 0 ? this.choices(node) : node;
  }

  private binaries(first: Node, precedence: number): Node {
    let left = first;
    let before = "";
    for (;;) {
      const negated = this.is("not") && this.next.text === "in";
      const token = negated ? this.next : this.current;
      const syntax = token.kind === "operator" ? binaryOperators.get(token.text) : undefined;
      if (syntax === undefined || syntax.precedence < precedence) return left;
      if (before === "??" && token.text !== "??" && token.text !== "|") {
        throw new FormulaError("syntax", `${token.text} beside ?? needs parentheses`, token.at);
      }
      this.position += negated ? 2 : 1;
      left = this.binary(left, token, syntax);
      if (negated) left = { kind: "unary", at: token.at, operator: "not", operand: left };
      before = token.text;
    }
  }

  private binary(left: Node, token: Token, syntax: BinarySyntax): Node {
    if (token.text === "|") return this.call(this.name(), [left]);
    if (syntax.operator === undefined)
      throw new FormulaError("unsupported", `${token.text} is not evaluated here`, token.at);
    if (isOrdering(syntax.operator)) return this.comparisons(left, token, syntax);
    const right = this.expression(syntax.rightToLeft ? syntax.precedence : syntax.precedence + 1);
    return { kind: "binary", at: token.at, operator: syntax.operator, left, right };
  }

  /** `1 < a < 3` asks `1 < a and a < 3`. */
  private comparisons(first: Node, token: Token, syntax: BinarySyntax): Node {
    let left = first;
    let all: Node | undefined;
    let at = token.at;
    let operator = syntax.operator ?? "<";
    for (;;) {
      const right = this.expression(syntax.precedence + 1);
      const one: Node = { kind: "binary", at, operator, left, right };
      all = all === undefined ? one : { kind: "binary", at, operator: "and", left: all, right: one };
      const following = binaryOperators.get(this.current.text)?.operator;
      if (this.current.kind !== "operator" || following === undefined || !isOrdering(following)) return all;
      at = this.current.at;
      operator = following;
      left = right;
      this.position++;
    }
  }

  private choices(first: Node): Node {
    let node = first;
    while (this.is("?")) {
      const at = this.take().at;
      const elvis = this.takes(":");
      const then = elvis ? node : this.expression(0);
      if (!elvis) this.expect(":");
      node = { kind: "choice", at, condition: node, then, otherwise: this.expression(0) };
    }
    return node;
  }

  private declaration(): Node {
    const { text, at } = this.name();
    this.expect("=");
    const value = this.expression(0);
    this.expect(";");
    return { kind: "let", at, name: text, value, body: this.expression(0) };
  }

  private conditional(): Node {
    const at = this.take().at;
    const condition = this.expression(0);
    const then = this.block();
    this.expect("else");
    const otherwise = this.is("if") ? this.expression(0) : this.block();
    return { kind: "choice", at, condition, then, otherwise };
  }

  private block(): Node {
    this.expect("{");
    const node = this.expression(0);
    this.expect("}");
    return node;
  }

  private primary(): Node {
    const token = this.current;
    const unary = token.kind === "operator" ? unaryOperators.get(token.text) : undefined;
    if (unary !== undefined) {
      this.position++;
      const operand = this.expression(unary.precedence);
      return this.postfix({ kind: "unary", at: token.at, operator: unary.operator, operand });
    }
    if (this.takes("(")) {
      const node = this.expression(0);
      this.expect(")");
      return this.postfix(node);
    }
    if (this.is("#") && this.predicates > 0) return this.postfix({ kind: "element", at: this.take().at });
    if (this.takes("[")) return this.postfix({ kind: "list", at: token.at, items: this.items("]") });
    if (token.kind === "number") {
      this.position++;
      return { kind: "literal", at: token.at, value: numberOf(token) };
    }
    if (token.kind !== "name") throw this.unexpected();
    return this.postfix(this.named(this.take()));
  }

  private named(token: Token): Node {
    const { text, at } = token;
    if (text === "true" || text === "false") return { kind: "literal", at, value: text === "true" };
    if (text === "nil") return { kind: "literal", at, value: null };
    return this.is("(") ? this.call(token, []) : { kind: "name", at, name: text };
  }

  private call({ text: name, at }: Token, first: readonly Node[]): Node {
    const known = functionNamed(name, at);
    this.expect("(");
    if (!known.predicate) return { kind: "call", at, name, arguments: [...first, ...this.items(")")] };
    const list = first.length > 0 ? first : [this.expression(0)];
    const asked = first.length > 0 ? !this.is(")") : this.takes(",") && !this.is(")");
    const predicate = asked ? this.predicate() : undefined;
    this.takes(",");
    this.expect(")");
    return predicate === undefined
      ? { kind: "call", at, name, arguments: list }
      : { kind: "call", at, name, arguments: list, predicate };
  }

  private predicate(): Node {
    this.predicates++;
    const node = this.is("{") ? this.block() : this.expression(0);
    this.predicates--;
    return node;
  }

  /** Up to the closing bracket; a comma may stand before it. */
  private items(close: string): readonly Node[] {
    const items: Node[] = [];
    while (!this.takes(close)) {
      if (items.length > 0) {
        this.expect(",");
        if (this.takes(close)) break;
      }
      items.push(this.expression(0));
    }
    return items;
  }

  private postfix(node: Node): Node {
    if (this.is("[") || this.is(".") || this.is("?.")) {
      throw new FormulaError("unsupported", "looking into a value is not evaluated here", this.current.at);
    }
    return node;
  }

  private name(): Token {
    if (this.current.kind !== "name") throw this.unexpected();
    return this.take();
  }

  private get current(): Token {
    return this.tokens[this.position] ?? this.last;
  }

  private get next(): Token {
    return this.tokens[this.position + 1] ?? this.last;
  }

  private get last(): Token {
    return this.tokens.at(-1) ?? { kind: "end", text: "", at: 0 };
  }

  private take(): Token {
    const token = this.current;
    this.position++;
    return token;
  }

  private is(operator: string): boolean {
    return this.current.kind === "operator" && this.current.text === operator;
  }

  private takes(operator: string): boolean {
    const taken = this.is(operator);
    if (taken) this.position++;
    return taken;
  }

  private expect(operator: string): void {
    if (!this.takes(operator)) throw this.unexpected();
  }

  private unexpected(): FormulaError {
    const { kind, text, at } = this.current;
    if (text === "{" || text === ".." || text === "::" || text === ";") {
      return new FormulaError("unsupported", `${text} is not evaluated here`, at);
    }
    return new FormulaError("syntax", kind === "end" ? "the formula ends too early" : `${text} does not fit here`, at);
  }
}
