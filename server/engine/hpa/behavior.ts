import type { ControllerSettings } from "./controller.ts";
import type { Behavior, Policy, ScalingRules, SelectPolicy } from "./spec.ts";

/** One direction's rules with every gap filled. */
export interface Rules {
  readonly windowSeconds: number;
  readonly selectPolicy: SelectPolicy;
  readonly policies: readonly Policy[];
  /** Whether the policies are the server's, not the author's. */
  readonly policiesDefaulted: boolean;
}

export interface FilledBehavior {
  readonly scaleUp: Rules;
  readonly scaleDown: Rules;
}

/** pkg/apis/autoscaling/v2/defaults.go. The scale-down window has none there: the controller's flag stands in for it. */
export const defaultPolicies: { readonly scaleUp: readonly Policy[]; readonly scaleDown: readonly Policy[] } = {
  scaleUp: [
    { type: "Pods", value: 4, periodSeconds: 15 },
    { type: "Percent", value: 100, periodSeconds: 15 },
  ],
  scaleDown: [{ type: "Percent", value: 100, periodSeconds: 15 }],
};
export const defaultScaleUpWindow = 0;

/** Each absent field by itself; a given list of policies replaces the whole list. */
export function fillBehavior(
  { scaleUp, scaleDown }: Behavior,
  { downscaleStabilizationSeconds }: Pick<ControllerSettings, "downscaleStabilizationSeconds">,
): FilledBehavior {
  return {
    scaleUp: fill(scaleUp, defaultPolicies.scaleUp, defaultScaleUpWindow),
    scaleDown: fill(scaleDown, defaultPolicies.scaleDown, downscaleStabilizationSeconds),
  };
}

function fill(rules: ScalingRules | undefined, policies: readonly Policy[], windowSeconds: number): Rules {
  return {
    windowSeconds: rules?.stabilizationWindowSeconds ?? windowSeconds,
    selectPolicy: rules?.selectPolicy ?? "Max",
    policies: rules?.policies ?? policies,
    policiesDefaulted: rules?.policies === undefined,
  };
}
