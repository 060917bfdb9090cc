import type { Node } from "../../text/node.ts";
import { at, itemsAt, mapAt, numberAt, type Placed, stringAt } from "../../text/read.ts";

/** One direction of `behavior`. An absent field takes the default of autoscaling/v2 (pkg/apis/autoscaling/v2/defaults.go). */
export interface ScalingRules {
  readonly node: Node | undefined;
  readonly stabilizationWindow: Placed<number> | undefined;
  readonly policies: readonly {
    readonly type: string | undefined;
    readonly value: Placed<number> | undefined;
    readonly node: Node;
  }[];
  readonly selectPolicy: Placed<string> | undefined;
}

export interface Behavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/** Windows that hold when none is written: up at once, down after the controller's five minutes. */
export const defaultWindow = { scaleUp: 0, scaleDown: 300 } as const;

/** Absent when nothing is written: Kubernetes then limits by its older rules. */
export function readBehavior(node: Node | undefined): Behavior | undefined {
  const behavior = mapAt(node);
  if (behavior === undefined) return undefined;
  return { scaleUp: readRules(at(behavior, "scaleUp")), scaleDown: readRules(at(behavior, "scaleDown")) };
}

function readRules(node: Node | undefined): ScalingRules {
  return {
    node: mapAt(node),
    stabilizationWindow: numberAt(node, "stabilizationWindowSeconds"),
    policies: itemsAt(node, "policies").map((policy) => ({
      type: stringAt(policy, "type")?.value,
      value: numberAt(policy, "value"),
      node: policy,
    })),
    selectPolicy: stringAt(node, "selectPolicy"),
  };
}
