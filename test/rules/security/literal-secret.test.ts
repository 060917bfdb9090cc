import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, lint } from "../../support/lint.ts";
import { foundBy, pod } from "../vllm/pods.ts";

const rule = "security/literal-secret";
const hub = "hf_0123456789abcdefghijABCDEFGHIJ0123";

describe("secrets as text", () => {
  const variable = (name: string, value: string) => pod(`image: x\nenv: [{name: ${name}, value: "${value}"}]`);
  const table: [name: string, value: string, found: boolean][] = [
    ["HF_TOKEN", hub, true],
    ["MY_HUB", hub, true],
    ["DB_PASSWORD", "s3cr3t!", true],
    ["AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIK7MDENGbPxRfiCY", true],
    ["OPENAI_API_KEY", "EMPTY", false],
    ["VLLM_API_KEY", "your-key-here", false],
    ["HF_TOKEN", "", false],
    ["HF_TOKEN", "<token>", false],
    ["HF_TOKEN", "$(TOKEN)", false],
    ["HF_TOKEN", "${HF_TOKEN}", false],
    ["MAX_TOKENS", "4096", false],
    ["TOKENIZER", "acme/m", false],
    ["HF_TOKEN_PATH", "/run/secrets/hf", false],
    ["DB_PASSWORD", "/run/secrets/db", false],
    ["LMCACHE_ENABLE_SECRET", "true", false],
    ["AWS_ACCESS_KEY_ID", "someone", false],
  ];
  for (const [name, value, found] of table)
    test(`${name}=${value}`, () =>
      assert.deepEqual(foundBy(rule, variable(name, value)), found ? [`warning "${value}"`] : []));

  test("behind flags of vLLM", () => {
    const text = pod(`image: vllm/vllm-openai:v0.19.0\nargs: [m, --api-key=abc-123-def, "--hf-token=$(HF)", --seed=1]`);
    assert.deepEqual(foundBy(rule, text), ["warning abc-123-def"]);
  });

  test("in a ConfigMap and in values of a chart", () => {
    const files = {
      "map.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {HF_TOKEN: ${hub}, MODEL: m}\n`,
      "secret.yaml": `apiVersion: v1\nkind: Secret\nmetadata: {name: c}\nstringData: {HF_TOKEN: ${hub}}\n`,
      "values.yaml": `servingEngineSpec:\n  modelSpec:\n    - {name: a, hf_token: ${hub}}\n    - {name: b, hf_token: {secretName: h, secretKey: t}}\n`,
    };
    const found = lint(files).filter((finding) => finding.rule === rule);
    assert.deepEqual(
      found.map((finding) => `${finding.file} ${cut(files, finding)}`),
      [`map.yaml ${hub}`, `values.yaml ${hub}`],
    );
  });

  test("the message does not repeat it", () => {
    const [finding] = lint({ "d.yaml": variable("HF_TOKEN", hub) }).filter((one) => one.rule === rule);
    assert.equal(finding?.message.includes(hub), false);
  });
});
