import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findingsOf, foundBy, pod } from "../vllm/pods.ts";

describe("images that move", () => {
  const table: [image: string, found: boolean][] = [
    ["vllm/vllm-openai:latest", true],
    ["vllm/vllm-openai", true],
    ["ghcr.io/llm-d/llm-d-routing-sidecar:latest", true],
    ["lmcache/vllm-openai:nightly", true],
    ["registry:5000/vllm/vllm-openai", true],
    ["vllm/vllm-openai:v0.19.0", false],
    ["vllm/vllm-openai@sha256:0123", false],
    ["vllm/vllm-openai:${TAG}", false],
    ["nginx:latest", false],
    ["ghcr.io/acme/chat:latest", false],
  ];
  for (const [image, found] of table)
    test(image, () =>
      assert.deepEqual(foundBy("pods/image-tag", pod(`image: "${image}"`)), found ? [`info "${image}"`] : []),
    );

  test("by the version that a kustomization puts there", () => {
    const found = (images: string) =>
      findingsOf("pods/image-tag", {
        "base/kustomization.yaml": "resources: [pod.yaml]\n",
        "base/pod.yaml": pod("image: vllm/vllm-openai"),
        "prod/kustomization.yaml": `resources: [../base]\nimages: [${images}]\n`,
      }).length;
    assert.equal(found("{name: vllm/vllm-openai, newTag: v0.19.0}"), 0);
    assert.equal(found("{name: vllm/vllm-openai, digest: 'sha256:0123'}"), 0);
    assert.equal(found("{name: vllm/vllm-openai, newTag: latest}"), 1);
    assert.equal(found("{name: other, newTag: v1}"), 1);
  });
});
