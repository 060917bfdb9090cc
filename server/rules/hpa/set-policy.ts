import type { RawFix } from "../../findings/raw-finding.ts";
import { setAll, setScalar } from "../../text/edits.ts";
import type { MapNode, Node } from "../../text/node.ts";
import { at, resolve } from "../../text/read.ts";
import { type Autoscaler, type Direction, hasNoPolicies } from "./rate.ts";

/** A fix that leaves one policy of so many pods in so many seconds, where there is one policy or none. */
export function setPolicy(object: Autoscaler, direction: Direction, pods: number, seconds: number): RawFix[] {
  const title = `Allow ${pods} ${pods === 1 ? "pod" : "pods"} in ${seconds} s`;
  const { root, view } = object;
  if (hasNoPolicies(object, direction)) {
    const policies = `[{ type: Pods, value: ${pods}, periodSeconds: ${seconds} }]`;
    const edits = setAll(root, view.behaviorPath, { [direction]: { policies } });
    return edits === undefined ? [] : [{ title, safe: false, edits }];
  }
  const [only, ...more] = view.behavior?.[direction].policies ?? [];
  const policy = only === undefined ? undefined : resolve(only.node);
  if (policy?.type !== "map" || more.length > 0 || policy !== only?.node || policy.anchor !== undefined) return [];
  const edits = [
    ...written(policy, "type", "Pods"),
    ...written(policy, "value", String(pods)),
    ...written(policy, "periodSeconds", String(seconds)),
  ];
  return [{ title, safe: false, edits }];
}

function written(policy: MapNode, key: string, value: string) {
  const node: Node | undefined = at(policy, key);
  return node?.type === "scalar" && node.text !== value ? [setScalar(node, value)] : [];
}
