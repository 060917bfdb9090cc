import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../support/lint.ts";

/** A vLLM server of a prefill pod, with arguments by line. */
const server = (...args: string[]): Files => ({
  "vllm.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: prefill}
spec:
  selector: {matchLabels: {app: prefill}}
  template:
    metadata: {labels: {app: prefill, llm-d.ai/role: prefill}}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args:
            - Qwen/Qwen3-8B
${args.map((arg) => `            - ${arg}\n`).join("")}          env:
            - {name: VLLM_NIXL_SIDE_CHANNEL_HOST, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
`,
});

const rules = new Set(["vllm/disaggregated-roles", "vllm/kv-connector"]);
const found = (files: Files) => lint(files).filter(({ rule }) => rules.has(rule));
const said = (files: Files) =>
  found(files).map((finding) => `${finding.rule} ${cut(files, finding).replaceAll('"', "")}`);

/** The arguments after the fix of the one finding, of which nothing is left. */
function mended(files: Files): string {
  const [finding, ...more] = found(files);
  assert.equal(more.length, 0);
  const after = applyEdits(files, finding?.fixes[0]?.edits ?? []);
  assert.deepEqual(said(after), []);
  return after["vllm.yaml"] ?? "";
}

const dotted = "--kv-transfer-config";

describe("connectors on the command line", () => {
  const table: [title: string, args: string[], expected: string[]][] = [
    ["as JSON", [dotted, `'{"kv_connector":"NixlConnector","kv_role":"kv_consumer"}'`], ["kv_consumer"]],
    ["key by key", [`${dotted}.kv_connector`, "NixlConnector", `${dotted}.kv_role`, "kv_consumer"], ["kv_consumer"]],
    ["key by key, with =", [`${dotted}.kv_connector=NixlConnector`, `${dotted}.kv_role=kv_consumer`], ["kv_consumer"]],
    [
      "in underscores",
      [`--kv_transfer_config.kv_connector=NixlConnector`, `${dotted}.kv_role=kv_consumer`],
      ["kv_consumer"],
    ],
    [
      "within another",
      [
        `${dotted}.kv_connector=MultiConnector`,
        `${dotted}.kv_role=kv_both`,
        `'${dotted}.kv_connector_extra_config.connectors=[{"kv_connector":"NixlConector","kv_role":"kv_both"}]'`,
      ],
      [],
    ],
    [
      "behind JSON, which then counts for nothing",
      [
        dotted,
        `'{"kv_connector":"NixlConnector","kv_role":"kv_consumer"}'`,
        `${dotted}.kv_connector=NixlConnector`,
        `${dotted}.kv_role=kv_producer`,
      ],
      [],
    ],
    ["one that is filled in later", [`${dotted}.kv_connector=$(CONNECTOR)`, `${dotted}.kv_role=kv_consumer`], []],
    [
      "beside an address that is filled in later",
      [
        dotted,
        `'{"kv_connector":"NixlConnector","kv_role":"kv_consumer","kv_connector_extra_config":{"host":"tcp://$(NODE_IP)"}}'`,
      ],
      ["kv_consumer"],
    ],
    [
      "a list that grows",
      [`${dotted}.kv_connector=NixlConnector`, `${dotted}.backends+=UCX`, `${dotted}.kv_role=kv_consumer`],
      [],
    ],
  ];
  for (const [title, args, expected] of table) {
    test(title, () => {
      assert.deepEqual(
        said(server(...args)),
        expected.map((text) => `vllm/disaggregated-roles ${text}`),
      );
    });
  }

  test("are mended where they stand", () => {
    assert.match(
      mended(server(`${dotted}.kv_connector=NixlConnector`, `${dotted}.kv_role=kv_consumer`)),
      /- --kv-transfer-config\.kv_role=kv_producer\n/,
    );
    assert.match(
      mended(server(`${dotted}.kv_connector`, "NixlConector", `${dotted}.kv_role`, "kv_both")),
      /- --kv-transfer-config\.kv_connector\n {12}- NixlConnector\n/,
    );
    assert.match(
      mended(server(dotted, `'{"kv_connector":"NixlConnector","kv_role":"kv_consumer"}'`)),
      /'\{"kv_connector":"NixlConnector","kv_role":"kv_producer"\}'/,
    );
  });
});
