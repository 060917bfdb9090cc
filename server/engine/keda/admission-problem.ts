/**
 * What KEDA's admission webhook refuses in a ScaledObject by itself. The webhook fails open, so each of these can reach a cluster
 * all the same. Source: keda apis/keda/v1alpha1/scaledobject_webhook.go; messages in its words where it has some.
 */
export interface AdmissionProblem {
  readonly check: AdmissionCheck;
  /** `spec.triggers[1].name` */
  readonly path: string;
  /** The same, to be walked: `["spec", "triggers", 1, "name"]`. */
  readonly keys: readonly (string | number)[];
  readonly message: string;
}

export type AdmissionCheck =
  | "K-09" // fallback without a trigger that can fall back, or with negative numbers
  | "K-11" // a fallback that scaling modifiers switch off
  | "K-14" // idle count not below the minimum
  | "K-21" // scaling modifiers
  | "K-23" // names that are too long
  | "K-33" // minimum above maximum
  | "K-34" // no triggers, or two of one name
  | "K-35" // cached metrics where there are none
  | "K-36" // zero replicas on cpu or memory alone
  | "K-37"; // a cpu or memory trigger over a container without a request

export function problem(check: AdmissionCheck, keys: readonly (string | number)[], message: string): AdmissionProblem {
  const path = keys
    .map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join("");
  return { check, path, keys, message };
}
