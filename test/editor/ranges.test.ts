import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FoldingRange, SelectionRange } from "vscode-languageserver-protocol/node";
import { foldingRanges } from "../../server/editor/folding.ts";
import { selectionRange } from "../../server/editor/selection.ts";
import { Lines } from "../../server/text/lines.ts";
import { readFile } from "../support/documents.ts";

const text = `# A stack
# of two
apiVersion: v1
kind: ConfigMap
data:
  default: |
    a:
      b: 1
    c: [1,
      2]

---
items:
  - x: 1
    y: 2
  - z
`;

function folds(of: string, limit = 100): string[] {
  return foldingRanges(readFile(of), limit).map(
    ({ startLine, endLine, kind }: FoldingRange) => `${startLine}-${endLine}${kind === undefined ? "" : ` ${kind}`}`,
  );
}

function grown(marked: string): string[] {
  const offset = marked.indexOf("‸");
  const plain = marked.replace("‸", "");
  const lines = new Lines(plain);
  const found: string[] = [];
  let at: SelectionRange | undefined = selectionRange(readFile(plain), lines.positionAt(offset));
  for (; at !== undefined; at = at.parent) {
    found.push(plain.slice(lines.offsetAt(at.range.start), lines.offsetAt(at.range.end)));
  }
  return found;
}

describe("folding", () => {
  test("values, documents and comments, also inside of a block", () => {
    assert.deepEqual(folds(text), ["0-1 comment", "4-9", "5-9", "6-7", "8-9", "11-15", "12-15", "13-14"]);
  });

  test("the same with Windows' ends of lines", () => {
    assert.deepEqual(folds(text.replaceAll("\n", "\r\n")), folds(text));
  });

  test("JSON behind a flag, and a document inside of a document inside of another", () => {
    const json =
      'command: [epp]\nargs:\n  - --config-text\n  - |\n    {\n      "kind": "EndpointPickerConfig",\n      "plugins": [\n        {"type": "a"}\n      ]\n    }\n';
    assert.deepEqual(folds(json), ["1-9", "3-9", "6-8"]);
    const nested =
      "kind: ConfigMap\ndata:\n  a.yaml: |\n    kind: ConfigMap\n    data:\n      b.yaml: |\n        kind: X\n        c:\n          d: 1\n";
    assert.deepEqual(folds(nested), ["1-8", "2-8", "4-8", "5-8", "7-8"]);
  });

  test("no more than the client takes", () => {
    assert.equal(folds(text, 3).length, 3);
  });

  test("hostile documents", () => {
    assert.deepEqual(folds("a: &a\n  - *a\n"), ["0-1"]);
    assert.ok(folds(`a: ${"[\n".repeat(10_000)}`).length <= 100);
    assert.equal(folds(Array.from({ length: 100_000 }, (_, i) => `k${i}:\n  a: 1\n`).join("")).length, 100);
  });
});

describe("a growing selection", () => {
  test("goes from the value out to the file's document", () => {
    assert.deepEqual(grown("a:\n  b: on‸e\n  c: two\n").slice(0, 4), [
      "one",
      "b: one",
      "b: one\n  c: two",
      "a:\n  b: one\n  c: two",
    ]);
  });

  test("leaves an inner document by its scalar", () => {
    const found = grown("kind: ConfigMap\ndata:\n  a.yaml: |\n    b: on‸e\n    c: two\n");
    assert.deepEqual(found.slice(0, 3), ["one", "b: one", "b: one\n    c: two"]);
    assert.ok(found.some((one) => one.startsWith("a.yaml: |")));
    assert.equal(found.at(-1), "kind: ConfigMap\ndata:\n  a.yaml: |\n    b: one\n    c: two\n");
  });

  test("goes from JSON behind a flag out to the arguments", () => {
    const found = grown(`args: [--config-text, '{"kind": "X", "plugins": [{"type": "que‸ue"}]}', --port]\n`);
    assert.deepEqual(found.slice(0, 7), [
      '"queue"',
      '"type": "queue"',
      '{"type": "queue"}',
      '[{"type": "queue"}]',
      '"plugins": [{"type": "queue"}]',
      '{"kind": "X", "plugins": [{"type": "queue"}]}',
      `'{"kind": "X", "plugins": [{"type": "queue"}]}'`,
    ]);
    assert.ok(found.includes(`[--config-text, '{"kind": "X", "plugins": [{"type": "queue"}]}', --port]`));
  });

  test("stays in its place with Windows' ends of lines", () => {
    const marked = "kind: ConfigMap\ndata:\n  a.yaml: |\n    b: on‸e\n    c: two\n";
    const windows = grown(marked.replaceAll("\n", "\r\n"));
    assert.deepEqual(
      windows.map((one) => one.replaceAll("\r\n", "\n")),
      grown(marked),
    );
  });

  test("each step holds the one before it", () => {
    const found = grown('a: &x {b: [1, "tw‸o"]}\nc: *x\n');
    for (const [index, inner] of found.entries()) assert.ok((found[index + 1] ?? inner).includes(inner));
    assert.equal(found[0], '"two"');
  });

  test("is nothing where nothing stands", () => {
    assert.deepEqual(grown("‸"), [""]);
  });
});
