import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

/** `warning at 0: …` for each finding of one rule. */
export function said(rule: string, files: Files): string[] {
  return lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} at ${cut(files, finding)}: ${finding.message}`);
}

/** The files after the first fix of a rule's first finding. */
export function mended(rule: string, files: Files): Files {
  const fix = lint(files).find((finding) => finding.rule === rule)?.fixes[0];
  if (fix === undefined) throw new Error(`${rule} offers no fix`);
  return applyEdits(files, fix.edits);
}

interface Shape {
  readonly apiVersion?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly target?: string;
  readonly min?: string;
  readonly max?: string;
  /** What stands under `metrics:`, in flow style; absent: no key at all. */
  readonly metrics?: string | undefined;
  readonly behavior?: string;
}

export const webTarget = "{apiVersion: apps/v1, kind: Deployment, name: web}";
export const cpuMetric = "{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}";

/** An HPA of a web service on CPU, but for what is given. */
export function hpaOf(shape: Shape): string {
  const {
    apiVersion = "autoscaling/v2",
    name = "web",
    namespace,
    target = webTarget,
    min,
    max = "4",
    behavior,
  } = shape;
  const metrics = "metrics" in shape ? shape.metrics : `[${cpuMetric}]`;
  return [
    `apiVersion: ${apiVersion}`,
    "kind: HorizontalPodAutoscaler",
    `metadata: {name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`}}`,
    "spec:",
    `  scaleTargetRef: ${target}`,
    ...(min === undefined ? [] : [`  minReplicas: ${min}`]),
    `  maxReplicas: ${max}`,
    ...(metrics === undefined ? [] : [`  metrics: ${metrics}`]),
    ...(behavior === undefined ? [] : [`  behavior: ${behavior}`]),
    "",
  ].join("\n");
}

/** A configuration that says which Kubernetes runs. */
export function running(kubernetes: string): Files {
  return { "headroom.config.yaml": `versions: {kubernetes: "${kubernetes}"}\n` };
}
