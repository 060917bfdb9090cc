import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, lint } from "../../support/lint.ts";

const pod = (...variables: [name: string, value: string][]) => ({
  "a.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: lmcache/vllm-openai:v0.4.3
          env:
${variables.map(([name, value]) => `            - {name: ${name}, value: ${JSON.stringify(value)}}\n`).join("")}`,
});

const findings = (files: ReturnType<typeof pod>) => lint(files).filter(({ rule }) => rule === "lmcache/variable");
const said = (...variables: [name: string, value: string][]) => {
  const files = pod(...variables);
  return findings(files).map((finding) => `${finding.severity} ${cut(files, finding)}`);
};

describe("LMCache's variables", () => {
  test("are right as LMCache reads them", () => {
    assert.deepEqual(
      said(
        ["LMCACHE_MAX_LOCAL_CPU_SIZE", "20.5"],
        ["LMCACHE_LOCAL_CPU", "True"],
        ["LMCACHE_CHUNK_SIZE", "256"],
        ["LMCACHE_LMCACHE_INSTANCE_ID", "a"],
        ["LMCACHE_LMCACHE_WORKER_PORTS", "8500,8501"],
        ["LMCACHE_EC_CHUNK_SIZE", "128"],
        ["LMCACHE_EXTRA_CONFIG", "{}"],
        ["LMCACHE_LOG_LEVEL", "INFO"],
        ["LMCACHE_CONFIG_FILE", "/etc/lmcache.yaml"],
        ["LMCACHE_CACHE_POLICY", "lru"],
      ),
      [],
    );
  });

  const table: [title: string, name: string, value: string, ...said: string[]][] = [
    ["a misspelt name", "LMCACHE_MAX_LOCAL_CPU_SIZES", "20", "error LMCACHE_MAX_LOCAL_CPU_SIZES"],
    ["a misspelt name of the encoder cache", "LMCACHE_EC_CHUNKSIZE", "20", "error LMCACHE_EC_CHUNKSIZE"],
    ["a size with a unit", "LMCACHE_MAX_LOCAL_CPU_SIZE", "20Gi", 'error "20Gi"'],
    ["a size of the encoder cache with a unit", "LMCACHE_EC_MAX_LOCAL_CPU_SIZE", "2Gi", 'error "2Gi"'],
    ["a truth that is read as false", "LMCACHE_LOCAL_CPU", "yes", 'error "yes"'],
    ["an encoding that there is not", "LMCACHE_REMOTE_SERDE", "zstd", 'error "zstd"'],
    ["an old name", "LMCACHE_ENABLE_XPYD", "true", "warning LMCACHE_ENABLE_XPYD"],
    ["a name of somebody else", "LMCACHE_OPERATOR_IMAGE", "a"],
    ["a value that is filled in later", "LMCACHE_CHUNK_SIZE", "$(CHUNK)"],
    ["no value at all", "LMCACHE_CHUNK_SIZE", ""],
  ];
  for (const [title, name, value, ...expected] of table)
    test(title, () => assert.deepEqual(said([name, value]), expected));

  const mends: [name: string, value: string, after: RegExp][] = [
    ["LMCACHE_MAX_LOCAL_CPU_SIZE", "1Ti", /LMCACHE_MAX_LOCAL_CPU_SIZE, value: "1024"/],
    ["LMCACHE_LOCAL_CPU", "off", /LMCACHE_LOCAL_CPU, value: "false"/],
    ["LMCACHE_NIXL_ROLE", "sender", /name: LMCACHE_PD_ROLE, value: "sender"/],
    ["LMCACHE_REMOTE_SERDE", "cachegem", /LMCACHE_REMOTE_SERDE, value: "cachegen"/],
    ["LMCACHE_EC_CHUNKSIZE", "1", /name: LMCACHE_EC_CHUNK_SIZE/],
  ];
  for (const [name, value, after] of mends) {
    test(`${name}=${value} is mended`, () => {
      const files = pod([name, value]);
      const mended = applyEdits(files, findings(files)[0]?.fixes[0]?.edits ?? []);
      assert.match(mended["a.yaml"] ?? "", after);
      assert.deepEqual(findings({ "a.yaml": mended["a.yaml"] ?? "" }), []);
    });
  }
});
