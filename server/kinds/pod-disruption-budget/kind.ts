import { at, entriesAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

export interface DisruptionBudgetView {
  /** The labels of the pods it guards; absent when they cannot be read here, or are selected by expressions. */
  readonly selector: ReadonlyMap<string, string> | undefined;
  /** A number or a percentage. */
  readonly minAvailable: Placed<string> | undefined;
  readonly maxUnavailable: Placed<string> | undefined;
}

export const podDisruptionBudget = defineKind<DisruptionBudgetView>({
  id: "pod-disruption-budget",
  title: "PodDisruptionBudget",
  schema: "pod-disruption-budget",
  recognise: { group: "policy", kind: "PodDisruptionBudget" },
  view: ({ root }) => {
    const selector = at(root, "spec", "selector");
    const labels = entriesAt(selector, "matchLabels").map(
      ({ key, value }) => [key.text, stringAt(value)?.value] as const,
    );
    const known = labels.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
    const whole = known.length > 0 && known.length === labels.length && at(selector, "matchExpressions") === undefined;
    return {
      selector: whole ? new Map(known) : undefined,
      minAvailable: stringAt(root, "spec", "minAvailable"),
      maxUnavailable: stringAt(root, "spec", "maxUnavailable"),
    };
  },
});
