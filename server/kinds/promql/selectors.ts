import type { QueryNode } from "../../text/promql/query.ts";

/** `metric{label="value"}` in a query. */
export interface Selector {
  readonly metric: string | undefined;
  /** Labels that are matched by `=`: all its series have one value there. */
  readonly pinned: ReadonlySet<string>;
}

/** Every selector at or below a node. */
export function selectorsIn(node: QueryNode, text: string): Selector[] {
  const found: Selector[] = [];
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.name === "VectorSelector") found.push(readSelector(next, text));
    else for (let child = next.firstChild; child !== null; child = child.nextSibling) open.push(child);
  }
  return found.reverse();
}

function readSelector(node: QueryNode, text: string): Selector {
  const cut = ({ from, to }: QueryNode) => text.slice(from, to);
  const name = node.getChild("Identifier");
  let metric = name === null ? undefined : cut(name);
  const pinned = new Set<string>();
  const matchers = node.getChild("LabelMatchers");
  for (let child = matchers?.firstChild ?? null; child !== null; child = child.nextSibling) {
    if (child.name === "QuotedLabelName") {
      metric = unquoted(cut(child));
      continue;
    }
    const [label, operator, value] = partsOf(child);
    if (label === undefined || operator === undefined || cut(operator) !== "=") continue;
    const of = unquoted(cut(label));
    if (of === "__name__" && value !== undefined) metric = unquoted(cut(value));
    else pinned.add(of);
  }
  return { metric, pinned };
}

function partsOf(node: QueryNode): QueryNode[] {
  const parts: QueryNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) parts.push(child);
  return parts;
}

function unquoted(text: string): string {
  return /^(["'`])[\s\S]*\1$/.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}
