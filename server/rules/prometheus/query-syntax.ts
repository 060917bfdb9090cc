import type { RawFix } from "../../findings/raw-finding.ts";
import { type Name, namePart } from "../../graph/references/name.ts";
import { faultIn, type QueryFault } from "../../kinds/promql/check.ts";
import { queriesOf, queryingKinds } from "../../kinds/promql/queries.ts";
import { kinds } from "../../kinds/registry.ts";
import { defineRule } from "../rule.ts";
import { messages, wordsOf } from "./fault-words.ts";

export const querySyntax = defineRule({
  id: "prometheus/query-syntax",
  title: "Query that Prometheus refuses",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: [],
  docs: {
    summary: "A PromQL query cannot be parsed, or a part of it is not what its place wants.",
    why: "Prometheus answers with an error. A KEDA trigger then has no value: the target stays where it is, or goes to its fallback. A file of rules with one such expression is not loaded at all, and its alerts never fire. None of this shows before the cluster is under load.",
    mend: "Mend the marked place. The message says what Prometheus expects there. Queries with variables that something else fills in are left alone, and so are those for VictoriaMetrics.",
    sources: [
      "https://prometheus.io/docs/prometheus/latest/querying/basics/",
      "https://prometheus.io/docs/prometheus/latest/querying/functions/",
      "https://github.com/prometheus/prometheus/blob/main/promql/parser/functions.go",
      "https://keda.sh/docs/latest/scalers/prometheus/",
    ],
  },
  examples: {
    bad: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: serving}
spec:
  groups:
    - name: traffic
      rules:
        - record: model:requests:rate2m
          expr: |
            sum by (model_name) (
              rate(vllm:request_success_total) # <-
            )
`,
    good: `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: serving}
spec:
  groups:
    - name: traffic
      rules:
        - record: model:requests:rate2m
          expr: |
            sum by (model_name) (
              rate(vllm:request_success_total[2m])
            )
`,
  },
  messages,
  reads: kinds.filter(({ id }) => queryingKinds.has(id)),
  check({ object, report }) {
    const effect = effects[object.kind.id] ?? otherwise;
    for (const { node, text } of queriesOf(object)) {
      const fault = faultIn(text);
      if (fault === undefined) continue;
      const place = namePart(node, fault.start, Math.max(fault.end, fault.start + 1));
      report({
        at: place ?? node,
        ...wordsOf(fault, { object: object.title, effect }),
        fixes: fixesOf(fault, place),
        ...(fault.type === "too-long" && { severity: "info" }),
      });
    }
  },
});

const otherwise = "Prometheus refuses the query, and with it all that stands in the same file.";
const effects: Readonly<Record<string, string>> = {
  "scaled-object": "Prometheus refuses the query, and the trigger has no value.",
  "prometheus-adapter-config": "Prometheus refuses the query, and the metric has no value.",
  "prometheus-adapter-values": "Prometheus refuses the query, and the metric has no value.",
};

/** `metric` and `metric{…}`, to which a range can be added. */
const selector = /^[\w:]+\s*(?:\{[^}]*\})?$/;

function fixesOf(fault: QueryFault, place: Name | undefined): RawFix[] {
  if (place === undefined) return [];
  switch (fault.type) {
    case "unknown-function":
      return replaced(place, `Write ${fault.meant}`, fault.meant);
    case "escape":
      return replaced(place, "Write two backslashes", `\\${fault.text}`);
    case "argument":
      if (fault.wants !== "range" || !selector.test(place.text)) return [];
      return replaced(place, "Look at the last 5 minutes", `${place.text}[5m]`);
    default:
      return [];
  }
}

function replaced(place: Name, title: string, text: string): RawFix[] {
  const edit = place.rewrite(text);
  return edit === undefined ? [] : [{ title, safe: false, edits: [edit] }];
}
