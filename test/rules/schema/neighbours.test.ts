import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { message } from "./support.ts";

const service = (ports: string) => `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  ports: [${ports}]
`;

describe("what an unknown key may have been meant for", () => {
  test("is the nearest key", () => {
    assert.match(message({ "s.yaml": service("{port: 80, nodePart: 30080}") }), /Did you mean "nodePort"\?/);
  });
  test("is none that stands beside it", () => {
    const text = message({ "s.yaml": service("{port: 80, nodePort: 30080, nodePart: 30081}") });
    assert.doesNotMatch(text, /Did you mean/);
  });
});

describe("a key that somebody calls by its right name and another chart's", () => {
  const values = (keys: string) => `servingEngineSpec:
  modelSpec:
    - name: llama
      repository: lmcache/vllm-openai
      tag: v0.4.3
      modelURL: meta-llama/Llama-3.1-8B-Instruct
      replicaCount: 1
      requestCPU: 8
      requestMemory: 60Gi
      requestGPU: 1
      vllmConfig: {enablePrefixCaching: true}
      lmcacheConfig: {enabled: true, kvRole: kv_producer, nixlRole: sender, enableNixl: true, ${keys}}
`;
  test("is nobody's misspelling", () => {
    assert.throws(() => message({ "values.yaml": values("enablePD: true, enableXpyd: true") }), /0 !== 1/);
  });
});
