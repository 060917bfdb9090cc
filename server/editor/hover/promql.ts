import { metricNamed } from "../../kinds/metrics/catalogue.ts";
import { labelNamed } from "../../kinds/metrics/labels.ts";
import { queryFunctions, queryWords, signatureOf } from "../../kinds/promql/functions.ts";
import { outwardEnd } from "../../text/projection.ts";
import { queryPlace, wordAt } from "../../text/promql/place.ts";
import { describe } from "../completion/metric-names.ts";
import type { QueryAround } from "../completion/query.ts";
import type { InDocument } from "../schema/service.ts";
import { code } from "./markdown.ts";

/** What a word of a query means: a metric, a label, a function. */
export function wordOf({ text, offset, projection }: QueryAround): { texts: string[]; range: InDocument } | undefined {
  const found = wordAt(text, offset);
  if (found === undefined) return undefined;
  const { word, called } = found;
  const place = queryPlace(text, word.end);
  const said =
    place?.in === "label" ? labelNamed(word.text, knownMetric(place.metric))?.meaning : meaningOf(word.text, called);
  const range = { start: projection.outward(word.start), end: outwardEnd(projection, word.start, word.end) };
  return said === undefined ? undefined : { texts: [said], range };
}

function knownMetric(name: string | undefined) {
  return name === undefined ? undefined : metricNamed(name);
}

function meaningOf(word: string, called: boolean): string | undefined {
  const metric = called ? undefined : metricNamed(word);
  if (metric !== undefined) return describe(metric);
  const one = queryFunctions.get(word.toLowerCase());
  // `sum by (pod) (x)`: the bracket stands further on.
  if (one !== undefined && (called || one.aggregates)) return `${code(signatureOf(one))}\n\n${one.about}`;
  return Object.hasOwn(queryWords, word) ? queryWords[word as keyof typeof queryWords] : undefined;
}
