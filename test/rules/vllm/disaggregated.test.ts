import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

interface Side {
  readonly role?: string;
  readonly args?: string;
  readonly transfer?: string;
  readonly env?: string;
  readonly image?: string;
  readonly model?: string;
  readonly name?: string;
}

const nixl = '{"kv_connector": "NixlConnector", "kv_role": "kv_both"}';
const podIp = "[{name: VLLM_NIXL_SIDE_CHANNEL_HOST, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]";

const side = ({
  role = "prefill",
  args = "--port=8000",
  transfer = nixl,
  env = podIp,
  image = "vllm/vllm-openai:v0.19.0",
  model = "acme/m",
  name = role,
}: Side) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}, llm-d.ai/role: ${role}}}
    spec:
      containers:
        - name: vllm
          image: ${image}
          args: [${model}, ${args}, --kv-transfer-config, '${transfer}']
          env: ${env}
`;

const all = (...documents: string[]): Files => ({ "all.yaml": documents.join("---\n") });

function said(files: Files, ...rules: string[]): string[] {
  return lint(files)
    .filter(({ rule }) => rules.includes(rule))
    .map((finding) => `${finding.severity} ${cut(files, finding)}`);
}

describe("connectors", () => {
  const named = (name: string, more = "") => `{"kv_connector": "${name}", "kv_role": "kv_both"${more}}`;
  const table: [transfer: string, expected: string[], image?: string][] = [
    [named("LMCacheConnectorV1"), []],
    [named("PyNcclConnector"), ['error "PyNcclConnector"']],
    [named("PyNcclConnector"), [], "vllm/vllm-openai:v0.8.5"],
    [named("NIXLConnector"), ['error "NIXLConnector"']],
    [named("LmCacheConnectorV1"), ['error "LmCacheConnectorV1"']],
    [named("SharedStorageConnector"), []],
    [named("AcmeConnector"), ['error "AcmeConnector"']],
    [named("AcmeConnector", ', "kv_connector_module_path": "acme.kv"'), []],
    [named("AcmeConnector"), [], "ghcr.io/acme/vllm:1"],
    [named("AcmeConnector"), [], "vllm/vllm-openai:v0.90.0"],
    ["{{ .Values.kv }}", []],
    [
      named("MultiConnector", `, "kv_connector_extra_config": {"connectors": [${named("NixlConector")}]}`),
      ['error "NixlConector"'],
    ],
  ];
  for (const [transfer, expected, image] of table) {
    test(`${transfer} ${image ?? ""}`, () => {
      const files = all(side({ transfer, ...(image === undefined ? {} : { image }) }));
      assert.deepEqual(said(files, "vllm/kv-connector"), expected);
    });
  }

  test("the fix writes the name", () => {
    const files = all(side({ transfer: named("PyNcclConnector") }));
    const finding = lint(files).find(({ rule }) => rule === "vllm/kv-connector");
    assert.equal(
      finding?.message,
      'Deployment "prefill", container "vllm": the connector PyNcclConnector went with vLLM\'s V0 engine: the server stops at start. Write NixlConnector.',
    );
    assert.match(
      applyEdits(files, finding?.fixes[0]?.edits ?? [])["all.yaml"] ?? "",
      /"kv_connector": "NixlConnector"/,
    );
  });
});

describe("what the schema says of --kv-transfer-config", () => {
  const table: [transfer: string, expected: string[]][] = [
    ['{"kv_connector": "NixlConnector"}', ["schema/missing-key error"]],
    ['{"kv_connector": "NixlConnector", "kv_role": "both"}', ["schema/wrong-value error"]],
    ['{"kv_connector": "NixlConnector", "kv_role": "kv_both", "kv_port_base": 1}', ["schema/unknown-key error"]],
    [nixl, []],
  ];
  for (const [transfer, expected] of table)
    test(transfer, () => {
      const found = lint(all(side({ transfer }))).filter(({ rule }) => rule.startsWith("schema/"));
      assert.deepEqual(
        found.map(({ rule, severity }) => `${rule} ${severity}`),
        expected,
      );
    });
});

describe("roles of prefill and decode", () => {
  const transfer = (role: string, connector = "MooncakeConnector") =>
    `{"kv_connector": "${connector}", "kv_role": "${role}"}`;
  const table: [side: Side, expected: string[]][] = [
    [{ role: "prefill", transfer: transfer("kv_consumer") }, ['error "kv_consumer"']],
    [{ role: "decode", transfer: transfer("kv_producer") }, ['error "kv_producer"']],
    [{ role: "prefill", transfer: transfer("kv_producer") }, []],
    [{ role: "decode", transfer: transfer("kv_consumer") }, []],
    [{ role: "decode", transfer: transfer("kv_both") }, []],
    [{ role: "prefill-decode", transfer: transfer("kv_consumer") }, []],
    [{ role: "decode", transfer: transfer("kv_producer", "LMCacheConnectorV1") }, []],
  ];
  for (const [one, expected] of table)
    test(`${one.role} ${one.transfer}`, () =>
      assert.deepEqual(said(all(side(one)), "vllm/disaggregated-roles"), expected));
});

describe("prefill and decode of one model", () => {
  const rule = "vllm/disaggregated-pair";
  const pair = (prefill: Side, decode: Side) =>
    all(side({ role: "prefill", ...prefill }), side({ role: "decode", ...decode }));
  const table: [title: string, files: Files, expected: string[]][] = [
    ["alike", pair({}, {}), []],
    ["other tensor parallel sizes", pair({ args: "-tp=2" }, { args: "-tp=4" }), []],
    ["other cache formats", pair({ args: "--kv-cache-dtype=fp8" }, {}), ['error "NixlConnector"']],
    ["two names of one format", pair({ args: "--kv-cache-dtype=fp8" }, { args: "--kv-cache-dtype=fp8_e4m3" }), []],
    ["a format that is filled in", pair({ args: "'--kv-cache-dtype=$(T)'" }, {}), []],
    ["other blocks", pair({ args: "--block-size=16" }, { args: "--block-size=64" }), ["warning 64"]],
    ["blocks of one side alone", pair({ args: "--block-size=16" }, {}), []],
    ["other lengths", pair({ args: "--max-model-len=32k" }, { args: "--max-model-len=8k" }), ["warning 8k"]],
    ["one length in two spellings", pair({ args: "--max-model-len=8k" }, { args: "--max-model-len=8000" }), []],
    ["other models", pair({ model: "acme/m" }, { model: "acme/n" }), ["error acme/n"]],
    ["a model and its path", pair({ model: "acme/m" }, { model: "/models/m" }), []],
    [
      "other connectors",
      pair({ transfer: '{"kv_connector": "MooncakeConnector", "kv_role": "kv_both"}' }, {}),
      ['error "NixlConnector"'],
    ],
    ["pull and push of NIXL", pair({ transfer: nixl.replace("Nixl", "NixlPush") }, {}), []],
    [
      "two models beside each other",
      all(
        side({ name: "p1", args: "--block-size=16" }),
        side({ name: "d1", role: "decode", args: "--block-size=64" }),
        side({ name: "p2", model: "acme/n", args: "--block-size=32" }),
        side({ name: "d2", model: "acme/n", role: "decode", args: "--block-size=32" }),
      ),
      ["warning 64"],
    ],
    [
      "two prefill sides of one model",
      all(
        side({ name: "p1", args: "--block-size=16" }),
        side({ name: "p2", args: "--block-size=64" }),
        side({ role: "decode", args: "--block-size=64" }),
      ),
      [],
    ],
    [
      "two directories",
      { "a/p.yaml": side({ args: "--block-size=16" }), "b/d.yaml": side({ role: "decode", args: "--block-size=64" }) },
      [],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files, rule), expected));
});

describe("the address of a NIXL engine", () => {
  const rule = "vllm/nixl-host";
  const table: [title: string, side: Side, expected: string[]][] = [
    ["the pod's own", {}, []],
    ["none", { env: "[]" }, ['error "NixlConnector"']],
    ["localhost", { env: "[{name: VLLM_NIXL_SIDE_CHANNEL_HOST, value: localhost}]" }, ["error localhost"]],
    ["filled in later", { env: '[{name: VLLM_NIXL_SIDE_CHANNEL_HOST, value: "$(POD_IP)"}]' }, []],
    ["of an engine with another connector", { env: "[]", transfer: nixl.replace("Nixl", "Mooncake") }, []],
    ["of an image that is not vLLM's", { env: "[]", image: "ghcr.io/llm-d/llm-d-inference-sim:v0.5" }, []],
  ];
  for (const [title, one, expected] of table) test(title, () => assert.deepEqual(said(all(side(one)), rule), expected));

  test("may come from a ConfigMap or a script, and pods without a role stand alone", () => {
    const bare = side({ env: "[]" });
    assert.deepEqual(said(all(bare.replace("env: []", "envFrom: [{configMapRef: {name: env}}]")), rule), []);
    assert.deepEqual(said(all(bare.replace(", llm-d.ai/role: prefill", "")), rule), []);
    const script = bare.replace(
      "args: [",
      "command: [sh, -c, 'export VLLM_NIXL_SIDE_CHANNEL_HOST=$IP; exec vllm serve $0'] #",
    );
    assert.deepEqual(said(all(script), rule), []);
  });

  test("is added by the fix", () => {
    for (const text of [side({ env: "[{name: A, value: b}]" }), side({}).replace(/ +env: .*\n/, "")]) {
      const files = all(text);
      const finding = lint(files).find((one) => one.rule === rule);
      const mended = applyEdits(files, finding?.fixes[0]?.edits ?? []);
      assert.match(mended["all.yaml"] ?? "", /name: VLLM_NIXL_SIDE_CHANNEL_HOST,/);
      assert.deepEqual(said(mended, rule), []);
    }
  });
});
