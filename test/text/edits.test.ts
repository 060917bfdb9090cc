import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { locate } from "../../server/findings/locate.ts";
import { type DocumentEdit, removeEntry, setPath, setScalar } from "../../server/text/edits.ts";
import type { MapNode } from "../../server/text/node.ts";
import { mapAt, resolve, scalarAt } from "../../server/text/read.ts";
import { readFile } from "../support/documents.ts";
import { applyEdits } from "../support/lint.ts";

/** The file after an edit to its first document, or to the first one inside that. */
function after(text: string, edit: (root: MapNode) => DocumentEdit | undefined, inside = false): string {
  const file = readFile(text);
  const doc = inside ? file.documents[0]?.embedded[0] : file.documents[0];
  const root = mapAt(doc?.root);
  assert.ok(root !== undefined);
  const made = edit(root);
  assert.ok(made !== undefined, "no edit");
  const raw = {
    rule: "x/x",
    severity: "info",
    message: "",
    at: root,
    related: [],
    fixes: [{ title: "", safe: true, edits: [made] }],
  } as const;
  const fix = locate(raw, "").fixes[0];
  assert.ok(fix !== undefined, "the edit cannot be written there");
  return applyEdits({ "file.yaml": text }, fix.edits)["file.yaml"] ?? "";
}

const set = (path: string[], yaml: string) => (root: MapNode) => setPath(root, path, yaml);
const change = (path: string[], value: string) => (root: MapNode) => {
  const node = scalarAt(root, ...path);
  return node === undefined ? undefined : setScalar(node, value);
};
const remove = (path: string[], key: string) => (root: MapNode) => {
  const map = resolve(path.length === 0 ? root : mapAt(root, ...path));
  return map?.type === "map" ? removeEntry(map, key) : undefined;
};

describe("another value keeps the quotes it had", () => {
  const table: [string, string, string][] = [
    ["a: 10Gi # why\n", "165Gi", "a: 165Gi # why\n"],
    ['a: "10Gi"\n', "165Gi", 'a: "165Gi"\n'],
    ["a: '10Gi'\n", "it's", "a: 'it''s'\n"],
    ["a: x\n", "b: c", 'a: "b: c"\n'],
    ["{a: 1, b: 2}\n", "3", "{a: 3, b: 2}\n"],
  ];
  for (const [text, value, expected] of table)
    test(text.trim(), () => assert.equal(after(text, change(["a"], value)), expected));
});

describe("a key is set where it belongs", () => {
  const table: [title: string, text: string, path: string[], expected: string][] = [
    ["an existing value is replaced", "a:\n  b: 1 # one\n", ["a", "b"], "a:\n  b: 9 # one\n"],
    ["a missing key comes last", "a:\n  x: 1\nz: 2\n", ["a", "b"], "a:\n  x: 1\n  b: 9\nz: 2\n"],
    ["behind a comment of its neighbour", "a:\n  x: 1 # one\nz: 2\n", ["a", "b"], "a:\n  x: 1 # one\n  b: 9\nz: 2\n"],
    ["missing mappings are made", "a:\n  x: 1\n", ["a", "b", "c"], "a:\n  x: 1\n  b:\n    c: 9\n"],
    ["an empty value is filled", "a:\nz: 2\n", ["a", "b"], "a:\n  b: 9\nz: 2\n"],
    ["an empty flow mapping too", "a: {}\n", ["a", "b"], "a: { b: 9 }\n"],
    ["flow style stays flow style", "a: {x: 1}\n", ["a", "b", "c"], "a: {x: 1, b: { c: 9 }}\n"],
    ["inside a list", "a:\n  - x: 1\n    y: 2\n", ["l"], "a:\n  - x: 1\n    y: 2\nl: 9\n"],
    ["after a block scalar", "a:\n  x: |\n    text\n\nz: 2\n", ["a", "b"], "a:\n  x: |\n    text\n  b: 9\n\nz: 2\n"],
    ["with Windows line breaks", "a:\r\n  x: 1\r\nz: 2\r\n", ["a", "b"], "a:\r\n  x: 1\r\n  b: 9\r\nz: 2\r\n"],
    ["without a last line break", "a:\n  x: 1", ["a", "b"], "a:\n  x: 1\n  b: 9"],
  ];
  for (const [title, text, path, expected] of table)
    test(title, () => assert.equal(after(text, set(path, "9")), expected));
});

describe("a key is taken out with its line", () => {
  const table: [title: string, text: string, path: string[], expected: string][] = [
    ["in the middle", "a: 1\nk: 2 # two\nb: 3\n", [], "a: 1\nb: 3\n"],
    ["at the end", "a: 1\nk:\n  - 2\n", [], "a: 1\n"],
    ["at the beginning", "k: 2\nb: 3\n", [], "b: 3\n"],
    ["alone", "a:\n  k: 2\n", ["a"], "a:\n  {}\n"],
    ["in flow style", "a: {x: 1, k: 2, y: 3}\n", ["a"], "a: {x: 1, y: 3}\n"],
    ["first in flow style", "a: {k: 2, y: 3}\n", ["a"], "a: {y: 3}\n"],
  ];
  for (const [title, text, path, expected] of table)
    test(title, () => assert.equal(after(text, remove(path, "k")), expected));
});

describe("an edit inside an embedded document", () => {
  const literal = (body: string) => `kind: ConfigMap\ndata:\n  a.yaml: |\n${body}  other: x\n`;

  test("is indented like the block", () => {
    const text = literal("    a:\n      x: 1\n    z: 2\n");
    assert.equal(
      after(text, set(["a", "b", "c"], "9"), true),
      literal("    a:\n      x: 1\n      b:\n        c: 9\n    z: 2\n"),
    );
  });

  test("takes whole lines with their indentation", () => {
    assert.equal(
      after(literal("    k: 1\n    a: 2\n    z: 3\n"), remove([], "k"), true),
      literal("    a: 2\n    z: 3\n"),
    );
    assert.equal(
      after(literal("    a: 2\n    z: 3\n    k: 1\n"), remove([], "k"), true),
      literal("    a: 2\n    z: 3\n"),
    );
  });

  test("is escaped like the string it stands in", () => {
    const text = 'kind: ConfigMap\ndata:\n  a.yaml: "a: x\\nb: 1\\n"\n';
    assert.equal(
      after(text, change(["a"], 'say "hi"'), true),
      'kind: ConfigMap\ndata:\n  a.yaml: "a: \\"say \\\\\\"hi\\\\\\"\\"\\nb: 1\\n"\n',
    );
  });

  test("keeps Windows line breaks", () => {
    const text = literal("    a: 1\n").replaceAll("\n", "\r\n").replace("a: 1\r\n", "a: 1\r\n    c: 2\r\n");
    assert.equal(after(text, set(["b"], "9"), true), text.replace("    c: 2\r\n", "    c: 2\r\n    b: 9\r\n"));
  });
});
