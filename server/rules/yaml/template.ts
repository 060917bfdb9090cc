import { defineDocumentRule } from "../rule.ts";

export const template = defineDocumentRule({
  id: "yaml/template",
  title: "A template, left alone",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: [],
  docs: {
    summary: "The file is a template of Helm or Jinja. It becomes YAML only when it is rendered, so it is not checked.",
    why: "Guessing at what a template renders to makes false alarms. The rendered manifests can be checked exactly.",
    mend: "Check what the chart renders: `helm template release ./chart | headroom lint -`. To hide this line, list the templates under `ignore` in headroom.config.yaml.",
    sources: ["https://helm.sh/docs/chart_template_guide/"],
  },
  examples: {
    bad: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }} # <-
`,
    good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: "{{ .Release.Name }}"
`,
  },
  messages: {
    template: "This is a template and was not checked. Check what it renders to: helm template … | headroom lint -",
  },
  reads: "documents",
  check({ document, report }) {
    const offset = document.template;
    if (offset === undefined || document.carrier !== undefined) return;
    // One line a file is enough.
    if (document.file.documents.find((other) => other.template !== undefined) !== document) return;
    report({ at: document.span(offset, offset + 2), message: "template", slots: {} });
  },
});
