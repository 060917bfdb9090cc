import { nameAt } from "../../graph/references/name.ts";
import { podMonitor } from "../../kinds/pod-monitor/kind.ts";
import { serviceMonitor } from "../../kinds/service-monitor/kind.ts";
import { itemsAt, stringAt } from "../../text/read.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { candidatesFor, isSelected, selectorOf } from "./scraped.ts";

export const portMissing = defineRule({
  id: "monitors/port-missing",
  title: "Monitor on a port that nothing has",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["P-02", "GW-16"],
  docs: {
    summary:
      "An endpoint of a ServiceMonitor or PodMonitor names a port that the selected Service or pods do not have.",
    why: "`port` is the name of a port, not its number, and for a ServiceMonitor that of the Service's port. With another name the target is dropped without a word: no metrics are scraped, and autoscalers and alerts see nothing.",
    mend: "Name a port of the Service (of the container, for a PodMonitor), or give that port the name.",
    sources: [
      "https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Endpoint",
      "https://prometheus-operator.dev/docs/platform/troubleshooting/#serviceMonitor-selects-services",
    ],
  },
  examples: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: llama
  labels: {app: llama}
spec:
  selector: {app: llama}
  ports:
    - {name: http, port: 8000}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: llama}
spec:
  selector:
    matchLabels:
      app: llama
  endpoints:
    - port: metrics # <-
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: llama
  labels: {app: llama}
spec:
  selector: {app: llama}
  ports:
    - {name: http, port: 8000}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: llama}
spec:
  selector:
    matchLabels:
      app: llama
  endpoints:
    - port: http
`,
  },
  messages: {
    other: "{object}: {selected} has no port named {port}, only {ports}: nothing is scraped. Name one of its ports.",
    number:
      "{object}: port wants the name of a port, not the number {port}; {selected} has {ports}. Nothing is scraped.",
    unnamed:
      "{object}: {selected} has no named ports, so port {port} finds none and nothing is scraped. Name its port {port}.",
  },
  reads: [serviceMonitor, podMonitor],
  check({ object, graph, report }) {
    const selector = selectorOf(object);
    if (selector === undefined) return;
    const selected = candidatesFor(graph, object).filter((one) => isSelected(one, selector));
    const [first] = selected;
    if (first === undefined || selected.some(({ whole }) => !whole)) return;
    const ports = [...new Set(selected.flatMap((one) => one.ports))];
    const list = object.kind.id === "pod-monitor" ? "podMetricsEndpoints" : "endpoints";
    for (const endpoint of itemsAt(object.root, "spec", list)) {
      const port = stringAt(endpoint, "port");
      if (port === undefined || ports.includes(port.value)) continue;
      const meant = ports.length === 1 ? ports[0] : nearest(port.value, ports);
      const edit = meant === undefined ? undefined : nameAt(port.node)?.rewrite(meant);
      report({
        at: port.node,
        message: ports.length === 0 ? "unnamed" : /^\d+$/.test(port.value) ? "number" : "other",
        slots: { object: object.title, selected: first.object.title, port: port.value, ports: ports.join(", ") },
        related: [{ at: first.object.name?.node ?? first.object, message: `${first.object.title} is selected` }],
        fixes: edit === undefined ? [] : [{ title: `Write ${meant}`, safe: false, edits: [edit] }],
      });
    }
  },
});
