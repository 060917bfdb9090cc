import type { RawFix } from "../../findings/raw-finding.ts";
import type { Graph } from "../../graph/graph.ts";
import { type Name, namePart } from "../../graph/references/name.ts";
import { type MetricFact, metricOfSeries } from "../../kinds/metrics/catalogue.ts";
import { recordKey } from "../../kinds/prometheus/rule-file.ts";
import { queriesOf, queryingKinds, type WrittenQuery } from "../../kinds/promql/queries.ts";
import { type Series, seriesIn, type Word } from "../../kinds/promql/selections.ts";
import { kinds } from "../../kinds/registry.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { stringAt } from "../../text/read.ts";
import { remembered } from "../../text/remembered.ts";

/** The kinds that hold queries. */
export const querying = kinds.filter(({ id }) => queryingKinds.has(id));

/** A query with the series that it selects. */
export interface ReadQuery {
  readonly query: WrittenQuery;
  readonly series: readonly Series[];
}

/** Several rules ask for the same queries. */
export const readQueriesOf = remembered((object: StackObject): readonly ReadQuery[] =>
  queriesOf(object).map((query) => ({ query, series: seriesIn(query.text).map(ownName(query)) })),
);

/** In an adapter's query the series are those of its other query, where that names them. */
function ownName({ role, holder }: WrittenQuery): (series: Series) => Series {
  return (series) => {
    if (role !== "adapter" || !/^_+$/.test(series.name.text)) return series;
    const [meant] = seriesIn(stringAt(holder, "seriesQuery")?.value ?? "");
    return meant === undefined ? series : { ...series, name: { ...series.name, text: meant.name.text } };
  };
}

/** What is known of a series, unless a rule of the workspace records one of this name. */
export function metricOf(graph: Graph, { name }: Series): MetricFact | undefined {
  const metric = metricOfSeries(name.text);
  return metric === undefined || graph.lookup(recordKey(name.text)).length > 0 ? undefined : metric;
}

/** A word of a query where the file has it. */
export function placeOf({ node }: WrittenQuery, { start, end }: Word): Name | undefined {
  return namePart(node, start, end);
}

/** Another text in a place. */
export function rewritten(place: Name | undefined, text: string, title = `Write ${text}`): RawFix[] {
  const edit = place?.rewrite(text);
  return edit === undefined ? [] : [{ title, safe: false, edits: [edit] }];
}

/** A PrometheusRule with one alert, for examples. */
export const alertOn = (expr: string) => `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: serving}
spec:
  groups:
    - name: serving
      rules:
        - alert: Serving
          for: 5m
          expr: |
            ${expr}
`;
