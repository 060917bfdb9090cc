import type { Node } from "../../text/node.ts";
import { at, isNull, itemsAt, mapAt, numberAt, type Placed, resolve, stringAt } from "../../text/read.ts";

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
  /** Whether something here cannot be read, because it is filled in later or has another type: defaults say nothing then. */
  readonly unread: boolean;
}

export interface Behavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/** Windows that hold when none is written: up at once, down after the controller's five minutes. */
export const defaultWindow = { scaleUp: 0, scaleDown: 300 } as const;

/** Absent when nothing is written: Kubernetes then limits by its older rules. */
export function readBehavior(node: Node | undefined): Behavior | undefined {
  if (mapAt(node) === undefined)
    return isText(node) ? { scaleUp: readRules(node), scaleDown: readRules(node) } : undefined;
  return { scaleUp: readRules(at(node, "scaleUp")), scaleDown: readRules(at(node, "scaleDown")) };
}

function readRules(node: Node | undefined): ScalingRules {
  const stabilizationWindow = numberAt(node, "stabilizationWindowSeconds");
  const selectPolicy = stringAt(node, "selectPolicy");
  return {
    node: mapAt(node),
    stabilizationWindow,
    policies: itemsAt(node, "policies").map((policy) => ({
      type: stringAt(policy, "type")?.value,
      value: numberAt(policy, "value"),
      node: policy,
    })),
    selectPolicy,
    unread:
      isText(node) ||
      (stabilizationWindow === undefined && isText(at(node, "stabilizationWindowSeconds"))) ||
      (selectPolicy === undefined && isText(at(node, "selectPolicy"))),
  };
}

function isText(node: Node | undefined): boolean {
  const found = resolve(node);
  return found?.type === "scalar" && !isNull(found);
}
