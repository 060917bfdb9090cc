import { cacheServers, serverFlag } from "../../kinds/lmcache/server-command.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { resolve } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { serverExample } from "./example.ts";
import { containerTitle } from "./settings.ts";

const sized = "--l1-size-gb=60\n--eviction-policy=LRU";

export const serverMetricsPort = defineRule({
  id: "lmcache/server-metrics-port",
  title: "Metrics of lmcache server on another port",
  since: "0.1.0",
  severity: "info",
  fixable: false,
  refs: ["LMC-065"],
  docs: {
    summary: "A scrape annotation names port 9090 of `lmcache server`, or --prometheus-port is set.",
    why: "`lmcache server` serves /metrics on its HTTP port, 8080 unless --http-port says otherwise. --prometheus-port, 9090 by default, is of other entry points, and the server ignores it: nothing listens there.",
    mend: "Scrape the HTTP port, and let it listen beyond the pod: --http-host 0.0.0.0.",
    sources: ["https://docs.lmcache.ai/mp/observability/metrics.html"],
  },
  examples: {
    bad: serverExample(`${sized}\n--prometheus-port=9090 # <-`),
    good: serverExample(`${sized}\n--http-port=8080`),
  },
  messages: {
    flag: "{object}: lmcache server does not read --prometheus-port: its metrics are on its HTTP port, {port}. Leave the flag out.",
    scrape:
      "{object}: Prometheus scrapes port {scraped}, but lmcache server has its metrics on its HTTP port, {port}. Write {port}.",
  },
  reads: [daemonSet, deployment, statefulSet],
  check({ object, report }) {
    const { template } = object.view;
    for (const container of template?.containers ?? []) {
      for (const server of cacheServers(container)) {
        if (server.isModule) continue;
        const port = serverFlag(server, "--http-port") ?? "8080";
        const object_ = containerTitle(object, container);
        const flag = server.arguments.find((one) => one.flag?.name === "--prometheus-port");
        if (flag !== undefined)
          report({ at: spanOfWord(flag.word), message: "flag", slots: { object: object_, port } });
        const scraped = resolve(template?.annotation("prometheus.io/port"));
        if (scraped?.type !== "scalar" || scraped.text !== "9090" || port === "9090") continue;
        report({ at: scraped, message: "scrape", slots: { object: object_, port, scraped: scraped.text } });
      }
    }
  },
});
