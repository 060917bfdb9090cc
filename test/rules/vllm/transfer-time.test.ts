import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";

const server = (
  network: string,
  args = "Qwen/Qwen3-32B, --max-model-len=32768",
  role = "prefill",
) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: m, annotations: {headroom.dev/network: "${network}"}}
spec:
  selector: {matchLabels: {app: m}}
  template:
    metadata: {labels: {app: m, llm-d.ai/role: ${role}}}
    spec: {containers: [{name: vllm, image: "vllm/vllm-openai:v0.19.0", args: [${args}]}]}
`;
const found = (text: string) => lint({ "d.yaml": text }).filter(({ rule }) => rule === "vllm/transfer-time");

describe("the time of a prompt's cache on the network", () => {
  // 32768 tokens x 256 KiB are 8 GiB.
  const table: [text: string, expected: number][] = [
    [server("10Gbps"), 1],
    [server("100Gbps"), 0],
    [server("49 Gbps"), 1],
    [server("50Gbit/s"), 0],
    [server("10Gbps", "Qwen/Qwen3-32B, --max-model-len=4096"), 0],
    [server("10Gbps", "acme/m, --max-model-len=32768"), 0],
    [server("10Gbps", "Qwen/Qwen3-32B, '--max-model-len=$(LEN)'"), 0],
    [server("fast"), 0],
    [server("0Gbps"), 0],
    [server("10Gbps", "Qwen/Qwen3-32B", "decode"), 0],
  ];
  for (const [text, expected] of table)
    test(`${/network: "(.*)"/.exec(text)?.[1]} ${/args: \[(.*)\]\}/.exec(text)?.[1]}`, () =>
      assert.equal(found(text).length, expected));

  test("is told with the size", () => {
    assert.equal(
      found(server("10Gbps"))[0]?.message,
      'Deployment "m", container "vllm": the KV cache of 32768 tokens of Qwen/Qwen3-32B is 8.0 GiB, which take 9.8 s at 70 % of 10Gbps: the first token waits for that. Guides expect less than 2 s.',
    );
  });
});
