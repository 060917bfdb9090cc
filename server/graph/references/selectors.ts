import type { StackObject } from "../../kinds/stack-object.ts";
import type { MapNode } from "../../text/node.ts";
import { at, entriesAt, stringAt } from "../../text/read.ts";
import type { Graph } from "../graph.ts";
import { isWorkload } from "../scale-target.ts";
import { nearest } from "../scope.ts";
import { type Name, nameAt } from "./name.ts";
import { mapsAt } from "./places.ts";
import type { NamedTarget, Reference } from "./reference.ts";

/** Where the labels of pods are selected. InferencePool v1alpha2 has them without `matchLabels`. */
const selectors: Readonly<Record<string, readonly string[]>> = {
  Service: ["spec.selector"],
  InferencePool: ["spec.selector.matchLabels", "spec.selector"],
  PodDisruptionBudget: ["spec.selector.matchLabels"],
  PodMonitor: ["spec.selector.matchLabels"],
};

const fixed = "it is a label";

export function selectorReferences(from: StackObject): Reference[] {
  const paths = Object.hasOwn(selectors, from.apiKind ?? "") ? selectors[from.apiKind ?? ""] : undefined;
  const map = paths?.flatMap((path) => mapsAt(from.root, path))[0];
  if (map === undefined) return [];
  const wanted = entriesAt(map).flatMap(({ key, value }) => {
    const name = nameAt(value);
    return name === undefined ? [] : [{ key: key.text, name }];
  });
  // A selector that is only known in part selects we know not what.
  if (wanted.length !== map.entries.length || wanted.length > 100) return [];
  return wanted.map(({ key, name }) => ({
    from,
    at: name,
    to: { type: "pods" },
    byName: false,
    resolve: (graph) => podsWith(graph, from, wanted, key),
  }));
}

/** One label of the nearest pod templates that have all labels. */
function podsWith(
  graph: Graph,
  from: StackObject,
  wanted: readonly { key: string; name: Name }[],
  shown: string,
): NamedTarget[] {
  const workloads = ["deployment", "stateful-set", "leader-worker-set"].flatMap((kind) => graph.lookup(`kind/${kind}`));
  const matching = workloads.filter((workload) => {
    const labels = labelsOf(workload);
    return labels !== undefined && wanted.every(({ key, name }) => stringAt(labels, key)?.value === name.text);
  });
  return nearest(graph, from, matching).flatMap((object) => {
    const name = nameAt(at(labelsOf(object), shown));
    return name === undefined ? [] : [{ meaning: { type: "pods" }, object, name, fixed }];
  });
}

function labelsOf(workload: StackObject): MapNode | undefined {
  const template = isWorkload(workload) ? workload.view.template : undefined;
  return mapsAt(template?.root, "metadata.labels")[0];
}
