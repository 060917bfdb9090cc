import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

const rule = "monitors/scrape-port";
const nested = `apiVersion: v1
kind: ConfigMap
metadata: {name: cache}
data:
  config.yaml: |
    storage: {cpu: {buffer_size: 8Gi}, disk: {enabled: false}}
    observability: {metrics_port: 8001}
`;

const pod = (
  port: string,
  { ports = "8000", args = "acme/m", more = "", scrape = '"true"' } = {},
) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: m}
spec:
  selector: {matchLabels: {app: m}}
  template:
    metadata:
      labels: {app: m}
      annotations: {prometheus.io/scrape: ${scrape}, prometheus.io/port: ${port}}
    spec:
      volumes: [{name: c, configMap: {name: cache}}]
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args: [${args}]
          ports: [${ports
            .split(" ")
            .map((one) => `{containerPort: ${one}}`)
            .join(", ")}]
${more}`;

const cache = `        - name: lmcache
          image: lmcache/lmcache-server:v0.4.3
          ports: [{containerPort: 8001}]
          volumeMounts: [{name: c, mountPath: /etc/lmcache}]
`;
const said = (files: Files) =>
  lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(files, finding)}`);

describe("the port that is scraped", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["vLLM's", { "d.yaml": pod('"8000"') }, []],
    ["nobody's", { "d.yaml": pod('"9090"') }, ['warning "9090"']],
    ["declared, but without metrics", { "d.yaml": pod('"9090"', { ports: "8000 9090" }) }, ['warning "9090"']],
    ["told on the command line", { "d.yaml": pod('"8200"', { ports: "8200", args: "acme/m, --port=8200" }) }, []],
    ["filled in", { "d.yaml": pod('"${PORT}"') }, []],
    ["of pods that are not scraped", { "d.yaml": pod('"9090"', { scrape: '"false"' }) }, []],
    ["of a sidecar", { "d.yaml": pod('"8001"', { more: cache }) }, []],
    [
      "of a sidecar that declares nothing",
      { "d.yaml": pod('"9100"', { more: "        - {name: x, image: y}\n" }) },
      [],
    ],
    [
      "vLLM's, beside a cache with another",
      { "d.yaml": `${pod('"8000"', { more: cache })}---\n${nested}` },
      ['warning "8000"'],
    ],
    ["the cache's", { "d.yaml": `${pod('"8001"', { more: cache })}---\n${nested}` }, []],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));

  test("is written by the fix", () => {
    const files = { "d.yaml": pod('"9090"') };
    const finding = lint(files).find((one) => one.rule === rule);
    assert.equal(
      finding?.message,
      'Prometheus scrapes port 9090 of the pods of Deployment "m", but their containers listen on 8000: it gets no metrics. Write the port that has them.',
    );
    assert.deepEqual(said(applyEdits(files, finding?.fixes[0]?.edits ?? [])), []);
  });
});
