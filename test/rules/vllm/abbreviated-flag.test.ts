import assert from "node:assert/strict";
import { test } from "node:test";
import { filesOf, findingsOf, foundBy, mendedBy, pod, serving } from "./pods.ts";

const rule = "vllm/abbreviated-flag";

test("is written out, in any spelling and place", () => {
  const table: [text: string, found: string[], lines: string[] | undefined][] = [
    [
      serving("v0.19.0", "m", "--max-num-seq=256"),
      ["info --max-num-seq"],
      ["- - --max-num-seq=256", "+ - --max-num-seqs=256"],
    ],
    [
      serving("v0.19.0", "m", "--max_num_seq", '"256"'),
      ["info --max_num_seq"],
      ["- - --max_num_seq", "+ - --max-num-seqs"],
    ],
    [
      serving("v0.19.0", "m", '"--gpu-mem=0.9"'),
      ["info --gpu-mem"],
      ['- - "--gpu-mem=0.9"', '+ - "--gpu-memory-utilization=0.9"'],
    ],
    [serving("v0.19.0", "m", "--enforce"), ["info --enforce"], ["- - --enforce", "+ - --enforce-eager"]],
    [
      pod("image: x\ncommand:\n  - sh\n  - -c\n  - |\n    vllm serve m \\\n      --max-num-seq 256"),
      ["info --max-num-seq"],
      ["- --max-num-seq 256", "+ --max-num-seqs 256"],
    ],
    [serving("v0.19.0", "m", "--max-num-seqs=256", "-tp=2", "--max-num=1"), [], undefined],
  ];
  for (const [text, found, lines] of table) {
    assert.deepEqual(foundBy(rule, text), found, text);
    assert.deepEqual(mendedBy(rule, text)?.lines, lines, text);
  }
});

test("the fix is safe, and leaves nothing to say", () => {
  const [finding] = findingsOf(rule, filesOf(serving("v0.19.0", "m", "--max-num-seq=256")));
  assert.deepEqual(
    finding?.fixes.map(({ title, safe }) => [title, safe]),
    [["Write --max-num-seqs", true]],
  );
});
