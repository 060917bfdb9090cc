import { innerText } from "../../text/inner-text.ts";
import type { Node, ScalarNode } from "../../text/node.ts";
import { withoutStrings } from "../../text/promql/strings.ts";
import { at, itemsAt, resolve, stringAt } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";
import type { StackObject } from "../stack-object.ts";

/** A query where it is written. */
export interface WrittenQuery {
  readonly node: ScalarNode;
  /** As Prometheus gets it; offsets are those of the scalar's inner text. */
  readonly text: string;
  /** What reads its result. */
  readonly role: "trigger" | "alert" | "record" | "series" | "adapter";
  /** The trigger or the rule that holds it. */
  readonly holder: Node;
}

type Place = Pick<WrittenQuery, "role" | "holder"> & { readonly scalar: ScalarNode | undefined };

/** Where the kinds that we know have queries, by the kinds' ids. */
const places: Readonly<Record<string, (root: Node) => readonly Place[]>> = {
  "scaled-object": (root) =>
    itemsAt(root, "spec", "triggers").flatMap((holder) => {
      const asksPrometheus = stringAt(holder, "type")?.value === "prometheus";
      const server = stringAt(holder, "metadata", "serverAddress")?.value ?? "";
      if (!asksPrometheus || otherDialect.test(server)) return [];
      return [{ role: "trigger", holder, scalar: queryAt(holder, "metadata", "query") }];
    }),
  "prometheus-rule": (root) => expressions(itemsAt(root, "spec", "groups")),
  "prometheus-rules": (root) => expressions(itemsAt(root, "groups")),
  "prometheus-adapter-config": (root) => adapterQueries([...itemsAt(root, "rules"), ...itemsAt(root, "externalRules")]),
  "prometheus-adapter-values": (root) =>
    adapterQueries([...itemsAt(root, "rules", "custom"), ...itemsAt(root, "rules", "external")]),
};

/** The ids of the kinds that have queries. */
export const queryingKinds: ReadonlySet<string> = new Set(Object.keys(places));

/** VictoriaMetrics by its name, its components or its ports; its MetricsQL takes more than Prometheus does. */
const otherDialect = /victoria|\bvm(?:select|single|auth|cluster)|:84(?:27|28|81)\b/i;

function expressions(groups: readonly Node[]): Place[] {
  return groups.flatMap((group) =>
    itemsAt(group, "rules").map((holder) => {
      const role = stringAt(holder, "record") === undefined ? "alert" : "record";
      return { role, holder, scalar: queryAt(holder, "expr") };
    }),
  );
}

function adapterQueries(rules: readonly Node[]): Place[] {
  return rules.flatMap((holder) => [
    { role: "series", holder, scalar: queryAt(holder, "seriesQuery") },
    { role: "adapter", holder, scalar: queryAt(holder, "metricsQuery") },
  ]);
}

export function queriesOf(object: StackObject): WrittenQuery[] {
  const found = places[object.kind.id]?.(object.root) ?? [];
  return found.flatMap(({ scalar: node, role, holder }) => {
    if (node === undefined) return [];
    // Read again with positions: line breaks are there as the file has them.
    return [{ node, text: withPlaceHolders(innerText(node)?.text ?? node.text), role, holder }];
  });
}

/** A query. Values of labels may be filled in later; where more is, nothing can be said of it. */
export function queryAt(node: Node | undefined, ...path: readonly string[]): ScalarNode | undefined {
  const found = resolve(at(node, ...path));
  return found?.type === "scalar" && !isTemplated(withoutStrings(found.text)) ? found : undefined;
}

/** What the adapter fills in, as something of the same length and of the kind that will stand there. */
function withPlaceHolders(text: string): string {
  return text
    .replace(/<<\s*\.LabelMatchers\s*>>/g, (whole) => `_="${"_".repeat(whole.length - 4)}"`)
    .replace(/<<\s*\.(?:Series|GroupBy)\s*>>/g, (whole) => "_".repeat(whole.length));
}
