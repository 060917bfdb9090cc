import type { Node, ScalarNode } from "../text/node.ts";
import { at, entriesAt, itemsAt, mapAt, resolve, scalarAt, seqAt, stringAt } from "../text/read.ts";

/** What labels have to be (apimachinery pkg/apis/meta/v1 LabelSelector): every line of it holds. */
export interface LabelSelector {
  /** `matchLabels`, with the places of the values. */
  readonly labels: ReadonlyMap<string, ScalarNode>;
  /** `matchExpressions`. */
  readonly expressions: readonly Expression[];
}

interface Expression {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values: readonly string[];
}

const operators: readonly string[] = ["In", "NotIn", "Exists", "DoesNotExist"];

/** Absent where it is empty, which selects everything, and where a part of it cannot be read here. */
export function readLabelSelector(node: Node | undefined): LabelSelector | undefined {
  const selector = mapAt(node);
  if (selector === undefined) return undefined;
  const entries = entriesAt(selector, "matchLabels");
  const labels = entries.flatMap(({ key, value }) => {
    const scalar = value.type === "scalar" ? scalarAt(value) : undefined;
    return scalar === undefined ? [] : [[key.text, scalar] as const];
  });
  const written = resolve(at(selector, "matchExpressions"));
  const items = itemsAt(selector, "matchExpressions");
  const expressions = items.flatMap((item) => readExpression(item) ?? []);
  if (labels.length !== entries.length || expressions.length !== items.length) return undefined;
  if (written !== undefined && written.type !== "seq") return undefined;
  return labels.length + expressions.length === 0 ? undefined : { labels: new Map(labels), expressions };
}

function readExpression(node: Node): Expression | undefined {
  const key = stringAt(node, "key")?.value;
  const operator = stringAt(node, "operator")?.value;
  const items = itemsAt(node, "values");
  const values = items.flatMap((value) => stringAt(value)?.value ?? []);
  if (key === undefined || operator === undefined || !operators.includes(operator)) return undefined;
  const isList = operator === "In" || operator === "NotIn";
  const isWhole = values.length === items.length && (isList ? items.length > 0 : seqAt(node, "values") === undefined);
  return isWhole ? { key, operator: operator as Expression["operator"], values } : undefined;
}

/** Whether labels fit; a label that is not there fits `NotIn` too. */
export function selectsLabels({ labels, expressions }: LabelSelector, given: ReadonlyMap<string, string>): boolean {
  return [...labels].every(([key, value]) => given.get(key) === value.text) && holds(expressions, given);
}

/** The same of the expressions alone. */
export function holds(expressions: LabelSelector["expressions"], given: ReadonlyMap<string, string>): boolean {
  return expressions.every((expression) => isMet(expression, given.get(expression.key)));
}

function isMet({ operator, values }: Expression, value: string | undefined): boolean {
  if (operator === "In" || operator === "Exists")
    return value !== undefined && (operator === "Exists" || values.includes(value));
  return value === undefined || (operator === "NotIn" && !values.includes(value));
}
