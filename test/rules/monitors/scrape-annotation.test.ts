import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, lint } from "../../support/lint.ts";
import { messagesBy, saidBy } from "../values/said.ts";

const rule = "monitors/scrape-annotation";

const pod = (port: string, containers: string, { scrape = '"true"', kind = "Deployment", volumes = "" } = {}) =>
  `apiVersion: apps/v1
kind: ${kind}
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata:
      labels: {app: llama}
      annotations: {prometheus.io/scrape: ${scrape}, prometheus.io/port: ${port}}
    spec:
      containers:
${containers}${volumes}`;

const vllm = (args = "[--model=Qwen/Qwen3-8B, --port=8000]", ports = "") =>
  `        - {name: vllm, image: "vllm/vllm-openai:v0.19.0", args: ${args}${ports}}\n`;
const server = (args: string) =>
  `        - {name: server, image: "lmcache/standalone:v0.4.3", command: [lmcache, server], args: [--l1-size-gb=60, --eviction-policy=LRU${args}]}\n`;

describe("a scrape annotation", () => {
  const table: [title: string, text: string, expected: string[]][] = [
    ["on vLLM's port", pod('"8000"', vllm()), []],
    ["beside it", pod('"9090"', vllm()), ['warning "9090"']],
    ["beside vLLM's own default", pod('"9090"', vllm("[--model=Qwen/Qwen3-8B]")), ['warning "9090"']],
    ["on the port that vLLM is told", pod('"8200"', vllm("[--model=Qwen/Qwen3-8B, --port, '8200']")), []],
    ["on a port that the container has", pod('"9090"', vllm(undefined, ", ports: [{containerPort: 9090}]")), []],
    ["that is off", pod('"9090"', vllm(), { scrape: '"false"' }), []],
    ["that is filled in later", pod('"${PORT}"', vllm()), []],
    ["on a port that is filled in later", pod('"9090"', vllm("[--model=m, '--port=$(PORT)']")), []],
    [
      "in a pod with another container",
      pod('"9090"', `${vllm()}        - {name: proxy, image: "envoy:v1.34.0"}\n`),
      [],
    ],
    ["of a simulator", pod('"9090"', '        - {name: sim, image: "ghcr.io/llm-d/llm-d-inference-sim:v0.6.1"}\n'), []],
    ["on the HTTP port of a cache server", pod('"8080"', server(""), { kind: "DaemonSet" }), []],
    ["on the port that it does not serve", pod('"9090"', server(""), { kind: "DaemonSet" }), ['warning "9090"']],
    ["on the HTTP port that it is told", pod('"9000"', server(", --http-port=9000"), { kind: "DaemonSet" }), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));

  test("says where the metrics are", () => {
    assert.deepEqual(messagesBy(rule, pod('"9090"', server(""), { kind: "DaemonSet" })), [
      'DaemonSet "llama": prometheus.io/port is 9090, but lmcache server has its metrics on 8080 (the default of --http-port): Prometheus does not get them. Write 8080.',
    ]);
  });
});

const config = (port: string) => `---
apiVersion: v1
kind: ConfigMap
metadata: {name: lmcache-config}
data:
  config.yaml: |
    storage:
      cpu: {enabled: true, buffer_size: "8Gi"}
      disk: {enabled: false, max_size: "1Ti"}
    observability:
      metrics_port: ${port}
`;
const sidecar = (ports: string) =>
  `${vllm(undefined, ", ports: [{containerPort: 8000}]")}        - {name: lmcache, image: "lmcache/lmcache-server:v0.3.9", ports: ${ports}, volumeMounts: [{name: config, mountPath: /etc/lmcache}]}\n`;
const volumes = "      volumes:\n        - {name: config, configMap: {name: lmcache-config}}\n";
const stack = (annotated: string, ports: string, metrics: string) =>
  pod(annotated, sidecar(ports), { volumes }) + config(metrics);

describe("the metrics_port of a cache beside the engine", () => {
  test("is the one that is scraped, and the container has it", () => {
    assert.deepEqual(saidBy(rule, stack('"8001"', "[{containerPort: 8001}]", "8001")), []);
  });

  test("is missed by an annotation of the engine's port", () => {
    const files = { "values.yaml": stack('"8000"', "[{containerPort: 8001}]", "8001") };
    assert.deepEqual(messagesBy(rule, files["values.yaml"]), [
      'Deployment "llama": prometheus.io/port is 8000, but LMCache in container "lmcache" has its metrics on 8001 (metrics_port): Prometheus does not get them. Write 8001, or scrape both ports with a PodMonitor.',
    ]);
    const [finding] = lint(files).filter(({ rule: id }) => id === rule);
    assert.deepEqual(applyEdits(files, finding?.fixes[0]?.edits ?? []), {
      "values.yaml": stack('"8001"', "[{containerPort: 8001}]", "8001"),
    });
  });

  test("is not among the ports of its container", () => {
    assert.deepEqual(saidBy(rule, stack('"9001"', "[{containerPort: 8001}]", "9001")), ["warning 9001"]);
    assert.deepEqual(saidBy(rule, stack('"9001"', "[]", "9001")), []);
  });
});
