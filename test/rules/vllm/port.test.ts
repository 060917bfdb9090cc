import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";
import { filesOf, findingsOf, foundBy, mendedBy, pod } from "./pods.ts";

const rule = "vllm/port";
const server = (args: string, lines: string) => pod(`image: vllm/vllm-openai:v0.19.0\nargs: [acme/m${args}]\n${lines}`);

describe("ports", () => {
  const probe = (port: string) => `readinessProbe: {httpGet: {path: /health, port: ${port}}}`;
  const ports = (...numbers: number[]) => `ports: [${numbers.map((port) => `{containerPort: ${port}}`).join(", ")}]`;
  const table: [args: string, lines: string, expected: string[]][] = [
    [", --port=8200", probe("8000"), ["error 8000"]],
    [", --port=8200", probe("8200"), []],
    ["", probe("8000"), []],
    ["", probe("8080"), ["error 8080"]],
    [", --port=8200", `ports: [{name: http, containerPort: 8200}]\n${probe("http")}`, []],
    [', "--port=$(PORT)"', probe("8000"), []],
    [", --config=/etc/vllm.yaml", probe("8080"), []],
    [", --uds=/run/vllm.sock", probe("8080"), []],
    [", --port=8200", ports(8000), ["error 8000"]],
    [", --port=8200", ports(8200, 5557), []],
    [", --port=8200", ports(5557, 5600), []],
    [", --port=8200", `livenessProbe: {tcpSocket: {port: 8000}}\n${probe("8200")}`, ["error 8000"]],
    [", --port=8200", "livenessProbe: {grpc: {port: 8000}}", []],
  ];
  for (const [args, lines, expected] of table)
    test(`${args} ${lines}`, () => assert.deepEqual(foundBy(rule, server(args, lines)), expected));

  test("another container of the pod may listen there", () => {
    const proxy = `        - {name: proxy, image: x, args: ["--port=8000"]}\n`;
    assert.deepEqual(foundBy(rule, server(", --port=8200", probe("8000")) + proxy), []);
    assert.deepEqual(foundBy(rule, server(", --port=8200", probe("8001")) + proxy), ["error 8001"]);
  });

  const named = "ports: [{name: http, containerPort: 8000}, {name: zmq, containerPort: 5557}]";
  test("a probe asks a port by its name in the same container", () => {
    assert.deepEqual(foundBy(rule, server("", `${named}\n${probe("http")}`)), []);
    assert.deepEqual(foundBy(rule, server("", `${named}\n${probe("htp")}`)), ["error htp"]);
    assert.deepEqual(foundBy(rule, server("", probe("metrics"))), ["error metrics"]);
    assert.deepEqual(foundBy(rule, server("", `${named}\n${probe('"{{ .port }}"')}`)), []);
    assert.deepEqual(foundBy(rule, server("", `${named}\n${probe('"8000"')}`)), []);
    const mended = mendedBy(rule, server("", `${named}\n${probe("htp")}`));
    assert.equal(mended?.title, "Write http");
    assert.match(mended?.lines.join("\n") ?? "", /path: \/health, port: http\}/);
    const other = `        - {name: proxy, image: x, ports: [{name: proxy, containerPort: 80}]}\n`;
    assert.deepEqual(foundBy(rule, server("", probe("proxy")) + other), ["error proxy"]);
  });

  test("an overlay may name further ports", () => {
    const base = server("", probe("metrics"));
    const overlay = (containers: string) => ({
      "base/kustomization.yaml": "resources: [a.yaml]\n",
      "base/a.yaml": base,
      "prod/kustomization.yaml": `resources: [../base]\npatches:\n  - target: {kind: Deployment}\n    patch: '${containers}'\n`,
    });
    const said = (patch: string) => lint(overlay(patch)).filter(({ rule: id }) => id === rule).length;
    assert.equal(
      said("[{op: add, path: /spec/template/spec/containers/0/ports, value: [{name: metrics, containerPort: 1}]}]"),
      0,
    );
    assert.equal(said("[{op: add, path: /spec/replicas, value: 2}]"), 1);
  });

  test("a sidecar passes requests on to vLLM's port", () => {
    const sidecar = (flag: string, image = "ghcr.io/llm-d/llm-d-router-disagg-sidecar:v0.10.0") =>
      `        - {name: routing-proxy, image: "${image}", args: [--port=8000, ${flag}]}\n`;
    const found = (flag: string, args = ", --port=8200") => foundBy(rule, server(args, probe("8200")) + sidecar(flag));
    assert.deepEqual(found("--model-server-port=8200"), []);
    assert.deepEqual(found("--model-server-port=8201"), ["error 8201"]);
    assert.deepEqual(found("--vllm-port, '8201'"), ["error 8201"]);
    assert.deepEqual(found("--kv-connector=nixlv2"), []);
    assert.deepEqual(found("--model-server-port=$(PORT)"), []);
    const router = sidecar("--model-server-port=8201", "acme/proxy");
    assert.deepEqual(foundBy(rule, server(", --port=8200", probe("8200")) + router), []);
  });

  test("a renderer listens as a server does", () => {
    const render = (args: string, lines: string) =>
      pod(`image: vllm/vllm-openai-cpu:v0.19.1\ncommand: [vllm, launch, render]\nargs: [acme/m${args}]\n${lines}`);
    assert.deepEqual(foundBy(rule, render(", --port=8100", probe("8000"))), ["error 8000"]);
    assert.deepEqual(foundBy(rule, render(", --port=8100", ports(8100))), []);
    assert.deepEqual(foundBy(rule, render("", ports(8001))), ["error 8001"]);
    assert.deepEqual(foundBy(rule, render(", --config=/a.yaml", ports(8001))), []);
  });

  test("a script may start more than the server", () => {
    const script = pod(
      `image: vllm/vllm-openai:v0.19.0\ncommand: [sh, -c, "nginx & vllm serve acme/m --port 8200"]\n${probe("8000")}`,
    );
    assert.deepEqual(foundBy(rule, script), []);
  });

  test("says who listens where; the fix writes that", () => {
    const text = server(", --port=8200", probe("8000"));
    assert.equal(
      findingsOf(rule, filesOf(text))[0]?.message,
      'Deployment "llama", container "vllm": the readinessProbe asks port 8000, but vLLM listens on 8200: it always fails. Write 8200, or the port\'s name.',
    );
    assert.deepEqual(mendedBy(rule, text)?.lines, [
      "- readinessProbe: {httpGet: {path: /health, port: 8000}}",
      "+ readinessProbe: {httpGet: {path: /health, port: 8200}}",
    ]);
  });
});

