import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../support/lint.ts";
import { mended, messages, said } from "../epp/support.ts";
import { pool } from "./support.ts";

const service = (port: string, more = "") => `apiVersion: v1
kind: Service
metadata: {name: llama-epp, labels: {app: llama-epp}${more}}
spec: {selector: {app: llama-epp}, ports: [${port}]}
---
`;
const router = (args = "[--pool-name=llama, --config-file=/c.yaml]") => `apiVersion: apps/v1
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
          args: ${args}
          ports: [{name: grpc, containerPort: 9002}, {name: metrics, containerPort: 9090}]
---
`;

describe("the Service of an endpoint picker", () => {
  const rule = "pool/picker-port";
  const http2 = "appProtocol: http2";
  const table: [title: string, text: string, ...said: string[]][] = [
    ["says HTTP/2", pool() + service(`{port: 9002, ${http2}}`)],
    ["says it as Kubernetes does", pool() + service("{port: 9002, appProtocol: kubernetes.io/h2c}")],
    ["says it as GKE does", pool() + service("{port: 9002, appProtocol: HTTP2}")],
    ["says nothing", pool() + service("{port: 9002}"), "warning 9002"],
    ["says HTTP/1.1", pool() + service("{port: 9002, appProtocol: http}"), "warning http"],
    ["says what is filled in later", pool() + service('{port: 9002, appProtocol: "{{ .p }}"}')],
    ["says it of the port that is asked", pool() + service(`{port: 9090, name: m}, {port: 9002, name: g, ${http2}}`)],
    ["is asked by no pool", service("{port: 9002}")],
    ["is asked on a port that it has not", pool() + service("{port: 9003}")],
    ["leads to gRPC", pool() + service(`{port: 9002, ${http2}, targetPort: 9002}`) + router()],
    ["leads to gRPC by name", pool() + service(`{port: 9002, ${http2}, targetPort: grpc}`) + router()],
    ["leads to metrics", pool() + service(`{port: 9002, ${http2}, targetPort: 9090}`) + router(), "error 9090"],
    [
      "leads to metrics by name",
      pool() + service(`{port: 9002, ${http2}, targetPort: metrics}`) + router(),
      "error metrics",
    ],
    ["leads to a name that nobody has", pool() + service(`{port: 9002, ${http2}, targetPort: other}`) + router()],
    [
      "leads to the port of the flag",
      pool() + service(`{port: 9002, ${http2}, targetPort: 9100}`) + router("[--pool-name=llama, --grpc-port=9100]"),
    ],
    [
      "leads past the port of the flag",
      pool() + service(`{port: 9002, ${http2}}`) + router("[--pool-name=llama, --grpc-port=9100]"),
      "error 9002",
    ],
    [
      "leads to a port that is filled in later",
      pool() + service(`{port: 9002, ${http2}}`) + router("[--pool-name=llama, --grpc-port=$(PORT)]"),
    ],
    ["leads to a script", pool() + service(`{port: 9002, ${http2}, targetPort: 1}`) + router('[sh, -c, "epp $FLAGS"]')],
  ];
  for (const [title, text, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, { "a.yaml": text }), expected));

  test("may get its protocol from a patch", () => {
    const files: Files = {
      "a.yaml": pool() + service("{port: 9002}"),
      "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: Service}}]\n",
      "p.yaml": "[{op: add, path: /spec/ports/0/appProtocol, value: http2}]\n",
    };
    assert.deepEqual(said(rule, files), []);
  });

  test("gets protocol and port", () => {
    const files = (port: string): Files => ({ "a.yaml": pool() + service(port) + router() });
    assert.deepEqual(mended(rule, files("{port: 9002}"), "Write appProtocol: http2"), files(`{port: 9002, ${http2}}`));
    assert.deepEqual(
      mended(rule, files(`{port: 9002, ${http2}, targetPort: 9090}`), "Write 9002"),
      files(`{port: 9002, ${http2}, targetPort: 9002}`),
    );
    assert.deepEqual(messages(rule, files(`{port: 9002, ${http2}, targetPort: 9090}`)), [
      'Service "llama-epp": port 9002 leads to 9090, and the endpoint picker in Deployment "llama-epp" listens for gRPC on 9002: the gateway gets no answer. Write targetPort 9002.',
    ]);
  });
});

describe("a ServiceMonitor for an endpoint picker", () => {
  const rule = "monitors/picker-credentials";
  const monitor = (endpoint: string) => `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: llama-epp}
spec:
  selector: {matchLabels: {app: llama-epp}}
  endpoints: [${endpoint}]
---
`;
  const metrics = service("{name: m, port: 9090, targetPort: metrics}, {name: grpc, port: 9002, appProtocol: http2}");
  const table: [title: string, text: string, ...said: string[]][] = [
    ["without credentials", metrics + router() + monitor("{port: m}"), "info m"],
    ["with a token", metrics + router() + monitor("{port: m, authorization: {credentials: {name: a, key: t}}}")],
    ["with a token in a file", metrics + router() + monitor("{port: m, bearerTokenFile: /token}")],
    [
      "that only trusts any certificate",
      metrics + router() + monitor("{port: m, tlsConfig: {insecureSkipVerify: true}}"),
      "info m",
    ],
    [
      "of a picker that asks nobody",
      metrics + router("[--pool-name=a, --metrics-endpoint-auth=false]") + monitor("{port: m}"),
    ],
    [
      "of a picker that may ask",
      metrics + router("[--pool-name=a, --metrics-endpoint-auth=$(A)]") + monitor("{port: m}"),
    ],
    [
      "of a picker that asks",
      metrics + router("[--pool-name=a, --metrics-endpoint-auth]") + monitor("{port: m}"),
      "info m",
    ],
    ["of another port", metrics + router() + monitor("{port: grpc}")],
    ["of another metrics port", metrics + router("[--pool-name=a, --metrics-port=9091]") + monitor("{port: m}")],
    ["of pods that are not here", metrics + monitor("{port: m}")],
  ];
  for (const [title, text, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, { "a.yaml": text }), expected));
});
