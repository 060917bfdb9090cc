import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, lint } from "../../support/lint.ts";

const service = (app: string, port: string, name = app) => `apiVersion: v1
kind: Service
metadata: {name: ${name}, labels: {app: ${app}}}
spec: {selector: {app: ${app}}, ports: [${port}]}
---
`;

const monitor = (app: string, port: string) => `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: llama}
spec: {selector: {matchLabels: {app: ${app}}}, endpoints: [{port: ${port}}]}
`;

const cacheServer = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: cache}
spec:
  selector: {matchLabels: {app: cache}}
  template:
    metadata: {labels: {app: cache}}
    spec: {containers: [{name: cache, image: "lmcache/standalone:v0.4.3", ports: [{name: http, containerPort: 8080}]}]}
---
`;

const podMonitor = (app: string, port: string) => `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: cache}
spec: {selector: {matchLabels: {app: ${app}}}, podMetricsEndpoints: [{port: ${port}}]}
`;

function told(text: string): string[] {
  const files = { "a.yaml": text };
  return lint(files)
    .filter(({ rule }) => rule.startsWith("monitors/"))
    .map((finding) => `${finding.rule.slice(9)}: ${cut(files, finding)}`);
}

describe("monitors", () => {
  const http = "{name: http, port: 8000}";
  for (const [name, text, expected] of [
    ["a slip in the label", service("llama", http) + monitor("lama", "http"), ["selects-nothing: lama"]],
    ["another name altogether may be elsewhere", service("llama", http) + monitor("router", "http"), []],
    ["no Service in sight", monitor("llama", "http"), []],
    ["two that may be meant", service("llama", http) + service("lamas", http) + monitor("lama", "http"), []],
    ["a label that is filled in later", service("llama", http) + monitor("'{{ .app }}'", "http"), []],
    ["a port of another name", service("llama", http) + monitor("llama", "metrics"), ["port-missing: metrics"]],
    ["a number for a name", service("llama", http) + monitor("llama", '"8000"'), ['port-missing: "8000"']],
    ["a port without a name", service("llama", "{port: 8000}") + monitor("llama", "http"), ["port-missing: http"]],
    [
      "one of two Services has it",
      service("llama", http) + service("llama", "{name: metrics, port: 1}", "b") + monitor("llama", "metrics"),
      [],
    ],
    ["a slip in the label of a DaemonSet's pods", cacheServer + podMonitor("cach", "http"), ["selects-nothing: cach"]],
    ["a port that a DaemonSet's pods do not have", cacheServer + podMonitor("cache", "grpc"), ["port-missing: grpc"]],
    ["a DaemonSet's pods", cacheServer + podMonitor("cache", "http"), []],
    ["all is well", service("llama", http) + monitor("llama", "http"), []],
  ] as const) {
    test(name, () => assert.deepEqual(told(text), expected));
  }
});
