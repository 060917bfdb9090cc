import type { RawFix } from "../../findings/raw-finding.ts";
import type { Metric, MetricTarget } from "../../kinds/hpa/metric.ts";
import { setPath, setScalar } from "../../text/edits.ts";
import type { Node } from "../../text/node.ts";
import { entryOf, resolve } from "../../text/read.ts";
import { numberOf } from "../../text/values/quantity.ts";

/** What is wrong with one use of the metric, in the words of `wva/metric-target`. */
export type MetricTargetFinding = { readonly at: Node; readonly fixes: readonly RawFix[] } & (
  | { readonly message: "value"; readonly slots: { readonly object: string } }
  | {
      readonly message: "divided";
      readonly slots: {
        readonly object: string;
        readonly target: number;
        readonly wanted: number;
        readonly result: number;
      };
    }
  | { readonly message: "summed"; readonly slots: { readonly object: string; readonly effect: string } }
);

/** `wva_desired_replicas`, called `inferno_desired_replicas` up to WVA 0.4. */
export const replicaCount = /\b(?:wva|inferno)_desired_replicas\b/;

export function isReplicaCount({ type, name }: Metric): boolean {
  return type?.value === "External" && replicaCount.test(name?.value ?? "");
}

export function aboutMetric(metric: Metric, object: string, variant: string | undefined): MetricTargetFinding[] {
  const { target, body, name } = metric;
  const found: MetricTargetFinding[] = [];
  // Kubernetes goes by the field that is filled, whatever `type` says (pkg/controller/podautoscaler/horizontal.go).
  if (target?.value !== undefined && target.averageValue === undefined) {
    found.push({
      at: target.type?.node ?? target.value.node,
      message: "value",
      slots: { object },
      fixes: toAverage(target),
    });
  } else if (target?.averageValue !== undefined && numberOf(target.averageValue.value) !== 1) {
    const value = numberOf(target.averageValue.value);
    const at = target.averageValue.node;
    found.push({ at, message: "divided", slots: dividedBy(object, value), fixes: toOne(at) });
  }
  const selected = metric.matchLabels.has("variant_name") || hasExpressions(metric);
  if (!selected && body !== undefined && name !== undefined) {
    const edit =
      variant === undefined ? undefined : setPath(body, ["metric", "selector", "matchLabels", "variant_name"], variant);
    const fixes = edit === undefined ? [] : [{ title: `Select variant_name ${variant}`, safe: false, edits: [edit] }];
    found.push({ at: name.node, message: "summed", slots: { object, effect: "added up" }, fixes });
  }
  return found;
}

export function dividedBy(object: string, target: number) {
  return { object, target, wanted: 4, result: Math.ceil(4 / target) };
}

export function toOne(at: Node): RawFix[] {
  const node = resolve(at);
  return node?.type === "scalar" ? [{ title: "Set the target to 1", safe: false, edits: [setScalar(node, "1")] }] : [];
}

function hasExpressions({ body }: Metric): boolean {
  return entryOf(entryOf(entryOf(body, "metric")?.value, "selector")?.value, "matchExpressions") !== undefined;
}

/** `type: Value` with `value: n` becomes AverageValue with `averageValue: "1"`. */
function toAverage(target: MetricTarget): RawFix[] {
  const type = resolve(target.type?.node);
  const value = entryOf(target.node, "value");
  const number = resolve(value?.value);
  if (type?.type !== "scalar" || value?.key.type !== "scalar" || number?.type !== "scalar") return [];
  const edits = [
    setScalar(type, "AverageValue"),
    setScalar(value.key, "averageValue"),
    ...(numberOf(target.value?.value ?? { nano: 0n }) === 1 ? [] : [setScalar(number, "1")]),
  ];
  return [{ title: "Use AverageValue with target 1", safe: false, edits }];
}
