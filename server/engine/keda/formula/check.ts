import { FormulaError } from "./error.ts";
import { functionNamed, isFunctionName } from "./functions.ts";
import { isOrdering } from "./operators.ts";
import type { Binary, Call, Node } from "./tree.ts";

/** What is known of a value before the formula runs. `any` may turn out to be whatever is asked for. */
export type Type = "int" | "float" | "bool" | "nil" | "list" | "any";

const isNumber = (type: Type) => type === "int" || type === "float" || type === "any";
const isTruth = (type: Type) => type === "bool" || type === "any";

/** The type of a formula over these triggers; throws where expr-lang's checker refuses to compile it. */
export function typeOf(node: Node, names: ReadonlyMap<string, Type>): Type {
  switch (node.kind) {
    case "literal":
      return node.value === null
        ? "nil"
        : typeof node.value === "bigint"
          ? "int"
          : typeof node.value === "number"
            ? "float"
            : "bool";
    case "name":
      return named(node, names);
    case "element":
      return "any";
    case "list":
      for (const item of node.items) typeOf(item, names);
      return "list";
    case "unary":
      return unary(node, typeOf(node.operand, names));
    case "binary":
      return binary(node, typeOf(node.left, names), typeOf(node.right, names));
    case "choice": {
      if (!isTruth(typeOf(node.condition, names))) throw refused("a condition is true or false", node.at);
      return either(typeOf(node.then, names), typeOf(node.otherwise, names));
    }
    case "let":
      if (names.has(node.name) || isFunctionName(node.name)) {
        throw new FormulaError("name", `${node.name} has a meaning already`, node.at);
      }
      return typeOf(node.body, new Map([...names, [node.name, typeOf(node.value, names)]]));
    case "call":
      return call(node, names);
  }
}

function named({ name, at }: Node & { kind: "name" }, names: ReadonlyMap<string, Type>): Type {
  const type = names.get(name);
  if (type === undefined) throw new FormulaError("name", `no trigger is named ${name}`, at);
  return type;
}

function unary({ operator, at }: Node & { kind: "unary" }, operand: Type): Type {
  if (operator === "not") {
    if (!isTruth(operand)) throw refused("not takes true or false", at);
    return "bool";
  }
  if (!isNumber(operand)) throw refused(`${operator} takes a number`, at);
  return operand;
}

function binary({ operator, at }: Binary, left: Type, right: Type): Type {
  if (operator === "and" || operator === "or") {
    if (!isTruth(left) || !isTruth(right)) throw refused(`${operator} takes true or false`, at);
    return "bool";
  }
  if (operator === "??") return either(left, right);
  if (operator === "in") {
    if (right !== "list" && right !== "any" && right !== "nil") throw refused("in takes a list", at);
    return "bool";
  }
  if (operator === "==" || operator === "!=") {
    const comparable = left === right || left === "nil" || right === "nil" || left === "any" || right === "any";
    if (!comparable && !(isNumber(left) && isNumber(right))) throw refused(`${left} and ${right} are never equal`, at);
    return "bool";
  }
  if (!isNumber(left) || !isNumber(right)) throw refused(`${operator} takes numbers`, at);
  if (isOrdering(operator)) return "bool";
  if (operator === "%") {
    if (left === "float" || right === "float")
      throw refused("% takes integers, and what a trigger measures is a float", at);
    return "int";
  }
  if (operator === "/" || operator === "**") return "float";
  if (left === "any" || right === "any") return "any";
  return left === "int" && right === "int" ? "int" : "float";
}

/** Which of two is not known: their common type, if they have one. */
function either(one: Type, other: Type): Type {
  if (one === "nil") return other;
  return other === "nil" || one === other ? one : "any";
}

function call(node: Call, names: ReadonlyMap<string, Type>): Type {
  const { name, at, predicate } = node;
  const { predicate: onElements, takes, gives } = functionNamed(name, at);
  const types = node.arguments.map((argument) => typeOf(argument, names));
  if (types.length === 0) throw refused(`${name}() lacks what it should look at`, at);
  if (takes === "one" && types.length > 1) throw refused(`${name}() takes one value`, at);
  if (onElements)
    return overList(node, types[0] ?? "any", predicate === undefined ? undefined : typeOf(predicate, names), gives);
  const ofList = name === "len" || name === "first" || name === "last";
  const fits = (type: Type) =>
    ofList ? type === "list" || type === "any" : isNumber(type) || (takes === "some" && type === "list");
  const wrong = types.find((type) => !fits(type));
  if (wrong !== undefined) throw refused(`${name}() does not take ${wrong}`, at);
  return gives;
}

/** `count` and `sum` may leave the predicate out, the others need it; `map` and `sum` make numbers of elements. */
function overList({ name, at }: Call, over: Type, predicate: Type | undefined, gives: Type): Type {
  if (over !== "list" && over !== "any") throw refused(`${name}() looks at a list`, at);
  if (predicate === undefined && name !== "count" && name !== "sum") throw refused(`${name}() lacks its condition`, at);
  const free = name === "map" || name === "sum";
  if (predicate !== undefined && !free && !isTruth(predicate))
    throw refused(`the condition of ${name}() is true or false`, at);
  return gives;
}

function refused(message: string, at: number): FormulaError {
  return new FormulaError("type", message, at);
}
