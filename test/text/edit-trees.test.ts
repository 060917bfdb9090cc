import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { locate } from "../../server/findings/locate.ts";
import { type DocumentEdit, removeEntry, setAll, setItem } from "../../server/text/edits.ts";
import type { MapNode } from "../../server/text/node.ts";
import { mapAt, seqAt } from "../../server/text/read.ts";
import { stringYaml, type Yaml } from "../../server/text/write.ts";
import { readFile } from "../support/documents.ts";
import { applyEdits } from "../support/lint.ts";

/** The text after edits; absent when there is none to make. */
function after(text: string, make: (root: MapNode) => readonly DocumentEdit[] | undefined): string | undefined {
  const root = mapAt(readFile(text).documents[0]?.root);
  assert.ok(root !== undefined);
  const edits = make(root);
  if (edits === undefined) return undefined;
  const raw = {
    rule: "",
    severity: "info",
    message: "",
    at: root,
    related: [],
    fixes: [{ title: "", safe: true, edits }],
  } as const;
  const places = [...edits].sort((a, b) => a.start - b.start);
  for (const [index, { start }] of places.entries())
    assert.ok(index === 0 || start > (places[index - 1]?.start ?? 0), "two edits begin in one place");
  return applyEdits({ "file.yaml": text }, locate(raw, "").fixes[0]?.edits ?? [])["file.yaml"];
}

const set = (path: string[], tree: Yaml) => (root: MapNode) => setAll(root, path, tree);

describe("several values are set at once", () => {
  const two = { up: { w: "1" }, down: { w: "2" } };
  const table: [title: string, text: string, path: string[], expected: string | undefined][] = [
    ["into nothing", "a: 0\n", ["b"], "a: 0\nb:\n  up:\n    w: 1\n  down:\n    w: 2\n"],
    ["below nothing", "a: 0\n", ["b", "c"], "a: 0\nb:\n  c:\n    up:\n      w: 1\n    down:\n      w: 2\n"],
    ["into an empty value", "b: # later\n", ["b"], "b:\n  up:\n    w: 1\n  down:\n    w: 2 # later\n"],
    ["into ~", "b: ~\nc: 0\n", ["b"], "b:\n  up:\n    w: 1\n  down:\n    w: 2\nc: 0\n"],
    ["into {}", "b: {}\n", ["b"], "b: { up: { w: 1 }, down: { w: 2 } }\n"],
    ["into flow style", "b: {x: 0}\n", ["b"], "b: {x: 0, up: { w: 1 }, down: { w: 2 }}\n"],
    ["into an empty value in flow style", "{b: , c: 0}\n", ["b"], "{b: { up: { w: 1 }, down: { w: 2 } } , c: 0}\n"],
    ["into a key without a colon", "b: {up, down: {w: 0}}\n", ["b"], "b: {up: { w: 1 }, down: {w: 2}}\n"],
    ["into an empty half that is the last", "b:\n  down:\n", ["b"], "b:\n  down:\n    w: 2\n  up:\n    w: 1\n"],
    ["into an empty half with a comment", "b:\n  down: # c\n", ["b"], "b:\n  down:\n    w: 2 # c\n  up:\n    w: 1\n"],
    ["into both halves", "b:\n  up: {w: 0}\n  down:\n    w: 0\n", ["b"], "b:\n  up: {w: 1}\n  down:\n    w: 2\n"],
    [
      "into the last half, beside the other",
      "b:\n  down:\n    x: 0\nc: 0\n",
      ["b"],
      "b:\n  down:\n    x: 0\n    w: 2\n  up:\n    w: 1\nc: 0\n",
    ],
    [
      "behind a block scalar deep inside",
      "b:\n  down:\n    x: |\n      text\n\nc: 0\n",
      ["b"],
      "b:\n  down:\n    x: |\n      text\n    w: 2\n  up:\n    w: 1\n\nc: 0\n",
    ],
    [
      "behind a list",
      "b:\n  x:\n  - 1\n  - 2 # two\n",
      ["b"],
      "b:\n  x:\n  - 1\n  - 2 # two\n  up:\n    w: 1\n  down:\n    w: 2\n",
    ],
    ["not into text", "b: text\n", ["b"], undefined],
    ["not into a list", "b: [1]\n", ["b"], undefined],
    ["not through an alias", "x: &x {w: 0}\nb:\n  up: *x\n", ["b"], undefined],
    ["not into an anchored mapping", "b:\n  up: &x {w: 0}\n  other: *x\n", ["b"], undefined],
    ["not over an anchored value", "b:\n  up: {w: &w 0}\n  other: *w\n", ["b"], undefined],
    ["not over what is merged in", "x: &x {up: {v: 0}}\nb:\n  <<: *x\n", ["b"], undefined],
    [
      "an alias as a value is replaced",
      "x: &x 0\nb:\n  up: {w: *x}\n",
      ["b"],
      "x: &x 0\nb:\n  up: {w: 1}\n  down:\n    w: 2\n",
    ],
  ];
  for (const [title, text, path, expected] of table) {
    test(title, () => assert.equal(after(text, set(path, two)), expected));
  }

  test("in an item of a list, by its column", () => {
    const into = (root: MapNode) => {
      const item = mapAt(seqAt(root, "l")?.items[0]);
      return item === undefined ? undefined : setAll(item, ["b"], two);
    };
    assert.equal(
      after("l:\n  - a: 0\n", into),
      "l:\n  - a: 0\n    b:\n      up:\n        w: 1\n      down:\n        w: 2\n",
    );
  });

  test("with Windows line breaks", () => {
    assert.equal(
      after("b:\r\n  down:\r\n    x: 0\r\n", set(["b"], two)),
      "b:\r\n  down:\r\n    x: 0\r\n    w: 2\r\n  up:\r\n    w: 1\r\n",
    );
  });
});

