import type { Graph } from "../../graph/graph.ts";
import { nearest } from "../../graph/scope.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import type { Node, ScalarNode } from "../../text/node.ts";
import { at, entriesAt, itemsAt, mapAt, stringAt } from "../../text/read.ts";
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

/** The labels of a monitor's selector. Absent where it selects by anything else, or by what is filled in later. */
export function wantedLabels(monitor: StackObject): ReadonlyMap<string, ScalarNode> | undefined {
  const selector = mapAt(monitor.root, "spec", "selector");
  if (selector === undefined || at(selector, "matchExpressions") !== undefined) return undefined;
  const entries = entriesAt(selector, "matchLabels");
  const labels = entries.flatMap(({ key, value }) =>
    value.type === "scalar" && !isTemplated(value.text) ? ([[key.text, value]] as const) : [],
  );
  return labels.length === 0 || labels.length !== entries.length ? undefined : new Map(labels);
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

export function isSelected({ labels }: Candidate, wanted: ReadonlyMap<string, ScalarNode>): boolean {
  return [...wanted].every(([key, value]) => labels.get(key) === value.text);
}
