import type { InferencePoolView } from "../kinds/inference-pool/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { leaderWorkerSet } from "../kinds/workload/leader-worker-set.ts";
import { type PodTemplate, readPodTemplate, type Workload } from "../kinds/workload/pod-template.ts";
import { at, entriesAt, mapAt, stringAt } from "../text/read.ts";
import type { Graph } from "./graph.ts";
import { isWorkload, seenWhole } from "./scale-target.ts";
import { nearest } from "./scope.ts";

/** Pods that a workload makes, and that a pool may select. */
export interface PoolPods {
  readonly object: StackObject;
  readonly template: PodTemplate;
}

export type Pool = StackObject<InferencePoolView>;

/** The labels that a pool selects. Absent where they are filled in later. */
export function selectorOf({ root, view }: Pool): ReadonlyMap<string, string> | undefined {
  const map = mapAt(root, "spec", "selector", "matchLabels") ?? mapAt(root, "spec", "selector");
  const whole = view.selector.size > 0 && view.selector.size === map?.entries.length;
  return whole ? view.selector : undefined;
}

/** The pods around an object: of every workload in reach, of a group's leader and workers both. */
export function podsAround(graph: Graph, from: StackObject): PoolPods[] {
  const kinds = ["deployment", "stateful-set", "leader-worker-set", "pod"];
  const objects = kinds.flatMap((kind) => graph.lookup(`kind/${kind}`));
  return nearest(graph, from, objects).flatMap(templatesOf);
}

/** The pods that a pool selects, as far as these files show. */
export function podsOfPool(graph: Graph, pool: Pool): PoolPods[] {
  const selector = selectorOf(pool);
  return selector === undefined ? [] : podsAround(graph, pool).filter(({ template }) => matches(template, selector));
}

/** Whether no other pods than those in these files can meet an object, and their labels are what is written there. */
export function podsAreKnown(graph: Graph, from: StackObject): boolean {
  const kinds = ["Deployment", "StatefulSet", "LeaderWorkerSet"];
  return kinds.every((kind) => seenWhole(graph, from, kind) !== undefined) && !labelsAreAdded(graph, from);
}

/** kustomize may write labels into pods and selectors. */
function labelsAreAdded(graph: Graph, { path }: StackObject): boolean {
  const worlds = graph.layout.worldsOf(path);
  if (worlds.length === 0) return false;
  return graph
    .lookup("kind/kustomization")
    .some(
      ({ path: own, root }) =>
        worlds.some(({ files }) => files.has(own)) &&
        [
          "commonLabels",
          "labels",
          "patches",
          "patchesStrategicMerge",
          "patchesJson6902",
          "components",
          "transformers",
        ].some((key) => at(root, key) !== undefined),
    );
}

export function matches(template: PodTemplate, selector: ReadonlyMap<string, string>): boolean {
  const { labels } = template;
  return [...selector].every(([key, value]) => labels.get(key) === value);
}

function templatesOf(object: StackObject): PoolPods[] {
  const roots =
    object.kind.id === leaderWorkerSet.id
      ? ["leaderTemplate", "workerTemplate"].map((key) => at(object.root, "spec", "leaderWorkerTemplate", key))
      : isWorkload(object)
        ? [(object as StackObject<Workload>).view.template?.root]
        : [object.root];
  return roots.flatMap((root) => {
    const template = readPodTemplate(root);
    return template === undefined ? [] : [{ object, template }];
  });
}

/** Whether every label of a pod template can be read. */
export function labelsAreWhole({ root }: PodTemplate): boolean {
  const labels = mapAt(root, "metadata", "labels");
  return labels === undefined || entriesAt(labels).every(({ value }) => stringAt(value) !== undefined);
}
