import type { RawFix } from "../../findings/raw-finding.ts";
import { cachesOf, isNested } from "../../graph/cache-of.ts";
import type { Graph } from "../../graph/graph.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { readServers } from "../../kinds/vllm/command-line.ts";
import { numberOf } from "../../kinds/vllm/setting.ts";
import { argumentOf, type Container } from "../../kinds/workload/container.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { PodTemplate, Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { setScalar } from "../../text/edits.ts";
import { numberAt, type Placed, scalarAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { templatesOf } from "../vllm/servers.ts";

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
          args: ["Qwen/Qwen3-8B", "--port=8000"]
          ports: [{name: http, containerPort: 8000}]
`;

export const scrapePort = defineRule({
  id: "monitors/scrape-port",
  title: "Scrape annotation on a port without metrics",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["P-02", "S0"],
  docs: {
    summary:
      "prometheus.io/port names a port on which no container of the pod listens, or another than the one its metrics are on.",
    why: "Prometheus asks that port of every pod and gets no answer, or somebody else's metrics: the target is down, and autoscalers and alerts that wait for its metrics see nothing. vLLM serves /metrics on its API port and on no other.",
    mend: "Name the port of the metrics. Where two containers of a pod have metrics, one annotation cannot name both: use a PodMonitor with two endpoints.",
    sources: [
      "https://docs.vllm.ai/en/latest/usage/metrics/",
      "https://github.com/prometheus/prometheus/blob/main/documentation/examples/prometheus-kubernetes.yml",
    ],
  },
  examples: { bad: example('"9090" # <-'), good: example('"8000"') },
  messages: {
    nobody:
      "Prometheus scrapes port {port} of the pods of {object}, but their containers listen on {ports}: it gets no metrics. Write the port that has them.",
    vllm: "Prometheus scrapes port {port} of the pods of {object}, but vLLM serves its metrics on the API port {ports} only. Write {ports}.",
    cache:
      "Prometheus scrapes port {port} of the pods of {object}, but the cache's metrics_port is {ports}: the cache is not watched. Name that port, or use a PodMonitor for both.",
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, graph, report }) {
    for (const template of templatesOf(object)) {
      const port = portOf(template);
      if (port === undefined) continue;
      const containers = [...template.containers, ...template.initContainers.filter(isSidecar)];
      const listens = containers.map(portsOf);
      const all = [...new Set(listens.flat())].sort((a, b) => a - b);
      const [only, another] = containers;
      const api = only !== undefined && another === undefined ? apiPort(only) : undefined;
      const cache = cachePort(graph, object);
      const slots = { object: object.title, port: port.value };
      if (!all.includes(port.value)) {
        // Of a container that declares nothing nobody knows where it listens.
        if (listens.some((ports) => ports.length === 0)) continue;
        const fixes = api === undefined ? [] : writePort(port, api);
        report({ at: port.node, message: "nobody", slots: { ...slots, ports: all.join(", ") }, fixes });
      } else if (api !== undefined && api !== port.value) {
        report({ at: port.node, message: "vllm", slots: { ...slots, ports: api }, fixes: writePort(port, api) });
      } else if (cache !== undefined && cache.value !== port.value) {
        const related = [{ at: cache.node, message: "metrics_port of the cache" }];
        report({ at: port.node, message: "cache", slots: { ...slots, ports: cache.value }, related });
      }
    }
  },
});

function portOf(template: PodTemplate): Placed<number> | undefined {
  const scraped = stringAt(template.annotation("prometheus.io/scrape"))?.value;
  const port = numberAt(template.annotation("prometheus.io/port"));
  return scraped === "true" && port !== undefined ? port : undefined;
}

function isSidecar({ root }: Container): boolean {
  return stringAt(root, "restartPolicy")?.value === "Always";
}

/** Ports that a container declares or is told on its command line. */
function portsOf(container: Container): number[] {
  const told = ["port", "metrics-port", "http-port", "prometheus-port"].flatMap((flag) => {
    const value = argumentOf(container, flag)?.value;
    return value !== undefined && /^\d+$/.test(value) ? [Number(value)] : [];
  });
  const servers = readServers(container, undefined).flatMap((server) => numberOf(server, "--port", 8000) ?? []);
  return [...container.ports.flatMap(({ port }) => port?.value ?? []), ...told, ...servers];
}

/** The one port of a container that runs vLLM and nothing else. */
function apiPort(container: Container): number | undefined {
  const [server, another] = readServers(container, undefined);
  return server?.command.items === true && another === undefined ? numberOf(server, "--port", 8000) : undefined;
}

/** Where the nested form of LMCache's configuration has its metrics. */
function cachePort(graph: Graph, object: StackObject<Workload>): Placed<number> | undefined {
  return cachesOf(graph, object).flatMap(({ config }) =>
    isNested(config) ? (numberAt(config.root, "observability", "metrics_port") ?? []) : [],
  )[0];
}

function writePort({ node }: Placed<number>, port: number): RawFix[] {
  const scalar = scalarAt(node);
  return scalar === undefined
    ? []
    : [{ title: `Write ${port}`, safe: false, edits: [setScalar(scalar, String(port))] }];
}
