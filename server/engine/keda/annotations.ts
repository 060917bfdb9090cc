import type { ScaledObject } from "./spec.ts";

export interface Pausing {
  /** Nothing is decided and the HPA is gone. */
  readonly all: boolean;
  /** Held at this count; "unreadable": annotated with what is no number of replicas. */
  readonly atReplicas?: number | "unreadable";
  readonly scaleIn: boolean;
  readonly scaleOut: boolean;
  /** Active whatever the triggers say. */
  readonly forced: boolean;
}

/** Source: keda apis/keda/v1alpha1/scaledobject_types.go. */
export function pausingOf({ annotations = {} }: Pick<ScaledObject, "annotations">): Pausing {
  const value = (name: string) => {
    const key = `autoscaling.keda.sh/${name}`;
    return Object.hasOwn(annotations, key) ? annotations[key] : undefined;
  };
  const replicas = value("paused-replicas");
  return {
    all: replicas !== undefined || isSet(value("paused")),
    ...(replicas === undefined ? {} : { atReplicas: replicaCount(replicas) }),
    scaleIn: isSet(value("paused-scale-in")),
    scaleOut: isSet(value("paused-scale-out")),
    forced: isSet(value("force-activation")),
  };
}

/** What Go's ParseBool calls false is false; everything else that is written counts as true, `no` as well. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && !["0", "f", "F", "FALSE", "false", "False"].includes(value);
}

function replicaCount(text: string): number | "unreadable" {
  return /^\+?[0-9]{1,9}$/.test(text) ? Number(text) : "unreadable";
}