describe("a Service named vllm", () => {
  const links = "vllm/service-links";
  const service = (more = "", metadata = "name: vllm") =>
    `apiVersion: v1\nkind: Service\nmetadata: {${metadata}}\nspec: {selector: {app: llama}, ports: [{port: 8000}]${more}}\n`;
  const deployment = (spec = "", container = "") =>
    server("", container).replace("    spec:\n      containers:", `    spec:\n${spec}      containers:`);
  const found = (...documents: string[]) =>
    lint({ "all.yaml": documents.join("---\n") })
      .filter((finding) => finding.rule === links)
      .map(({ severity }) => severity);

  const table: [title: string, documents: string[], expected: string[]][] = [
    ["beside the server", [deployment(), service()], ["error"]],
    ["with links off", [deployment("      enableServiceLinks: false\n"), service()], []],
    ["with links on", [deployment("      enableServiceLinks: true\n"), service()], ["error"]],
    ["with links filled in", [deployment('      enableServiceLinks: "${LINKS}"\n'), service()], []],
    ["without an address", [deployment(), service(", clusterIP: None")], []],
    ["of another name", [deployment(), service("", "name: vllm-chat")], []],
    ["in another namespace", [deployment(), service("", "name: vllm, namespace: other")], []],
    ["where the variable is set", [deployment("", 'env: [{name: VLLM_PORT, value: "9000"}]'), service()], []],
  ];
  for (const [title, documents, expected] of table) test(title, () => assert.deepEqual(found(...documents), expected));
});