describe("an item of a list is replaced", () => {
  const replace = (index: number) => (root: MapNode) => {
    const list = seqAt(root, "l");
    const item = list?.items[index];
    const edit = list === undefined || item === undefined ? undefined : setItem(list, item, { k: "1", m: { n: "2" } });
    return edit === undefined ? undefined : [edit];
  };
  const table: [title: string, text: string, index: number, expected: string | undefined][] = [
    ["in the column it had", "l:\n  - a: 0\n    b: 0\n  - c\n", 0, "l:\n  - k: 1\n    m:\n      n: 2\n  - c\n"],
    ["in a list as deep as its key", "l:\n- a: 0 # zero\n", 0, "l:\n- k: 1\n  m:\n    n: 2 # zero\n"],
    ["a flow mapping in a block list", "l:\n  - {a: 0}\n", 0, "l:\n  - k: 1\n    m:\n      n: 2\n"],
    ["in a flow list", "l: [{a: 0}, b]\n", 0, "l: [{ k: 1, m: { n: 2 } }, b]\n"],
    [
      "that ends in a block scalar",
      "l:\n  - a: |\n      text\n\n  - c\n",
      0,
      "l:\n  - k: 1\n    m:\n      n: 2\n\n  - c\n",
    ],
    ["not when it has an anchor", "l:\n  - &x {a: 0}\n  - *x\n", 0, undefined],
    ["not when it is an alias", "l:\n  - &x {a: 0}\n  - *x\n", 1, undefined],
  ];
  for (const [title, text, index, expected] of table)
    test(title, () => assert.equal(after(text, replace(index)), expected));
});

describe("an entry is taken out", () => {
  const remove = (key: string) => (root: MapNode) => {
    const map = mapAt(root, "a");
    const edit = map === undefined ? undefined : removeEntry(map, key);
    return edit === undefined ? undefined : [edit];
  };
  const table: [title: string, text: string, expected: string][] = [
    ["a comment above the next one stays", "a:\n  k: 0 # gone\n  # about x\n  x: 1\n", "a:\n  # about x\n  x: 1\n"],
    ["alone, with a block scalar", "a:\n  k: |\n    text\nb: 0\n", "a:\n  {}\nb: 0\n"],
    [
      "behind a block scalar",
      "a:\n  x:\n    y: |\n      text\n  k: 0\nb: 0\n",
      "a:\n  x:\n    y: |\n      text\nb: 0\n",
    ],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.equal(after(text, remove("k")), expected));
});

describe("a string is written so that every reader takes it for one", () => {
  const table: [string, string][] = [
    ["llama-70b", "llama-70b"],
    ["70", '"70"'],
    ["1e3", '"1e3"'],
    ["true", '"true"'],
    ["on", '"on"'],
    ["null", '"null"'],
    ["", '""'],
    ["a b", '"a b"'],
  ];
  for (const [text, yaml] of table) test(yaml, () => assert.equal(stringYaml(text), yaml));
});
