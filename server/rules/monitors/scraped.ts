import type { Graph } from "../../graph/graph.ts";
import { nearest } from "../../graph/scope.ts";
import { type LabelSelector, readLabelSelector, selectsLabels } from "../../kinds/label-selector.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import type { Node } from "../../text/node.ts";
import { at, entriesAt, itemsAt, stringAt } from "../../text/read.ts";
import { isTemplated } from "../../text/template.ts";

/** What a ServiceMonitor or PodMonitor may select: a Service or the pods of a workload. */
export interface Candidate {
  readonly object: StackObject;
  readonly labels: ReadonlyMap<string, string>;
  /** Names of its ports. */
  readonly ports: readonly string[];
  /** Whether every label and port can be read. */
  readonly whole: boolean;
}

/** What a monitor selects by. Absent where that is everything, or filled in later. */
export function selectorOf(monitor: StackObject): LabelSelector | undefined {
  return readLabelSelector(at(monitor.root, "spec", "selector"));
}

/** Everything in reach that a monitor could select; empty where there may be more than can be seen. */
export function candidatesFor(graph: Graph, monitor: StackObject): Candidate[] {
  const isOfPods = monitor.kind.id === "pod-monitor";
  const kinds = isOfPods ? ["deployment", "stateful-set", "daemon-set", "leader-worker-set"] : ["service"];
  const objects = kinds.flatMap((kind) => graph.lookup(`kind/${kind}`));
  const near = nearest(graph, monitor, objects, "any-namespace");
  return near.map((object) => (isOfPods ? podsOf(object) : serviceOf(object)));
}

function serviceOf(object: StackObject): Candidate {
  const ports = itemsAt(object.root, "spec", "ports");
  return candidate(object, at(object.root, "metadata", "labels"), ports);
}

function podsOf(object: StackObject): Candidate {
  const { template } = (object as StackObject<Workload>).view;
  const ports = template?.containers.flatMap(({ root }) => itemsAt(root, "ports")) ?? [];
  return candidate(object, at(template?.root, "metadata", "labels"), ports);
}

function candidate(object: StackObject, labels: Node | undefined, ports: readonly Node[]): Candidate {
  const entries = entriesAt(labels);
  const read = entries.flatMap(({ key, value }) =>
    value.type === "scalar" && !isTemplated(value.text) ? ([[key.text, value.text]] as const) : [],
  );
  const names = ports.flatMap((port) => stringAt(port, "name")?.value ?? []);
  const known = ports.every((port) => at(port, "name") === undefined || stringAt(port, "name") !== undefined);
  return { object, labels: new Map(read), ports: names, whole: known && read.length === entries.length };
}

export function isSelected({ labels }: Candidate, selector: LabelSelector): boolean {
  return selectsLabels(selector, labels);
}
