import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { foundBy, pod } from "../vllm/pods.ts";

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
});
