import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { ScalarNode } from "../../../server/text/node.ts";
import { mapsBelow, type Operator, operator, type Planted } from "./operator.ts";
import { entryOf } from "../../../server/text/read.ts";

const querying = ["scaled-object", "prometheus-rule", "prometheus-rules"];

function queriesOf({ root }: StackObject): ScalarNode[] {
  return mapsBelow(root)
    .flatMap((map) => ["query", "expr"].map((key) => entryOf(map, key)?.value))
    .filter((node): node is ScalarNode => node?.type === "scalar");
}

/** Words of a query put in place of others, where they stand. */
function inQueries(rule: string, title: string, words: RegExp, by: string, kinds = querying): Operator {
  return operator(rule, kinds, title, (object) =>
    queriesOf(object).flatMap(({ doc, start, end }): Planted[] => {
      // Literally, in the text: block scalars and quotes stay as they are.
      const found = words.exec(doc.text.slice(start, end));
      if (found === null) return [];
      const at = start + found.index;
      const newText = found[0].replace(words, by);
      return [{ edits: [{ doc, start: at, end: at + found[0].length, newText }], at: { doc, start: at } }];
    }),
  );
}

export const queryOperators: readonly Operator[] = [
  inQueries("prometheus/query-syntax", "a bracket that is not closed", /\)$/, ""),
  inQueries("prometheus/query-syntax", "a function that nobody knows", /\brate\(/, "rte("),
  inQueries("prometheus/query-syntax", "a rate of an instant", /\[\d+m\]/, ""),
  inQueries("prometheus/unknown-metric", "a metric one letter short", /\b(vllm:\w+_waitin)g\b/, "$1"),
  inQueries("prometheus/unknown-metric", "an underscore for the colon", /\bvllm:(num_requests_\w+)/, "vllm_$1"),
  inQueries("prometheus/renamed-metric", "the cache's old name", /\bvllm:kv_cache_usage_perc\b/, "vllm:gpu_cache_usage_perc"),
  inQueries("prometheus/unknown-label", "model_id", /\bmodel_name="/, 'model_id="'),
  inQueries("prometheus/unknown-label", "a group of no label", /by \(model_name\) \(vllm/, "by (model) (vllm"),
  inQueries("prometheus/counter-without-rate", "requests since the start", /sum\(vllm:num_requests_running/, "sum(vllm:request_success_total", ["scaled-object"]),
  inQueries("prometheus/rate-of-gauge", "the rate of a queue", /sum\((vllm:num_requests_waiting(?:\{[^}]*\})?)\)/, "sum(rate($1[5m]))"),
  inQueries("prometheus/ratio-as-percentage", "a cache in per cent", /(vllm:kv_cache_usage_perc(?:\{[^}]*\})?\)) > 0\.9\d?/, "$1 > 90"),
  inQueries("prometheus/histogram-series", "a quantile without buckets", /(_seconds)_bucket/, "$1"),
  inQueries("prometheus/histogram-series", "a quantile without le", /sum by \(le\)/, "sum"),
  inQueries("wva/variant-name", "a variant that is not there", /variant_name="([^"]*)"/, 'variant_name="other"', ["scaled-object"]),
];
