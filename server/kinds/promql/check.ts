import type { Mistake, QueryNode } from "../../text/promql/query.ts";
import { readQuery } from "../../text/promql/query.ts";
import { withoutStrings } from "../../text/promql/strings.ts";
import type { Token } from "../../text/promql/tokens.ts";
import { nearest } from "../../text/spelling.ts";
import { type QueryFunction, type QueryType, queryFunctions } from "./functions.ts";

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Why Prometheus refuses a query: how it is written, or what its parts are. */
export type QueryFault = Stretch &
  (
    | { readonly type: "syntax"; readonly mistake: Exclude<Mistake, { readonly type: "unknown-function" }> }
    | { readonly type: "unknown-function"; readonly name: string; readonly meant: string }
    | { readonly type: "escape"; readonly text: string }
    | { readonly type: "argument"; readonly of: QueryFunction; readonly is: QueryType; readonly wants: QueryType }
    | { readonly type: "arguments"; readonly of: QueryFunction; readonly count: number }
    | { readonly type: "range-of-expression" | "offset-of-expression" | "range-in-operation" }
    | { readonly type: "result"; readonly is: QueryType }
    | { readonly type: "too-long" }
  );

/** The first fault of a query; absent also where nobody can tell. */
export function faultIn(text: string): QueryFault | undefined {
  if (isFilledInLater(text)) return undefined;
  const query = readQuery(text);
  if ("tooLong" in query) return { type: "too-long", start: 0, end: text.trimEnd().length };
  if (query.tokens.length === 0 || speaksMore(query.tokens)) return undefined;
  if ("mistake" in query) return syntaxFault(query.mistake);
  return query.tokens.flatMap(badEscape)[0] ?? new Types(text).faultOf(query.tree);
}

/** The tree of a query that Prometheus would take as it stands; absent for any other. */
export function treeOf(text: string): QueryNode | undefined {
  if (isFilledInLater(withoutStrings(text))) return undefined;
  const query = readQuery(text);
  return "tree" in query && query.tokens.length > 0 && !speaksMore(query.tokens) ? query.tree : undefined;
}

