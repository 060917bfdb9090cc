import { at } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import { type RuleFileView, recordKeys, rulesIn } from "../prometheus/rule-file.ts";
import { watchKeys } from "../prometheus/watched.ts";

export const prometheusRule = defineKind<RuleFileView>({
  id: "prometheus-rule",
  title: "PrometheusRule",
  schema: "prometheus-rule",
  recognise: { group: "monitoring.coreos.com", kind: "PrometheusRule" },
  view: ({ root }) => ({ rules: rulesIn(at(root, "spec", "groups")) }),
  keys: ({ view }) => [...recordKeys(view), ...watchKeys(view)],
});
