import { CompletionItemKind } from "vscode-languageserver/node";
import { metricNamed, metrics } from "../../kinds/metrics/catalogue.ts";
import { labelNamed, labelsOf } from "../../kinds/metrics/labels.ts";
import { queryFunctions, queryWords, signatureOf, usualRanges } from "../../kinds/promql/functions.ts";
import { outwardEnd } from "../../text/projection.ts";
import { type QueryPlace, queryPlace } from "../../text/promql/place.ts";
import type { InDocument } from "../schema/service.ts";
import type { Candidate, Scope } from "./candidate.ts";
import { valuesOfLabel } from "./label-values.ts";
import { metricCandidate } from "./metric-names.ts";
import type { QueryAround } from "./query.ts";

/** What could stand at a place of a query, in the spelling of the scalar that holds it. */
export function candidatesIn(query: QueryAround, scope: Omit<Scope, "cursor">): InDocument & Found {
  const place = queryPlace(query.text, query.offset);
  const { projection, cursor } = query;
  if (place === undefined) return { candidates: [], start: 0, end: 0 };
  const isCalled = query.text[place.end] === "(";
  const known = candidatesAt(place, { ...scope, cursor });
  const candidates = known.flatMap((one) => {
    const text = spelt(one.text ?? one.label, query);
    if (text === undefined) return [];
    const { snippet, ...rest } = one;
    return [{ ...rest, text, ...(snippet !== undefined && !isCalled && { snippet }) }];
  });
  return {
    candidates,
    start: projection.outward(place.start),
    end: outwardEnd(projection, place.start, place.end),
  };
}

interface Found {
  readonly candidates: readonly Candidate[];
}

/** Words that stand in plain YAML as they are; what a projection allows there is less. */
const plain = /^[\w:.*\-/()$]+$/;

function spelt(text: string, { projection, cursor }: QueryAround): string | undefined {
  return cursor.scalar.style === "plain" && plain.test(text) ? text : projection.encode(text);
}

function candidatesAt(place: QueryPlace, scope: Scope): readonly Candidate[] {
  switch (place.in) {
    case "operand":
      return [...metrics.map((metric) => metricCandidate(metric, metric.name)), ...functions];
    case "operator":
      return words.filter(({ label }) => place.aggregated || (label !== "by" && label !== "without"));
    case "label":
      return labelsOf(place.metric === undefined ? undefined : metricNamed(place.metric)).map(
        ({ name, meaning }, rank) => ({ label: name, detail: meaning, rank, kind: CompletionItemKind.Property }),
      );
    case "value":
      if (place.label === "__name__") {
        return metrics.map((metric) => metricCandidate(metric, metric.name));
      }
      return valuesOfLabel(labelNamed(place.label), place.operator.includes("~"), scope);
    case "range":
      return usualRanges.map(([label, detail], rank) => ({ label, detail, rank, kind: CompletionItemKind.Value }));
  }
}

const functions: readonly Candidate[] = [...queryFunctions.values()].map((one) => ({
  label: one.name,
  detail: signatureOf(one),
  documentation: one.about,
  rank: one.aggregates ? 2 : 3,
  kind: CompletionItemKind.Function,
  snippet: one.takes.length === 0 ? `${one.name}()` : `${one.name}($0)`,
}));

const words: readonly Candidate[] = Object.entries(queryWords).map(([label, detail], rank) => ({
  label,
  detail,
  rank,
  kind: CompletionItemKind.Keyword,
}));
