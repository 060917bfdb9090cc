import type { Graph } from "../../graph/graph.ts";
import { nearest } from "../../graph/scope.ts";
import type { AdapterRule, AdapterView } from "../../kinds/prometheus/adapter.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { itemsAt } from "../../text/read.ts";

/** A metric that an adapter near an HPA publishes. */
export interface Published {
  readonly name: string;
  readonly rule: AdapterRule;
}

/**
 * What the adapter publishes under names of its own. Absent where there is no adapter, more than one, or a rule whose
 * names come of a pattern: nobody knows all of them then.
 */
export function publishedFor(
  graph: Graph,
  hpa: StackObject,
): { readonly metrics: readonly Published[]; readonly whole: boolean } | undefined {
  const adapters = ["prometheus-adapter-config", "prometheus-adapter-values"].flatMap((id) =>
    graph.lookup(`kind/${id}`),
  );
  const [adapter, ...others] = nearest(graph, hpa, adapters, "any-namespace") as StackObject<AdapterView>[];
  if (adapter === undefined || others.length > 0) return undefined;
  const { rules } = adapter.view;
  const metrics = rules.flatMap((rule) => {
    const name = rule.as?.value;
    return name === undefined || /[$<{]/.test(name) ? [] : [{ name, rule }];
  });
  const lists = [["rules"], ["externalRules"], ["rules", "custom"], ["rules", "external"]];
  const written = lists.reduce((sum, path) => sum + itemsAt(adapter.root, ...path).length, 0);
  return { metrics, whole: metrics.length === written };
}
