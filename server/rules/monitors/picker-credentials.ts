import { pickerBehind, pickerPort, targetOf } from "../../graph/picker-ports.ts";
import { isSwitchedOn, routerArgument } from "../../kinds/epp/arguments.ts";
import type { ServiceView } from "../../kinds/service/kind.ts";
import { serviceMonitor } from "../../kinds/service-monitor/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { at, itemsAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { candidatesFor, isSelected, selectorOf } from "./scraped.ts";

const flag = "metrics-endpoint-auth";
const example = (credentials: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama-epp}
spec:
  selector: {matchLabels: {app: llama-epp}}
  template:
    metadata: {labels: {app: llama-epp}}
    spec:
      containers:
        - name: epp
          image: ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0
          args: [--pool-name=llama, --config-file=/etc/epp/config.yaml]
---
apiVersion: v1
kind: Service
metadata:
  name: llama-epp
  labels: {app: llama-epp}
spec:
  selector: {app: llama-epp}
  ports: [{name: http-metrics, port: 9090}]
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: llama-epp}
spec:
  selector: {matchLabels: {app: llama-epp}}
  endpoints:
    - port: http-metrics${credentials}
`;

export const pickerCredentials = defineRule({
  id: "monitors/picker-credentials",
  title: "Endpoint picker scraped without credentials",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["GW-15"],
  docs: {
    summary: `A ServiceMonitor scrapes an endpoint picker without credentials, and the picker runs with --${flag}, as it does by default.`,
    why: "The picker answers only to a token that the API server knows and that may read /metrics; Prometheus gets 401 and the target is down. Autoscalers and alerts on llm_d_epp_* or inference_* metrics see nothing.",
    mend: `Give the endpoint authorization with a Secret that holds the token of a ServiceAccount which may get /metrics, or run the picker with --${flag}=false.`,
    sources: [
      "https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/server/options.go",
      "https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.Endpoint",
    ],
  },
  examples: {
    bad: example(" # <-"),
    good: example("\n      authorization: {credentials: {name: llama-epp-metrics, key: token}}"),
  },
  messages: {
    refused:
      "{object}: {router} answers on port {port} only with credentials (--metrics-endpoint-auth is on by default), and this endpoint has none: Prometheus gets 401. Add authorization, or set --metrics-endpoint-auth=false.",
  },
  reads: [serviceMonitor],
  check({ object, graph, report }) {
    const selector = selectorOf(object);
    if (selector === undefined || graph.layout.changesTo(object.path).length > 0) return;
    const selected = candidatesFor(graph, object).filter((one) => isSelected(one, selector));
    for (const endpoint of itemsAt(object.root, "spec", "endpoints")) {
      const port = stringAt(endpoint, "port");
      if (port === undefined || credentials.some((key) => at(endpoint, ...key) !== undefined)) continue;
      for (const { object: target } of selected) {
        const service = target as StackObject<ServiceView>;
        const picker = pickerBehind(graph, service);
        if (picker === undefined || !isGuarded(picker.command)) continue;
        const reached = targetOf(picker, service, port.value)?.value;
        if (reached === undefined || reached !== pickerPort(picker, "metrics-port")) continue;
        report({
          at: port.node,
          message: "refused",
          slots: { object: object.title, router: picker.object.title, port: reached },
          related: [{ at: picker.object.name?.node ?? picker.object, message: "The endpoint picker" }],
        });
        break;
      }
    }
  },
});

const credentials = [
  ["authorization"],
  ["bearerTokenSecret"],
  ["bearerTokenFile"],
  ["basicAuth"],
  ["oauth2"],
  ["tlsConfig", "cert"],
  ["tlsConfig", "certFile"],
];

function isGuarded(command: Parameters<typeof isSwitchedOn>[0]): boolean {
  return routerArgument(command, flag) === undefined || isSwitchedOn(command, flag) === true;
}
