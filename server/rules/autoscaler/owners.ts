import type { HpaView } from "../../kinds/hpa/kind.ts";
import type { ScaledObjectView } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { at, itemsAt, scalarAt, stringAt } from "../../text/read.ts";
import { parseTruth } from "../../text/values/truth.ts";

export type Autoscaler = StackObject<HpaView> | StackObject<ScaledObjectView>;

export function isHpa(object: Autoscaler): object is StackObject<HpaView> {
  return object.kind.id === "hpa";
}

/** An apiVersion that is not written may be any; a ScaledObject then means apps/v1. */
export function sameGroup(a: Autoscaler, b: Autoscaler): boolean {
  const [one, two] = [a, b].map((object) => {
    const written = object.view.target?.apiVersion ?? (isHpa(object) ? undefined : "apps/v1");
    return written?.split("/")[0];
  });
  return one === undefined || two === undefined || one === two;
}

/**
 * Whether KEDA takes the HPA over or made it itself. A paused ScaledObject has no HPA, so nothing fights; but the webhook
 * refuses it all the same (scaledobject_webhook.go, verifyHpas), unless the HPA switches that check off.
 */
export function isHandedOver(object: Autoscaler, other: Autoscaler): boolean {
  if (!isHpa(object) || isHpa(other)) return false;
  const name = object.name?.value;
  const chosen = at(other.root, "spec", "advanced", "horizontalPodAutoscalerConfig", "name");
  const transferred =
    chosen !== undefined &&
    annotation(other, "scaledobject.keda.sh/transfer-hpa-ownership") === "true" &&
    (name === undefined || (stringAt(chosen)?.value ?? name) === name);
  const owners = itemsAt(object.root, "metadata", "ownerReferences");
  const made = owners.some((owner) => stringAt(owner, "kind")?.value === "ScaledObject");
  const unchecked = annotation(object, "validations.keda.sh/hpa-ownership") === "false";
  return transferred || made || (unchecked && isPaused(other));
}

/** Anything but a clear no pauses (apis/keda/v1alpha1/scaledobject_types.go). */
function isPaused(object: Autoscaler): boolean {
  const paused = annotation(object, "autoscaling.keda.sh/paused");
  if (paused !== undefined && parseTruth(paused) !== false) return true;
  return object.annotation("autoscaling.keda.sh/paused-replicas") !== undefined;
}

function annotation(object: Autoscaler, key: string): string | undefined {
  return scalarAt(object.annotation(key))?.text;
}
