import type { MapNode, Node } from "../../text/node.ts";
import { at, entriesAt, mapAt, type Placed, quantityAt, stringAt } from "../../text/read.ts";
import type { Quantity } from "../../text/values/quantity.ts";

export interface MetricTarget {
  readonly node: MapNode;
  readonly type: Placed<string> | undefined;
  readonly value: Placed<Quantity> | undefined;
  readonly averageValue: Placed<Quantity> | undefined;
  readonly averageUtilization: Placed<Quantity> | undefined;
}

/** One entry of `spec.metrics`. */
export interface Metric {
  readonly node: Node;
  readonly type: Placed<string> | undefined;
  /** `resource.name`, or the `metric.name` of the other types. */
  readonly name: Placed<string> | undefined;
  /** The key of the body that belongs to the type: `external`, `resource`, … */
  readonly bodyKey: string;
  readonly body: MapNode | undefined;
  readonly matchLabels: ReadonlyMap<string, Placed<string>>;
  readonly target: MetricTarget | undefined;
}

const bodies: Readonly<Record<string, string>> = {
  Resource: "resource",
  ContainerResource: "containerResource",
  Pods: "pods",
  Object: "object",
  External: "external",
};

/** The key that holds the body of a metric type. */
export function bodyOfType(type: string): string | undefined {
  return Object.hasOwn(bodies, type) ? bodies[type] : undefined;
}

export function readMetric(node: Node): Metric {
  const type = stringAt(node, "type");
  const bodyKey = bodyOfType(type?.value ?? "") ?? "external";
  const body = mapAt(node, bodyKey);
  return {
    node,
    type,
    bodyKey,
    name: stringAt(body, "name") ?? stringAt(body, "metric", "name"),
    body,
    matchLabels: new Map(
      entriesAt(body, "metric", "selector", "matchLabels").flatMap(({ key, value }) =>
        value.type === "scalar" ? [[key.text, { value: value.text, node: value }]] : [],
      ),
    ),
    target: readTarget(at(body, "target")),
  };
}

function readTarget(node: Node | undefined): MetricTarget | undefined {
  const target = mapAt(node);
  if (target === undefined) return undefined;
  return {
    node: target,
    type: stringAt(target, "type"),
    value: quantityAt(target, "value"),
    averageValue: quantityAt(target, "averageValue"),
    averageUtilization: quantityAt(target, "averageUtilization"),
  };
}
