import type { Node } from "../../../server/text/node.ts";
import { itemsAt, mapAt, scalarAt } from "../../../server/text/read.ts";
import { type Operator, operator, put, textAt, write } from "./operator.ts";

function triggersOf(root: Node, type?: string): readonly Node[] {
  return itemsAt(root, "spec", "triggers").filter((trigger) => type === undefined || textAt(trigger, "type") === type);
}

/** One key in the metadata of every trigger of a type. */
function metadata(rule: string, title: string, type: string, key: string, value: string): Operator {
  return operator(rule, "scaled-object", title, ({ root }) =>
    triggersOf(root, type).flatMap((trigger) => write(scalarAt(trigger, "metadata", key), value)),
  );
}

export const kedaSignalOperators: readonly Operator[] = [
  operator("keda/several-series", "scaled-object", "a query without its sum", ({ root }) =>
    triggersOf(root, "prometheus").flatMap((trigger) => {
      const query = scalarAt(trigger, "metadata", "query");
      const inner = /^(?:sum|max)\(([^()]+)\)$/.exec(query?.text ?? "")?.[1];
      return inner === undefined ? [] : write(query, inner);
    }),
  ),
  metadata("keda/null-is-zero", "an empty answer that counts as 0", "prometheus", "ignoreNullValues", "true"),
  metadata("keda/target-of-zero", "a threshold of 0", "prometheus", "threshold", "0"),
  metadata("keda/cron-window", "a time zone that nobody knows", "cron", "timezone", "Europe/Frankfurt"),
  metadata("keda/cron-window", "more replicas than the maximum", "cron", "desiredReplicas", "99"),
  metadata("keda/activation", "activation above the threshold", "kafka", "activationLagThreshold", "600"),
  operator("keda/fallback-replicas", "scaled-object", "a fallback above the maximum", ({ root }) =>
    write(scalarAt(root, "spec", "fallback", "replicas"), "99"),
  ),
  operator("keda/metric-type", "scaled-object", "Utilization of a query", ({ root }) =>
    triggersOf(root, "prometheus").flatMap((trigger) => write(scalarAt(trigger, "metricType"), "Utilization")),
  ),
  operator("keda/authentication-missing", "scaled-object", "credentials that are not there", ({ root }) =>
    triggersOf(root).flatMap((trigger) => {
      const name = scalarAt(trigger, "authenticationRef", "name");
      return write(name, name?.text.slice(0, -1) ?? "");
    }),
  ),
  operator("keda/formula", "scaled-object", "a formula over a trigger that is not there", ({ root }) => {
    const formula = scalarAt(root, "spec", "advanced", "scalingModifiers", "formula");
    return write(formula, formula?.text.replace("waiting", "queued") ?? "");
  }),
  operator("keda/cooldown", "scaled-object", "a cooldown shorter than a start", ({ root }) =>
    write(scalarAt(root, "spec", "cooldownPeriod"), "30"),
  ),
  operator("keda/slow-wake-up", "scaled-object", "five minutes between polls", ({ root }) =>
    write(scalarAt(root, "spec", "pollingInterval"), "300"),
  ),
  operator("keda/paused", "scaled-object", "a pause left in the file", ({ root }) =>
    put(mapAt(root, "metadata"), "annotations", '{autoscaling.keda.sh/paused: "true"}', "annotations"),
  ),
];
