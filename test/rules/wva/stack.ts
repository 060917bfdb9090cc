import { cut, lint } from "../../support/lint.ts";

/** A workspace with a version of WVA, or without one. */
export function workspace(yaml: string, wva?: string): Record<string, string> {
  const config = { "headroom.config.yaml": `versions:\n  wva: "${wva}"\n` };
  return { "stack.yaml": yaml, ...(wva !== undefined && config) };
}

/** What one rule says of a workspace: severity, line, text it stands at. */
export function said(rule: string, files: Record<string, string>): string[] {
  return lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${finding.range.start.line + 1} ${cut(files, finding)}`);
}

export function variant(spec = "", name = "llama-va", target = "llama"): string {
  const lines = [
    "apiVersion: llmd.ai/v1alpha1",
    "kind: VariantAutoscaling",
    "metadata:",
    `  name: ${name}`,
    "spec:",
    `  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${target}}`,
    "  modelID: meta-llama/Llama-3.1-8B-Instruct",
    ...(spec === "" ? [] : [`  ${spec}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** An HPA whose bounds stand on line 6 and whose selector stands on line 10 of it. */
export function follower(bounds: string, selected = "llama-va", metric = "wva_desired_replicas"): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama-hpa}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
${bounds.replace(/^/gm, "  ")}
  metrics:
    - type: External
      external:
        metric: {name: ${metric}, selector: {matchLabels: {variant_name: ${selected}}}}
        target: {type: AverageValue, averageValue: "1"}
`;
}
