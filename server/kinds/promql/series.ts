import { type QueryNode, readQuery } from "../../text/promql/query.ts";
import { selectorsIn } from "./selectors.ts";

/** How many series a query gives, and what makes them several. */
export type Series =
  | { readonly count: "one" }
  | { readonly count: "may" | "many"; readonly by: "metric"; readonly metric: string }
  | { readonly count: "may" | "many"; readonly by: "labels"; readonly labels: readonly string[] };

/** Who exposes a metric: each pod of the model server, each replica of the router, or somebody else. */
export type Exposer = "pod" | "router" | "other";

/** Engines, their caches and what watches their GPUs; then the endpoint picker of llm-d and of GIE. */
const ofPods = /^(?:vllm|sglang|lmcache|tgi|trtllm|DCGM_FI|nv_)[_:]/;
const ofRouters = /^(?:inference_(?:pool|extension|objective|model)_|llm_d_)/;

export function exposerOf(metric: string): Exposer {
  // `level:metric:operation` is what a recording rule has aggregated already.
  if (metric.split(":").length > 2) return "other";
  if (ofPods.test(metric)) return "pod";
  return ofRouters.test(metric) ? "router" : "other";
}

/** Undefined where a query cannot be read. */
export function seriesOf(text: string): Series | undefined {
  const query = readQuery(text);
  const root = "tree" in query ? query.tree.firstChild : null;
  return root === null ? undefined : new Counting(text).of(root, noLabels);
}

const one: Series = { count: "one" };
const noLabels: ReadonlySet<string> = new Set();

/** Functions that give one value whatever they are given, and those that take a label away. */
const single = /^(?:scalar|vector|absent|absent_over_time|time|pi)$/i;
const bucketed = /^histogram_(?:quantile|fraction)$/i;
/** Aggregations that keep series apart. */
const keepsSeries = /^(?:topk|bottomk|limitk|limit_ratio|count_values)$/i;
/** Labels that no two pods share. */
const ofOnePod = /^(?:pod|pod_name|instance|exported_pod|exported_instance|kubernetes_pod_name|UUID|gpu)$/;
const comparison = /^(?:Eql|Neq|Gtr|Lss|Gte|Lte|And|Unless)$/;

class Counting {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** `dropped`: labels that something around takes away. */
  of(node: QueryNode, dropped: ReadonlySet<string>): Series {
    switch (node.name) {
      case "NumberDurationLiteral":
      case "StringLiteral":
        return one;
      case "VectorSelector":
        return this.selector(node);
      case "AggregateExpr":
        return this.aggregate(node, dropped);
      case "FunctionCall":
        return this.call(node, dropped);
      case "BinaryExpr":
        return this.binary(node, dropped);
      default: {
        const inner = operands(node)[0];
        return inner === undefined ? one : this.of(inner, dropped);
      }
    }
  }

  private selector(node: QueryNode): Series {
    const [selector] = selectorsIn(node, this.text);
    const metric = selector?.metric;
    if (metric === undefined || [...(selector?.pinned ?? [])].some((label) => ofOnePod.test(label))) return one;
    const exposer = exposerOf(metric);
    return exposer === "other" ? one : { count: exposer === "pod" ? "many" : "may", by: "metric", metric };
  }

  private aggregate(node: QueryNode, dropped: ReadonlySet<string>): Series {
    const modifier = node.getChild("AggregateModifier");
    const body = node.getChild("FunctionCallBody");
    const operator = this.cut(node.getChild("AggregateOp"));
    const given = body === null ? [] : operands(body);
    const inner = given.at(-1);
    if (inner === undefined) return one;
    if (keepsSeries.test(operator)) {
      const first = given.length > 1 && modifier === null ? this.cut(given[0] ?? null) : "";
      return /^(?:topk|bottomk|limitk)$/i.test(operator) && first === "1" ? one : softened(this.of(inner, dropped));
    }
    if (modifier === null || modifier.getChild("By") === null) return modifier === null ? one : this.of(inner, dropped);
    const labels = this.labelsOf(modifier).filter((label) => !dropped.has(label));
    const selectors = selectorsIn(inner, this.text);
    const free = labels.filter((label) => !selectors.every(({ pinned }) => pinned.has(label)));
    if (free.length === 0) return one;
    return { count: free.some((label) => ofOnePod.test(label)) ? "many" : "may", by: "labels", labels: free };
  }

  private call(node: QueryNode, dropped: ReadonlySet<string>): Series {
    const name = this.cut(node.getChild("FunctionIdentifier"));
    const body = node.getChild("FunctionCallBody");
    const given = body === null ? [] : operands(body);
    if (single.test(name)) return one;
    const inner = given.find(({ name: type }) => type !== "NumberDurationLiteral" && type !== "StringLiteral");
    if (inner === undefined) return one;
    return this.of(inner, bucketed.test(name) ? new Set([...dropped, "le"]) : dropped);
  }

  /** Of two sides that match series by series there are no more than on either. */
  private binary(node: QueryNode, dropped: ReadonlySet<string>): Series {
    const [left, right] = operands(node);
    if (left === undefined || right === undefined) return one;
    const [a, b] = [this.of(left, dropped), this.of(right, dropped)];
    if (this.isScalar(left)) return b;
    if (this.isScalar(right)) return a;
    if (node.getChild("Or") !== null) return a.count === "one" ? softened(b) : b.count === "one" ? softened(a) : a;
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      if (comparison.test(child.name)) return a;
    }
    return a.count === "one" || b.count === "one" ? one : a;
  }

  private isScalar(node: QueryNode): boolean {
    if (node.name === "NumberDurationLiteral") return true;
    if (node.name === "ParenExpr" || node.name === "UnaryExpr")
      return operands(node).every((one) => this.isScalar(one));
    if (node.name === "BinaryExpr") return operands(node).every((one) => this.isScalar(one));
    return node.name === "FunctionCall" && /^(?:scalar|time|pi)$/i.test(this.cut(node.getChild("FunctionIdentifier")));
  }

  private labelsOf(modifier: QueryNode): string[] {
    const labels = modifier.getChild("GroupingLabels");
    const found: string[] = [];
    for (let child = labels?.firstChild ?? null; child !== null; child = child.nextSibling) found.push(this.cut(child));
    return found;
  }

  private cut(node: QueryNode | null): string {
    return node === null ? "" : this.text.slice(node.from, node.to);
  }
}

function softened(series: Series): Series {
  return series.count === "one" ? series : { ...series, count: "may" };
}

/** What a node is made of, without its operators, names and modifiers. */
function operands(node: QueryNode): QueryNode[] {
  const found: QueryNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (/(?:Expr|Selector|Literal|FunctionCall)$/.test(child.name) && child.name !== "OffsetDurationExpr")
      found.push(child);
  }
  return found;
}
