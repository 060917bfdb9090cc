import { defineKind } from "../kind.ts";

export const prometheusRule = defineKind({
  id: "prometheus-rule",
  title: "PrometheusRule",
  schema: "prometheus-rule",
  recognise: { group: "monitoring.coreos.com", kind: "PrometheusRule" },
  view: () => undefined,
});
