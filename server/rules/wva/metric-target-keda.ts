import type { RawFix } from "../../findings/raw-finding.ts";
import type { Trigger } from "../../kinds/keda/scaled-object.ts";
import { setScalar } from "../../text/edits.ts";
import { numberAt, resolve, stringAt } from "../../text/read.ts";
import { dividedBy, type MetricTargetFinding, replicaCount, toOne } from "./metric-target-hpa.ts";

export function readsReplicaCount({ type, metadata }: Trigger): boolean {
  return type === "prometheus" && replicaCount.test(stringAt(metadata, "query")?.value ?? "");
}

/** A query that does more than pick series may mean another number on purpose; only plain ones are judged. */
const plain =
  /^\s*(?:(?:sum|max|min|avg)\s*(?:by\s*\([^()]*\)\s*)?\(\s*)?(?:wva|inferno)_desired_replicas\s*(?:\{([^{}]*)\})?\s*\)?\s*$/;

/** The matchers of a trigger whose query picks series of the replica count and does nothing else; empty without any. */
export function plainReplicaCount({ type, metadata }: Trigger): { readonly matchers: string } | undefined {
  const picked = type === "prometheus" ? plain.exec(stringAt(metadata, "query")?.value ?? "") : null;
  return picked === null ? undefined : { matchers: picked[1] ?? "" };
}

export function aboutTrigger(trigger: Trigger, object: string, variant: string | undefined): MetricTargetFinding[] {
  const query = stringAt(trigger.metadata, "query");
  const picked = plain.exec(query?.value ?? "");
  if (query === undefined || picked === null) return [];
  const found: MetricTargetFinding[] = [];
  const type = resolve(trigger.metricType?.node);
  if (type?.type === "scalar" && type.text === "Value") {
    const fixes = [{ title: "Use metricType AverageValue", safe: false, edits: [setScalar(type, "AverageValue")] }];
    found.push({ at: type, message: "value", slots: { object }, fixes });
  }
  const threshold = numberAt(trigger.metadata, "threshold");
  if (threshold !== undefined && threshold.value > 0 && threshold.value !== 1) {
    const slots = dividedBy(object, threshold.value);
    found.push({ at: threshold.node, message: "divided", slots, fixes: toOne(threshold.node) });
  }
  if (!/\bvariant_name\s*=/.test(picked[1] ?? "")) {
    const aggregated = /^\s*(?:sum|max|min|avg)\b/.test(query.value);
    const effect = aggregated ? "merged into one number" : "several series, which KEDA refuses";
    found.push({ at: query.node, message: "summed", slots: { object, effect }, fixes: select(trigger, variant) });
  }
  return found;
}

function select({ metadata }: Trigger, variant: string | undefined): RawFix[] {
  const node = resolve(stringAt(metadata, "query")?.node);
  if (node?.type !== "scalar" || variant === undefined || node.style === "literal" || node.style === "folded")
    return [];
  const query = node.text.replace(/(_desired_replicas\s*)(?:\{([^{}]*)\})?/, (_all, metric: string, labels = "") => {
    const others = labels.trim() === "" ? "" : `,${labels.trim()}`;
    return `${metric}{variant_name="${variant}"${others}}`;
  });
  return [{ title: `Select variant_name ${variant}`, safe: false, edits: [setScalar(node, query)] }];
}
