import { cachesOf, isCacheServer, isNested } from "../../graph/cache-of.ts";
import type { Graph } from "../../graph/graph.ts";
import { cacheServers, serverArguments } from "../../kinds/lmcache/server-command.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { readServers } from "../../kinds/vllm/command-line.ts";
import { argumentOf, type Container } from "../../kinds/workload/container.ts";
import { daemonSet } from "../../kinds/workload/daemon-set.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import type { Span } from "../../text/node.ts";
import { numberAt, scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

/** Where the servers have their metrics unless they are told otherwise (vLLM `--port`, LMCache `--http-port`). */
const byDefault = { vllm: 8000, lmcache: 8080 } as const;

const example = (port: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata:
      labels: {app: llama}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: ${port}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args: [--model=Qwen/Qwen3-8B, --port=8000]
          ports:
            - containerPort: 8000
`;

export const scrapeAnnotation = defineRule({
  id: "monitors/scrape-annotation",
  title: "Scrape annotation on a port without these metrics",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["P-02", "LMC-065", "S0"],
  docs: {
    summary:
      "The annotation prometheus.io/port of a pod names another port than the one on which LMCache or vLLM has its metrics.",
    why: "Prometheus asks the one port that the annotation names. vLLM serves /metrics on its API port and on no other, `lmcache server` on its HTTP port (--prometheus-port is not heard there), and a cache beside the engine on the metrics_port of its configuration. Asked elsewhere, there is no error but a target that is down, or the metrics of another container, and alerts on the missing ones never fire.",
    mend: "Name the port that has the metrics. A pod with two such ports needs a PodMonitor with an endpoint each, for an annotation names one.",
    sources: [
      "https://docs.vllm.ai/en/latest/usage/metrics/",
      "https://docs.lmcache.ai/production/observability/index.html",
      "https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor",
    ],
  },
  examples: { bad: example('"9090" # <-'), good: example('"8000"') },
  messages: {
    port: "{object}: prometheus.io/port is {port}, but {server} has its metrics on {right} ({source}): Prometheus does not get them. Write {right}{both}.",
    closed:
      '{object}: LMCache is to serve its metrics on {right} (metrics_port), but container "{container}" has only {ports} among its ports. Add {right} to them, or write one of them.',
  },
  reads: [deployment, statefulSet, daemonSet],
  check({ object, graph, report }) {
    const template = object.view.template;
    const annotation = scalarAt(template?.annotation("prometheus.io/port"));
    const port = numberAt(annotation)?.value;
    const isScraped = scalarAt(template?.annotation("prometheus.io/scrape"))?.text === "true";
    const metrics = metricsOf(graph, object);
    for (const { at, port: right, container } of metrics.filter(({ at }) => at !== undefined)) {
      const ports = container.ports.flatMap(({ port: declared }) => declared?.value ?? []);
      if (at === undefined || ports.length === 0 || ports.includes(right)) continue;
      const slots = { object: object.title, right, container: container.name?.value ?? "", ports: ports.join(", ") };
      report({ at, message: "closed", slots });
    }
    if (annotation === undefined || port === undefined || !isScraped) return;
    // A configuration of its own port is told first; otherwise any of the servers may be the one that is meant.
    const named = metrics.find(({ at }) => at !== undefined);
    const missed =
      named ?? (metrics.some((one) => one.port === port) || isOpen(object, port, metrics) ? undefined : metrics[0]);
    if (missed === undefined || missed.port === port) return;
    const others = metrics.some((one) => one !== missed && one.port === port);
    report({
      at: annotation,
      message: "port",
      slots: {
        object: object.title,
        port,
        server: missed.server,
        right: missed.port,
        source: missed.source,
        both: others ? ", or scrape both ports with a PodMonitor" : "",
      },
      related: missed.at === undefined ? [] : [{ at: missed.at, message: `metrics_port is ${missed.port}` }],
      fixes:
        annotation.anchor === undefined
          ? [{ title: `Write ${missed.port}`, safe: false, edits: [setScalar(annotation, String(missed.port))] }]
          : [],
    });
  },
});

interface Metrics {
  readonly container: Container;
  readonly server: string;
  readonly port: number;
  readonly source: string;
  /** Where a configuration says so. */
  readonly at: Span | undefined;
}

/** The ports of a pod that are known to have metrics. */
function metricsOf(graph: Graph, object: StackObject<Workload>): Metrics[] {
  const nested = cachesOf(graph, object).flatMap(({ config, container }): Metrics[] => {
    const port = isNested(config) ? numberAt(config.root, "observability", "metrics_port") : undefined;
    if (port === undefined || !isCacheServer(container)) return [];
    const server = `LMCache in container "${container.name?.value ?? ""}"`;
    return [{ container, server, port: port.value, source: "metrics_port", at: port.node }];
  });
  const servers = (object.view.template?.containers ?? []).flatMap((container): Metrics[] => {
    if (cacheServers(container).some(({ isModule }) => isModule)) return [];
    const lmcache = serverArguments(container);
    if (lmcache.length > 0) {
      const written = lmcache.findLast(({ flag }) => flag?.name === "--http-port")?.value?.text;
      return metricsAt(container, "lmcache server", "--http-port", written, byDefault.lmcache);
    }
    const [server, ...more] = readServers(container, undefined);
    if (server === undefined || more.length > 0 || !server.command.complete) return [];
    return metricsAt(container, "vLLM", "--port", argumentOf(container, "port")?.value, byDefault.vllm);
  });
  return [...nested, ...servers];
}

function metricsAt(
  container: Container,
  server: string,
  flag: string,
  written: string | undefined,
  otherwise: number,
): Metrics[] {
  const port = written === undefined ? otherwise : Number(written);
  const source = written === undefined ? `the default of ${flag}` : flag;
  return Number.isSafeInteger(port) ? [{ container, server, port, source, at: undefined }] : [];
}

/** Whether something in the pod may listen there: it says so, or a container of another kind does not say where. */
function isOpen({ view }: StackObject<Workload>, port: number, known: readonly Metrics[]): boolean {
  const template = view.template;
  const containers = [...(template?.containers ?? []), ...(template?.initContainers ?? [])];
  return containers.some((container) => {
    const { ports } = container;
    const isKnown = known.some((one) => one.container === container);
    return (ports.length === 0 && !isKnown) || ports.some((one) => one.port?.value === port);
  });
}
