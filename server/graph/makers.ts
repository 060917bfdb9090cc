import type { StackObject } from "../kinds/stack-object.ts";

/** The names under which makers are found: all of them, and those of one directory. */
export const makersKey = "makers";

export function makersIn(directory: string): string {
  return `makers/${directory}`;
}

/**
 * API groups whose objects never make a Deployment or its like. Any other one may: a LLMInferenceService, a HelmRelease,
 * an Application of Argo CD make workloads that stand in no file.
 */
const barren = new Set([
  "keda.sh",
  "monitoring.coreos.com",
  "monitoring.googleapis.com",
  "karpenter.sh",
  "karpenter.k8s.aws",
  "eks.amazonaws.com",
  "eksctl.io",
  "elbv2.k8s.aws",
  "cloud.google.com",
  "networking.gke.io",
  "networking.istio.io",
  "security.istio.io",
  "telemetry.istio.io",
  "gateway.envoyproxy.io",
  "cert-manager.io",
  "external-secrets.io",
  "bitnami.com",
  "kyverno.io",
]);

/** Whether a controller may turn this object into workloads. Kubernetes' own groups have no dot or end in `k8s.io`. */
export function makesWorkloads({ kind, apiVersion }: StackObject): boolean {
  if (kind.id !== "kubernetes-object") return false;
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return group.includes(".") && !/(?:^|[.-])k8s\.io$/.test(group) && !barren.has(group);
}
