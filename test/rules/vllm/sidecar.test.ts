import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

const pod = (image: string, args: string, engine = "") => `apiVersion: apps/v1
kind: Deployment
metadata: {name: decode}
spec:
  selector: {matchLabels: {app: decode}}
  template:
    metadata: {labels: {app: decode}}
    spec:
      initContainers:
        - {name: proxy, image: "${image}", restartPolicy: Always, args: [${args}]}
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args: [acme/m, --port=8200${engine}]
`;

const now = "ghcr.io/llm-d/llm-d-router-disagg-sidecar:v0.10.0";

function said(rule: string, files: Files): string[] {
  return lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(files, finding)}`);
}

describe("flags of the sidecar", () => {
  const rule = "vllm/sidecar-flag";
  const table: [args: string, expected: string[], image?: string][] = [
    ["--connector=nixlv2", ["error --connector"]],
    ["-connector, nixlv2", ["error -connector"]],
    ["--prefiller-use-tls", ["error --prefiller-use-tls"]],
    ["--kv-connector=nixlv2, --enable-tls=prefiller", []],
    ["--kv-connector=nixl", ["error nixl"]],
    ["--kv-connector=lmcache", ["error lmcache"]],
    ['"--kv-connector=$(KV)"', []],
    ["--connector=nixlv2", [], "ghcr.io/llm-d/llm-d-router-disagg-sidecar:v0.9.0"],
    ["--connector=nixlv2", [], "ghcr.io/llm-d/llm-d-routing-sidecar:v0.4.0"],
    ["--connector=nixlv2", [], "ghcr.io/acme/proxy:v0.10.0"],
  ];
  for (const [args, expected, image = now] of table)
    test(`${args} of ${image}`, () => assert.deepEqual(said(rule, { "d.yaml": pod(image, args) }), expected));

  test("the version may stand in the configuration", () => {
    const files = {
      "headroom.config.yaml": 'versions: {router: "0.10"}\n',
      "d.yaml": pod("ghcr.io/llm-d/llm-d-routing-sidecar:latest", "--connector=nixlv2"),
    };
    assert.deepEqual(said(rule, files), ["error --connector"]);
  });

  test("the fix writes what took their place", () => {
    const files = { "d.yaml": pod(now, "--connector=nixlv2, --decoder-use-tls=true, --prefiller-use-tls=false") };
    const findings = lint(files).filter((finding) => finding.rule === rule);
    assert.equal(findings.length, 3);
    const mended = applyEdits(
      files,
      findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []),
    );
    assert.match(
      mended["d.yaml"] ?? "",
      /args: \[--kv-connector=nixlv2, --enable-tls=decoder, --prefiller-use-tls=false\]/,
    );
    assert.equal(
      findings[0]?.message,
      'Deployment "decode", container "proxy": the sidecar 0.10.0 has no --connector any more: it stops at start, and no request reaches the pod. Write --kv-connector.',
    );
  });
});

describe("the sidecar's connector beside vLLM's", () => {
  const engine = (name: string, more = "") =>
    `, --kv-transfer-config, '{"kv_connector": "${name}", "kv_role": "kv_both"${more}}'`;
  const nested = engine(
    "MultiConnector",
    ', "kv_connector_extra_config": {"connectors": [{"kv_connector": "NixlConnector", "kv_role": "kv_both"}]}',
  );
  const table: [args: string, engine: string, expected: string[]][] = [
    ["--kv-connector=nixlv2", engine("NixlConnector"), []],
    ["--kv-connector=nixlv2", nested, []],
    ["--kv-connector=nixlv2", engine("MooncakeConnector"), ["warning nixlv2"]],
    ["--kv-connector=mooncake", engine("MooncakeConnector"), []],
    ["--kv-connector=shared-storage", engine("ExampleConnector"), []],
    ["--kv-connector=sglang", engine("NixlConnector"), []],
    ["--port=8000", engine("MooncakeConnector"), []],
    ["--kv-connector=nixlv2", "", []],
  ];
  for (const [args, words, expected] of table)
    test(`${args}${words}`, () =>
      assert.deepEqual(said("vllm/sidecar-connector", { "d.yaml": pod(now, args, words) }), expected));
});
