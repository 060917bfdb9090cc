import type { Change } from "./changes.ts";

/** Why our validators and those of @kubernetes-models differ on some changes. */
export interface Explanation {
  readonly why: string;
  /** Places as JSON pointers; `*` is any one step, `**` any number of them. */
  readonly at: readonly string[];
  /** What was put there; absent for everything. */
  readonly to?: readonly string[];
  readonly kinds?: readonly string[];
}

const word = ['"x"', '""'];

/** In all of these it is ours that refuses. */
export const explanations: readonly Explanation[] = [
  {
    why: "unknown fields are pruned by the API server, not by the OpenAPI schema",
    at: ["/**", ""],
    to: ["+"],
  },
  { why: "a model fills in what it is; a file has to say it", at: ["/apiVersion", "/kind"], to: ["-"] },
  {
    why: "the OpenAPI documents of Kubernetes take an object without a spec, which is nothing",
    at: ["/spec"],
    to: ["-"],
  },
  { why: "the same, and the object does not even say what it is", at: [""], to: ["{}"] },
  {
    why: "that a name is not empty is checked by code (apimachinery pkg/api/validation)",
    at: ["/spec/**/name", "/spec/scaleTargetRef/kind"],
    to: ['""'],
  },
  {
    why: "that a list is not empty is checked by code (pkg/apis/core/validation, pkg/apis/autoscaling/validation, KEDA's webhook)",
    at: ["/spec/**/containers", "/spec/**/policies", "/spec/triggers"],
    to: ["[]"],
  },
  {
    why: "the same list without its only item",
    at: ["/spec/**/containers/*", "/spec/**/policies/*"],
    to: ["-"],
  },
  {
    why: "bounds of numbers stand in the code of the API server and of KEDA",
    at: [
      ...["/spec/**/containerPort", "/spec/**/failureThreshold", "/spec/**/periodSeconds", "/spec/ports/*/port"],
      ...["/spec/minReplicas", "/spec/maxReplicas", "/spec/**/averageUtilization", "/spec/**/policies/*/value"],
      ...[
        "/spec/**/stabilizationWindowSeconds",
        "/spec/minReplicaCount",
        "/spec/maxReplicaCount",
        "/spec/fallback/replicas",
      ],
    ],
    to: ["-1"],
  },
  {
    why: "the words of these are checked by code",
    at: [
      ...["/spec/**/medium", "/spec/selector/matchExpressions/*/operator", "/spec/metrics/*/type"],
      ...["/spec/metrics/*/*/target/type", "/spec/behavior/*/policies/*/type", "/spec/behavior/*/selectPolicy"],
      ...["/spec/triggers/*/type", "/spec/triggers/*/metricType", "/spec/triggers/*/authenticationRef/kind"],
    ],
    to: word,
  },
  {
    why: "which body a metric has follows from its type, in code",
    at: ["/spec/metrics/*/external", "/spec/metrics/*/resource"],
    to: ["-"],
    kinds: ["HorizontalPodAutoscaler"],
  },
  {
    why: "for the CRD the metadata of a trigger is a map of texts; its scaler wants more",
    at: ["/spec/triggers/*/metadata", "/spec/triggers/*/metadata/**"],
    kinds: ["ScaledObject"],
  },
];

export function explains({ at, to, kinds }: Explanation, kind: string, change: Change): boolean {
  if (kinds !== undefined && !kinds.includes(kind)) return false;
  if (to !== undefined && !to.includes(change.to)) return false;
  return at.some((place) => patternOf(place).test(change.at));
}

function patternOf(place: string): RegExp {
  const steps = place.split("/").slice(1);
  const any = (step: string) => (step === "**" ? "(?:/[^/]+)*" : step === "*" ? "/[^/]+" : `/${step}`);
  return new RegExp(`^${steps.map(any).join("")}$`);
}
