import assert from "node:assert/strict";
import { test } from "node:test";
import { foundBy, pod } from "../vllm/pods.ts";

test("a container whose env stands there twice loses one of them", () => {
  const text = pod("image: x\nenv: [{name: HF_TOKEN, value: a}]\nenv: [{name: B, value: c}]");
  assert.deepEqual(foundBy("yaml/duplicate-key", text), ["error env"]);
});
