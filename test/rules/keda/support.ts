import { cut, type Files, lint } from "../../support/lint.ts";

/** A ScaledObject of `spec` and `triggers`; lines that are indented by two and by four. */
export function scaledObject(spec: string, triggers: string = kafka, metadata = "name: llama"): string {
  return `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {${metadata}}
spec:
  scaleTargetRef: {name: llama}
${spec}
  triggers:
${triggers}
`;
}

export const kafka = `    - type: kafka
      metadata: {bootstrapServers: "kafka:9092", consumerGroup: llama, topic: prompts, lagThreshold: "5"}`;

export const prometheus = (query: string, more = "") => `    - type: prometheus
      metadata:
        serverAddress: http://prometheus:9090
        query: ${query}
        threshold: "5"${more === "" ? "" : `\n        ${more}`}`;

/** What a rule says: the severity and the text it points at. */
export function said(rule: string, files: Files | string, config?: string): string[] {
  return ours(rule, files, config).map(({ severity, at }) => `${severity} ${at}`);
}

export function messagesOf(rule: string, files: Files | string, config?: string): string[] {
  return ours(rule, files, config).map(({ message }) => message);
}

function ours(rule: string, given: Files | string, config: string | undefined) {
  const own: Files = typeof given === "string" ? { "so.yaml": given } : given;
  const files: Files = config === undefined ? own : { ...own, "headroom.config.yaml": config };
  return lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => ({ ...finding, at: cut(files, finding) }));
}
