import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { example } from "./example.ts";
import { text } from "./mends.ts";

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8\n";
const prometheus = (address: string) => `    - type: prometheus
      metadata:
        serverAddress: ${address}
        query: sum(prompts_waiting)
        threshold: "5"
`;

/** What people copy from the browser: the pages of Prometheus 2 and 3, and the end of the API that KEDA writes itself. */
const page = /\/(?:graph|query|targets|alerts|api\/v1(?:\/query(?:_range)?)?)\/?$/;

export const serverAddress = defineRule({
  id: "keda/server-address",
  title: "Address at which KEDA finds no Prometheus",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["K-32"],
  docs: {
    summary:
      "The serverAddress of a prometheus trigger ends in a slash, names the local machine, or is the address of a page (an error).",
    why: "KEDA puts `/api/v1/query` behind the address. Behind a slash that makes two, which some proxies refuse; behind the address of a page it is no API. And localhost is the pod of KEDA itself.",
    mend: "Write scheme, host and port of Prometheus, with the prefix it is served under if it has one.",
    sources: [
      "https://keda.sh/docs/latest/scalers/prometheus/",
      "https://github.com/kedacore/keda/blob/main/pkg/scalers/prometheus_scaler.go",
    ],
  },
  examples: {
    bad: example(bounds, prometheus("http://prometheus.monitoring:9090/graph # <-")),
    good: example(bounds, prometheus("http://prometheus.monitoring:9090")),
  },
  messages: {
    page: "{object}: serverAddress {address} is no root of an API: KEDA would ask {asked} and get no answer. Write {trimmed}.",
    slash:
      "{object}: serverAddress {address} ends in a slash, so KEDA asks {asked}, which some proxies refuse. Write {trimmed}.",
    local:
      "{object}: serverAddress {address} is KEDA's own pod, where no Prometheus listens. Write the Service of Prometheus.",
  },
  reads: [scaledObject],
  check({ object, report }) {
    for (const [index, { type, metadata }] of object.view.triggers.entries()) {
      const address = type === "prometheus" ? stringAt(metadata, "serverAddress") : undefined;
      if (address === undefined || !/^https?:\/\//.test(address.value)) continue;
      const trimmed = address.value.replace(page, "").replace(/\/+$/, "");
      const slots = { object: object.title, address: address.value, asked: `${address.value}/api/v1/query`, trimmed };
      const keys = ["spec", "triggers", index, "metadata", "serverAddress"];
      const fixes = text(object.root, keys, trimmed, `Write ${trimmed}`);
      if (page.test(address.value)) report({ at: address.node, message: "page", slots, severity: "error", fixes });
      else if (/^https?:\/\/(?:localhost|127\.\d|\[::1\])/.test(address.value)) {
        report({ at: address.node, message: "local", slots });
      } else if (address.value.endsWith("/")) report({ at: address.node, message: "slash", slots, fixes });
    }
  },
});
