import type { QueryNode } from "../../text/promql/query.ts";
import { partsOf, treeOf } from "./check.ts";

/** A stretch of a query. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What is done with series, from the inside out. */
export type Step =
  | { readonly type: "function"; readonly name: string; readonly word: Word }
  | {
      readonly type: "aggregation";
      readonly name: string;
      readonly word: Word;
      readonly keeps: "by" | "without" | undefined;
      readonly labels: readonly Word[];
      /** The brackets of the labels, or of the operand where no labels are written. */
      readonly body: Word;
    }
  | {
      readonly type: "operation";
      /** Turned so that the series stand on the left. */
      readonly operator: string;
      /** The other side, where it is a number. */
      readonly number: number | undefined;
      readonly other: Word;
      readonly whole: Word;
    };

/** Series that a query selects by their name, with all that is done with them. */
export interface Series {
  readonly name: Word;
  readonly matchers: readonly { readonly label: Word; readonly operator: string; readonly value: Word }[];
  readonly steps: readonly Step[];
}

/** Every selection of a query; none of a query that cannot be read, or that something else completes. */
export function seriesIn(text: string): Series[] {
  const tree = treeOf(text);
  const found: Series[] = [];
  if (tree !== undefined) for (const part of partsOf(tree)) walk(text, part, [], found);
  return found;
}

function walk(text: string, node: QueryNode, steps: readonly Step[], found: Series[]): void {
  if (node.name === "VectorSelector") {
    const name = nameOf(text, node);
    if (name !== undefined) found.push({ name, matchers: matchersOf(text, node), steps });
    return;
  }
  const parts = partsOf(node);
  for (const [index, part] of parts.entries()) walk(text, part, withStep(text, node, parts, index, steps), found);
  // Operands of functions stand in a body of their own.
  const body = node.getChild("FunctionCallBody");
  if (body === null) return;
  const inner = callOf(text, node, body);
  for (const part of partsOf(body)) walk(text, part, [inner, ...steps], found);
}

function withStep(
  text: string,
  node: QueryNode,
  parts: readonly QueryNode[],
  index: number,
  steps: readonly Step[],
): readonly Step[] {
  if (node.name !== "BinaryExpr") return steps;
  const [left, right] = parts;
  const other = index === 0 ? right : left;
  if (left === undefined || other === undefined) return steps;
  const written = operatorOf(text, node, left);
  const operator = index === 0 ? written : (turned[written] ?? written);
  const number = numberIn(text, other);
  return [{ type: "operation", operator, number, other: word(text, other), whole: word(text, node) }, ...steps];
}

const turned: Readonly<Record<string, string>> = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

function operatorOf(text: string, node: QueryNode, left: QueryNode): string {
  let child = node.firstChild;
  while (child !== null && child.from < left.to) child = child.nextSibling;
  return child === null ? "" : text.slice(child.from, child.to).toLowerCase();
}

function numberIn(text: string, node: QueryNode): number | undefined {
  if (node.name === "ParenExpr" || node.name === "UnaryExpr") {
    const [inner] = partsOf(node);
    const number = inner === undefined ? undefined : numberIn(text, inner);
    const negative = node.name === "UnaryExpr" && text[node.from] === "-";
    return number === undefined ? undefined : negative ? -number : number;
  }
  if (node.name !== "NumberDurationLiteral") return undefined;
  const number = Number(text.slice(node.from, node.to).replaceAll("_", ""));
  return Number.isFinite(number) ? number : undefined;
}

function callOf(text: string, node: QueryNode, body: QueryNode): Step {
  const head = word(text, node.firstChild ?? node);
  const name = head.text.toLowerCase();
  if (node.name !== "AggregateExpr") return { type: "function", name, word: head };
  const modifier = node.getChild("AggregateModifier");
  const grouping = modifier?.getChild("GroupingLabels") ?? null;
  const keeps = modifier === null ? undefined : modifier.getChild("By") === null ? "without" : "by";
  const labels = grouping === null ? [] : childrenOf(grouping, "LabelName").map((label) => word(text, label));
  return { type: "aggregation", name, word: head, keeps, labels, body: word(text, grouping ?? body) };
}

function nameOf(text: string, node: QueryNode): Word | undefined {
  const identifier = node.getChild("Identifier");
  if (identifier !== null) return word(text, identifier);
  const named = matchersOf(text, node).find(({ label, operator }) => label.text === "__name__" && operator === "=");
  return named?.value;
}

function matchersOf(text: string, node: QueryNode): Series["matchers"] {
  const list = node.getChild("LabelMatchers");
  if (list === null) return [];
  return childrenOf(list, "UnquotedLabelMatcher").flatMap((matcher) => {
    const [label, operator, value] = ["LabelName", "MatchOp", "StringLiteral"].map((name) => matcher.getChild(name));
    if (label == null || operator == null || value == null) return [];
    const quoted = word(text, value);
    const bare = { text: quoted.text.slice(1, -1), start: quoted.start + 1, end: quoted.end - 1 };
    return [{ label: word(text, label), operator: text.slice(operator.from, operator.to), value: bare }];
  });
}

function childrenOf(node: QueryNode, name: string): QueryNode[] {
  const found: QueryNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === name) found.push(child);
  }
  return found;
}

function word(text: string, { from, to }: QueryNode): Word {
  return { text: text.slice(from, to), start: from, end: to };
}
