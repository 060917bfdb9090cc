import { defaultScaleUpWindow } from "../engine/hpa/behavior.ts";
import { controllerDefaults } from "../engine/hpa/controller.ts";
import type { Behavior } from "../engine/hpa/spec.ts";
import { pollingDecides } from "../engine/keda/poll.ts";
import { kedaDefaults } from "../engine/keda/spec.ts";
import type { Autoscaler, Scenario } from "../engine/simulation/scenario.ts";
import type { StabilizationWindow } from "./picture.ts";

/** How long each autoscaler waits before it follows what it sees, written or by default. */
export function windowsOf({ autoscalers }: Pick<Scenario, "autoscalers">): StabilizationWindow[] {
  return autoscalers.flatMap((scaler) => [
    windowOf(scaler, "up", behaviorOf(scaler)?.scaleUp?.stabilizationWindowSeconds ?? defaultScaleUpWindow),
    windowOf(
      scaler,
      "down",
      behaviorOf(scaler)?.scaleDown?.stabilizationWindowSeconds ?? controllerDefaults.downscaleStabilizationSeconds,
    ),
    ...cooldownOf(scaler),
  ]);
}

function windowOf(scaler: Autoscaler, direction: "up" | "down", seconds: number): StabilizationWindow {
  const name = `${direction === "up" ? "scaleUp" : "scaleDown"}.stabilizationWindowSeconds`;
  return { name, of: titleOf(scaler), direction, seconds, ...originOf(scaler, name) };
}

/** It counts only on the way to zero, or to the idle count. */
function cooldownOf(scaler: Autoscaler): StabilizationWindow[] {
  if (scaler.kind !== "keda" || !pollingDecides(scaler.scaledObject.spec)) return [];
  const name = "cooldownPeriod";
  const seconds = scaler.scaledObject.spec.cooldownPeriod ?? kedaDefaults.cooldownPeriod;
  return [{ name, of: titleOf(scaler), direction: "down", seconds, ...originOf(scaler, name) }];
}

function behaviorOf(scaler: Autoscaler): Behavior | undefined {
  return scaler.kind === "hpa"
    ? scaler.spec.behavior
    : scaler.scaledObject.spec.advanced?.horizontalPodAutoscalerConfig?.behavior;
}

export function titleOf({ kind, target }: Autoscaler): string {
  return `${kind} ${target}`;
}

export function originOf({ origins }: Pick<Autoscaler, "origins">, name: string): { readonly origin?: string } {
  const origin = origins?.get(name);
  return origin === undefined ? {} : { origin };
}
