import type { Behavior, Policy, ScalingRules } from "../engine/hpa/spec.ts";
import type { Node } from "../text/node.ts";
import { at, itemsAt, mapAt, numberAt, stringAt } from "../text/read.ts";
import type { Sources } from "./origin.ts";

type Rules = { -readonly [K in keyof ScalingRules]: ScalingRules[K] };
const directions = ["scaleUp", "scaleDown"] as const;

/** `behavior` in the engine's words; nothing and an empty one are not the same. */
export function behaviorOf(node: Node | undefined): Behavior | undefined {
  if (mapAt(node) === undefined) return undefined;
  const [up, down] = directions.map((direction) => rulesOf(at(node, direction)));
  return { ...(up && { scaleUp: up }), ...(down && { scaleDown: down }) };
}

function rulesOf(node: Node | undefined): ScalingRules | undefined {
  if (mapAt(node) === undefined) return undefined;
  const rules: Rules = {};
  const window = numberAt(node, "stabilizationWindowSeconds");
  if (window !== undefined) rules.stabilizationWindowSeconds = window.value;
  const select = stringAt(node, "selectPolicy")?.value;
  if (select === "Max" || select === "Min" || select === "Disabled") rules.selectPolicy = select;
  const tolerance = numberAt(node, "tolerance");
  if (tolerance !== undefined) rules.tolerance = tolerance.value;
  const policies = itemsAt(node, "policies").flatMap(policyOf);
  if (policies.length > 0) rules.policies = policies;
  return rules;
}

function policyOf(node: Node): Policy[] {
  const type = stringAt(node, "type")?.value;
  const value = numberAt(node, "value")?.value;
  const periodSeconds = numberAt(node, "periodSeconds")?.value;
  if ((type !== "Pods" && type !== "Percent") || value === undefined || periodSeconds === undefined) return [];
  return [{ type, value, periodSeconds }];
}

/** Where the settings of `behavior` stand, by the names that decisions have for them. */
export function behaviorOrigins(node: Node | undefined, sources: Sources): [string, string][] {
  return directions.flatMap((direction) => {
    const rules = at(node, direction);
    const found: [string, string][] = [];
    for (const key of ["stabilizationWindowSeconds", "selectPolicy", "tolerance", "policies"]) {
      const entry = at(rules, key);
      if (entry !== undefined) found.push([`${direction}.${key}`, sources.spot(entry)]);
    }
    for (const [index, policy] of itemsAt(rules, "policies").entries())
      found.push([`${direction}.policies[${index}]`, sources.spot(policy)]);
    return found;
  });
}
