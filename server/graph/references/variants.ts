import type { StackObject } from "../../kinds/stack-object.ts";
import { resolve } from "../../text/read.ts";
import type { Graph } from "../graph.ts";
import { type Name, nameAt, namePart } from "./name.ts";
import { valuesAt } from "./places.ts";
import type { NamedTarget, Reference } from "./reference.ts";
import { objectsNamed } from "./targets.ts";

const labels = ["external", "pods", "object"].map(
  (body) => `spec.metrics[].${body}.metric.selector.matchLabels.variant_name`,
);

/** Where queries stand, by kind. */
const queries: Readonly<Record<string, string>> = {
  ScaledObject: "spec.triggers[].metadata.query",
  ScaledJob: "spec.triggers[].metadata.query",
  PrometheusRule: "spec.groups[].rules[].expr",
};

/** What is selected by the label that WVA puts on its series. */
export function variantReferences(from: StackObject): Reference[] {
  const { apiKind = "", root } = from;
  const selected =
    apiKind === "HorizontalPodAutoscaler"
      ? labels.flatMap((path) => valuesAt(root, path)).flatMap((node) => nameAt(node) ?? [])
      : [];
  const queried = Object.hasOwn(queries, apiKind)
    ? valuesAt(root, queries[apiKind] ?? "").flatMap((node) => {
        const scalar = resolve(node);
        return scalar?.type === "scalar"
          ? matchersIn(scalar.text).flatMap(({ start, end }) => namePart(scalar, start, end) ?? [])
          : [];
      })
    : [];
  return [...selected, ...queried].flatMap((at) => reference(from, at));
}

function reference(from: StackObject, at: Name): Reference[] {
  if (at.text.includes("{{") || at.text.includes("$")) return [];
  return [{ from, at, to: { type: "variant" }, byName: true, resolve: (graph) => variantsNamed(graph, from, at.text) }];
}

/**
 * `variant_name` is the name of the VariantAutoscaling (to 0.4.2 and from 0.5.1), of the scaled object (0.5.0), or of
 * the HPA or ScaledObject (0.9, which has no VariantAutoscaling).
 */
function variantsNamed(graph: Graph, from: StackObject, name: string): NamedTarget[] {
  const variants = objectsNamed(graph, from, "VariantAutoscaling", name);
  if (variants.length > 0) return variants;
  const others = ["HorizontalPodAutoscaler", "ScaledObject", "Deployment", "StatefulSet", "LeaderWorkerSet"];
  return others.flatMap((kind) => objectsNamed(graph, from, kind, name));
}

const longest = 100_000;
/** Strings and comments of PromQL are passed over, so that a matcher inside of them is none. */
const token =
  /#[^\n]*|\bvariant_name\s*=\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|`([^`]*)`)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g;

/** The names in `variant_name="…"` of a query. */
export function matchersIn(query: string): { start: number; end: number }[] {
  if (query.length > longest || !query.includes("variant_name")) return [];
  return [...query.matchAll(token)].flatMap((found) => {
    const name = found[1] ?? found[2] ?? found[3];
    const end = found.index + found[0].length - 1;
    return name === undefined || name === "" ? [] : [{ start: end - name.length, end }];
  });
}