/** Variables of Grafana, of templates and of scripts, and places to fill in: `$__rate_interval`, `[[pod]]`, `<model>`. */
const filledIn = /\{\{|\$[\w{(]|\[\[|<<|%\(|%s|@[A-Z_]+@|<[A-Za-z][\w .-]*>/;

function isFilledInLater(text: string): boolean {
  return filledIn.test(text);
}

/** Words of MetricsQL, which VictoriaMetrics takes where Prometheus is expected. */
const metricsQl = /^(?:default|if|ifnot|with|keep_metric_names|limit)$/i;

function speaksMore(tokens: readonly Token[]): boolean {
  return tokens.some(({ type, text }) => type === "word" && metricsQl.test(text));
}

function syntaxFault(mistake: Mistake): QueryFault | undefined {
  const { start, end } = mistake;
  if (mistake.type === "unknown-function") {
    // Functions come and go, and other databases have their own: only a slip of the hand is certain.
    const { name } = mistake;
    const meant = queryFunctions.has(name) ? undefined : nearest(name, queryFunctions.keys());
    return meant === undefined ? undefined : { type: "unknown-function", name, meant, start, end };
  }
  // `[RATE_WINDOW]`: somebody's place to fill in.
  if (mistake.type === "unexpected" && /^_*[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(mistake.text)) return undefined;
  return { type: "syntax", mistake, start, end };
}

/** Go's escapes; Prometheus reads no others in single and double quotes (util/strutil/quote.go). */
const escapes = /\\(?:[abfnrtv\\'"]|[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?<bad>[\s\S]))/g;

function badEscape({ type, text, start }: Token): QueryFault[] {
  if (type !== "string" || text.startsWith("`")) return [];
  for (const found of text.matchAll(escapes)) {
    const isOther = /["']/.test(found[0]) && !found[0].endsWith(text[0] as string);
    if (found.groups?.["bad"] === undefined && !isOther) continue;
    const at = start + found.index;
    return [{ type: "escape", text: found[0], start: at, end: at + found[0].length }];
  }
  return [];
}

const selectors = new Set(["VectorSelector", "MatrixSelector", "SubqueryExpr", "StepInvariantExpr"]);
const expressions =
  /^(?:AggregateExpr|BinaryExpr|FunctionCall|MatrixSelector|NumberDurationLiteral|OffsetExpr|AnchoredExpr|SmoothedExpr|ParenExpr|StringLiteral|SubqueryExpr|UnaryExpr|VectorSelector|StepInvariantExpr)$/;

/** What the parts of one query are, and the first that is not what its place wants. */
class Types {
  private readonly text: string;
  private fault: QueryFault | undefined;

  constructor(text: string) {
    this.text = text;
  }

  faultOf(tree: QueryNode): QueryFault | undefined {
    const [root] = partsOf(tree);
    if (root === undefined) return undefined;
    const is = this.typeOf(root);
    if (is === "range" || is === "string") this.tell({ type: "result", is, ...stretchOf(root) });
    return this.fault;
  }

  private typeOf(node: QueryNode): QueryType {
    const parts = partsOf(node);
    const [first] = parts;
    switch (node.name) {
      case "NumberDurationLiteral":
        return "scalar";
      case "StringLiteral":
        return "string";
      case "MatrixSelector":
        if (first !== undefined && first.name !== "VectorSelector") {
          this.typeOf(first);
          this.tell({ type: "range-of-expression", start: first.to, end: node.to });
        }
        return "range";
      case "SubqueryExpr":
        if (first !== undefined) this.typeOf(first);
        return "range";
      case "OffsetExpr":
        if (first !== undefined && !selectors.has(shiftedBy(first).name)) {
          this.tell({ type: "offset-of-expression", start: first.to, end: node.to });
        }
        return first === undefined ? "instant" : this.typeOf(first);
      case "UnaryExpr":
        return first === undefined ? "instant" : this.operand(first);
      case "BinaryExpr": {
        const types = parts.map((part) => this.operand(part));
        return types.every((type) => type === "scalar") ? "scalar" : "instant";
      }
      case "AggregateExpr":
      case "FunctionCall":
        return this.call(node);
      case "VectorSelector":
        return "instant";
      default:
        return first === undefined ? "instant" : this.typeOf(first);
    }
  }

  private operand(node: QueryNode): QueryType {
    const type = this.typeOf(node);
    if (type === "range") this.tell({ type: "range-in-operation", ...stretchOf(node) });
    return type;
  }

  private call(node: QueryNode): QueryType {
    const head = node.firstChild;
    const body = node.getChild("FunctionCallBody");
    const name = head === null ? "" : this.text.slice(head.from, head.to).toLowerCase();
    const of = queryFunctions.get(name);
    const given = body === null ? [] : partsOf(body);
    const types = given.map((part) => this.typeOf(part));
    if (of === undefined) return "instant";
    if (given.length < of.least || (!of.endless && given.length > of.takes.length)) {
      this.tell({ type: "arguments", of, count: given.length, ...stretchOf(head ?? node) });
    }
    for (const [index, is] of types.entries()) {
      const wants = of.takes[index] ?? of.takes.at(-1);
      const part = given[index];
      if (wants !== undefined && part !== undefined && wants !== is) {
        this.tell({ type: "argument", of, is, wants, ...stretchOf(part) });
      }
    }
    return of.gives;
  }

  /** The innermost fault is told: what stands around it is its echo. */
  private tell(fault: QueryFault): void {
    this.fault ??= fault;
  }
}

/** In `a - b offset 5m` the grammar puts all before the word into one; Prometheus shifts the last operand alone. */
function shiftedBy(node: QueryNode): QueryNode {
  const last = node.name === "BinaryExpr" || node.name === "UnaryExpr" ? partsOf(node).at(-1) : undefined;
  return last === undefined ? node : shiftedBy(last);
}

export function partsOf(node: QueryNode): QueryNode[] {
  const parts: QueryNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (expressions.test(child.name)) parts.push(child);
  }
  return parts;
}

function stretchOf({ from, to }: QueryNode): Stretch {
  return { start: from, end: to };
}
