import type { Node } from "../../text/node.ts";
import { at, itemsAt, mapAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** Series of Prometheus that prometheus-adapter makes a metric of, for an HPA to ask for. */
export interface AdapterRule {
  readonly api: "custom" | "external";
  readonly node: Node;
  readonly seriesQuery: Placed<string> | undefined;
  /** Pattern of the series' names; all of them when it is not written. */
  readonly matches: Placed<string> | undefined;
  /** The metric's name, with `${1}` for the first group of the pattern. */
  readonly as: Placed<string> | undefined;
  readonly metricsQuery: Placed<string> | undefined;
}

export interface AdapterView {
  readonly rules: readonly AdapterRule[];
}

/** The configuration file, which mostly stands in a ConfigMap (prometheus-adapter pkg/config/config.go). */
export const adapterConfig = defineKind<AdapterView>({
  id: "prometheus-adapter-config",
  title: "prometheus-adapter configuration",
  schema: "prometheus-adapter-config",
  recognise: {
    hints: ["externalRules", "resourceRules", "rules"],
    content: (root) =>
      holdsRules(at(root, "rules")) ||
      holdsRules(at(root, "externalRules")) ||
      asksForResources(at(root, "resourceRules")),
  },
  view: ({ root }) => ({
    rules: [...readRules(at(root, "rules"), "custom"), ...readRules(at(root, "externalRules"), "external")],
  }),
});

/** Helm values of the chart prometheus-adapter. */
export const adapterValues = defineKind<AdapterView>({
  id: "prometheus-adapter-values",
  title: "prometheus-adapter values",
  schema: "prometheus-adapter-values",
  recognise: {
    hints: ["rules"],
    content: (root, doc) =>
      doc.carrier === undefined &&
      (["custom", "external"].some((api) => holdsRules(at(root, "rules", api))) ||
        asksForResources(at(root, "rules", "resource"))),
  },
  view: ({ root }) => ({
    rules: (["custom", "external"] as const).flatMap((api) => readRules(at(root, "rules", api), api)),
  }),
});

/** Nobody else has lists of this key. */
function holdsRules(list: Node | undefined): boolean {
  return itemsAt(list).some((item) => at(item, "seriesQuery") !== undefined);
}

function asksForResources(rules: Node | undefined): boolean {
  return ["cpu", "memory"].some((resource) => at(rules, resource, "containerQuery") !== undefined);
}

function readRules(list: Node | undefined, api: AdapterRule["api"]): AdapterRule[] {
  return itemsAt(list).flatMap((item) => {
    const node = mapAt(item);
    if (node === undefined) return [];
    const [matches, as] = [stringAt(node, "name", "matches"), stringAt(node, "name", "as")];
    const metricsQuery = stringAt(node, "metricsQuery");
    return [{ api, node, seriesQuery: stringAt(node, "seriesQuery"), matches, as, metricsQuery }];
  });
}
