import type { Span } from "../../text/node.ts";
import { defineRule } from "../rule.ts";
import { boundOf, keepsRange } from "./levels.ts";
import { alertOn, metricOf, querying, readQueriesOf } from "./queries.ts";

export const ratioAsPercentage = defineRule({
  id: "prometheus/ratio-as-percentage",
  title: "Ratio compared with a percentage",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["S-17"],
  docs: {
    summary: "A metric between 0 and 1 is held against a number above 1.",
    why: "vllm:kv_cache_usage_perc is 0.8 when the cache is 80 % full, for all its name. Above 80 it never is: the alert never fires, and the trigger never scales out.",
    mend: "Divide the number by 100, or multiply the metric.",
    sources: ["https://docs.vllm.ai/en/stable/usage/metrics/"],
  },
  examples: {
    bad: alertOn("avg by (model_name) (vllm:kv_cache_usage_perc) > 90 # <-"),
    good: alertOn("avg by (model_name) (vllm:kv_cache_usage_perc) > 0.9"),
  },
  messages: {
    never: "{object}: {metric} is a ratio from 0 to 1 and never gets to {value}. Compare it with {ratio}.",
    always: "{object}: {metric} is a ratio from 0 to 1 and always below {value}. Compare it with {ratio}.",
  },
  reads: querying,
  check({ object, graph, report }) {
    for (const { query, series } of readQueriesOf(object)) {
      for (const one of series) {
        const metric = metricOf(graph, one);
        if (metric === undefined || metric.type !== "gauge" || !metric.unit.endsWith("0 to 1")) continue;
        const bound = boundOf(query, one, keepsRange);
        // The mean of saturation may pass 1.
        if (bound === undefined || bound.value <= (metric.unit === "0 to 1" ? 1 : 10) || bound.value > 100) continue;
        const ratio = String(Number((bound.value / 100).toPrecision(4)));
        const below = bound.operator.startsWith("<") || bound.operator === "!=";
        const slots = { object: object.title, metric: metric.name, value: bound.value, ratio };
        report({ at: bound.at, message: below ? "always" : "never", slots, fixes: fixesOf(bound.at, ratio) });
      }
    }
  },
});

function fixesOf(at: Span, ratio: string) {
  const { doc, start, end } = at;
  const written = doc.text.slice(start, end);
  const number = /\d[\d.]*/.exec(written);
  if (number === null) return [];
  const newText = written.replace(number[0], ratio);
  return [{ title: `Write ${ratio}`, safe: false, edits: [{ doc, start, end, newText }] }];
}
