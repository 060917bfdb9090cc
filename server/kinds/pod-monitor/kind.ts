import { defineKind } from "../kind.ts";

export const podMonitor = defineKind({
  id: "pod-monitor",
  title: "PodMonitor",
  schema: "pod-monitor",
  recognise: { group: "monitoring.coreos.com", kind: "PodMonitor" },
  view: () => undefined,
});
