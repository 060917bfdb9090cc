import { defineKind } from "../kind.ts";

export const serviceMonitor = defineKind({
  id: "service-monitor",
  title: "ServiceMonitor",
  schema: "service-monitor",
  recognise: { group: "monitoring.coreos.com", kind: "ServiceMonitor" },
  view: () => undefined,
});
