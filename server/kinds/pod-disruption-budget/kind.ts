import { at, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { type LabelSelector, readLabelSelector } from "../label-selector.ts";

export interface DisruptionBudgetView {
  /** The pods it guards; absent when that is all of them, or cannot be read here. */
  readonly selector: LabelSelector | undefined;
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
    return {
      selector: readLabelSelector(at(root, "spec", "selector")),
      minAvailable: stringAt(root, "spec", "minAvailable"),
      maxUnavailable: stringAt(root, "spec", "maxUnavailable"),
    };
  },
});
