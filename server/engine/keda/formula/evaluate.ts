import { calculate, equal, list, numeric, ordered, truth } from "./arithmetic.ts";
import { FormulaError, formulaLimits } from "./error.ts";
import { functionNamed, sumOf } from "./functions.ts";
import { isOrdering } from "./operators.ts";
import type { Binary, Call, Node, Value } from "./tree.ts";

/** What names mean here. Maps, not objects: a trigger may be called `__proto__`. */
interface Scope {
  readonly names: ReadonlyMap<string, Value>;
  readonly element?: Value;
}

export function evaluate(node: Node, names: ReadonlyMap<string, Value>): Value {
  return new Evaluation().value(node, { names });
}

class Evaluation {
  private steps = 0;

  value(node: Node, scope: Scope): Value {
    if (++this.steps > formulaLimits.steps) {
      throw new FormulaError("limit", `a formula of more than ${formulaLimits.steps} steps is given up`, node.at);
    }
    switch (node.kind) {
      case "literal":
        return node.value;
      case "name":
        return scope.names.get(node.name) ?? null;
      case "element":
        return scope.element ?? null;
      case "list":
        return node.items.map((item) => this.value(item, scope));
      case "unary":
        return this.unary(node, scope);
      case "binary":
        return this.binary(node, scope);
      case "choice":
        return this.value(truth(this.value(node.condition, scope), node.at) ? node.then : node.otherwise, scope);
      case "let":
        return this.value(node.body, {
          ...scope,
          names: new Map([...scope.names, [node.name, this.value(node.value, scope)]]),
        });
      case "call":
        return this.call(node, scope);
    }
  }

  private unary({ operator, operand, at }: Node & { kind: "unary" }, scope: Scope): Value {
    const value = this.value(operand, scope);
    if (operator === "not") return !truth(value, at);
    const number = numeric(value, at);
    return operator === "+" ? number : typeof number === "bigint" ? BigInt.asIntN(64, -number) : -number;
  }

  private binary(node: Binary, scope: Scope): Value {
    const { operator, at } = node;
    const left = this.value(node.left, scope);
    const right = () => this.value(node.right, scope);
    if (operator === "and") return truth(left, at) && truth(right(), at);
    if (operator === "or") return truth(left, at) || truth(right(), at);
    if (operator === "??") return left ?? right();
    if (operator === "==") return equal(left, right());
    if (operator === "!=") return !equal(left, right());
    if (operator === "in") {
      const among = right();
      return among !== null && list(among, at).some((item) => equal(item, left));
    }
    if (isOrdering(operator)) return ordered(operator, numeric(left, at), numeric(right(), at));
    return calculate(operator, numeric(left, at), numeric(right(), at), at);
  }

  private call(node: Call, scope: Scope): Value {
    const { apply } = functionNamed(node.name, node.at);
    const values = node.arguments.map((argument) => this.value(argument, scope));
    return apply === undefined
      ? this.overElements(node, list(values[0] ?? null, node.at), scope)
      : apply(values, node.at);
  }

  private overElements({ name, at, predicate }: Call, elements: readonly Value[], scope: Scope): Value {
    const asked = (element: Value) =>
      predicate === undefined ? element : this.value(predicate, { ...scope, element });
    const holds = (element: Value) => truth(asked(element), at);
    switch (name) {
      case "all":
        return elements.every(holds);
      case "any":
        return elements.some(holds);
      case "none":
        return !elements.some(holds);
      case "one":
        return elements.filter(holds).length === 1;
      case "count":
        return BigInt(elements.filter(holds).length);
      case "filter":
        return elements.filter(holds);
      case "find":
        return elements.find(holds) ?? null;
      case "map":
        return elements.map(asked);
      default:
        return sumOf(elements.map(asked), at);
    }
  }
}
