import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { closersOf, draftOf } from "../../server/text/draft.ts";
import { TextFile } from "../../server/text/file.ts";
import { type Node, nodeAt } from "../../server/text/node.ts";
import { at, resolve, stringAt } from "../../server/text/read.ts";
import { seedFiles } from "../fuzz/seeds.ts";
import { readFile } from "../support/documents.ts";

/** The document around `‸`. */
function draft(marked: string) {
  const offset = marked.indexOf("‸");
  const doc = draftOf(new TextFile("it.yaml", () => false), marked.replace("‸", ""), offset);
  return { doc, offset };
}

/** The keys of the document's root, and the text of the scalar at the cursor. */
function seen(marked: string): { keys: string[]; written: string | undefined } {
  const { doc, offset } = draft(marked);
  const root = resolve(doc.root);
  const keys = root?.type === "map" ? root.entries.map(({ key }) => (key.type === "scalar" ? key.text : "")) : [];
  const node = nodeAt(doc.root, offset - 1);
  return { keys, written: node?.type === "scalar" ? node.text : undefined };
}

describe("a document as it is typed", () => {
  const cases: readonly [title: string, marked: string, keys: string[], written: string | undefined][] = [
    ["what is whole is read as it is", "a: 1\nb: tw‸o\nc: 3\n", ["a", "b", "c"], "two"],
    ["a key that is begun", "a: 1\nb‸\nc: 3\n", ["a", "c"], undefined],
    ["a key that is begun below another", "a:\n  b: 1\n  im‸\nc: 3\n", ["a", "c"], undefined],
    ["a key of an item", "a:\n  - na‸\n    value: 1\nc: 3\n", ["a", "c"], undefined],
    ["an item", "a:\n  - one\n  - --max‸\nc: 3\n", ["a", "c"], "--max"],
    ["a value in braces that are open", "a: {b: 1, c: va‸\nd: 3\n", ["a", "d"], "va"],
    ["a key in braces that are open", "a: {b: 1, c‸\nd: 3\n", ["a", "d"], undefined],
    ["a word in brackets and quotes", 'a: ["--model", "m‸\nd: 3\n', ["a", "d"], "m"],
    ["a word in the middle of a list", 'a: [\n  "x",\n  "y‸"\n  "z"\n]\nd: 3\n', ["a", "d"], "y"],
    ["a lone word in a list of several lines", "a: [\n  x,\n  y‸\n]\nd: 3\n", ["a", "d"], "y"],
    ["a key that stands there already", "a: 1\nb: tw‸\na: 3\n", ["a", "b", "a"], "tw"],
    ["lines that end as on Windows", "a: 1\r\nb‸\r\nc: 3\r\n", ["a", "c"], undefined],
    ["a sentence where a key belongs", "a: 1\nsome words ‸here\nc: 3\n", ["a", "c"], undefined],
  ];
  for (const [title, marked, keys, written] of cases) {
    test(title, () => assert.deepEqual(seen(marked), { keys, written }));
  }

  test("what else is wrong with it is the parser's to tell", () => {
    const { doc } = draft("a: &x 1\nb‸\nc: *x\n");
    assert.deepEqual(stringAt(doc.root, "a")?.value, "1");
    assert.ok(doc.problems.length > 0);
  });

  test("what stands before the line keeps its offset, and what stands behind it as well where nothing is closed", () => {
    const { doc } = draft("a: 1\nb‸\nc: three\n");
    const node = at(doc.root, "c");
    assert.equal(node && doc.text.slice(node.start, node.end), "three");
    assert.equal(doc.text, "a: 1\nb\nc: three\n");
  });
});

test("what is whole is read as otherwise, wherever the cursor stands", () => {
  const shape = (node: Node | undefined): unknown =>
    node === undefined ? undefined : JSON.stringify(node, (key, value) => (key === "doc" ? undefined : value));
  for (const [, text] of seedFiles().filter((_, index) => index % 11 === 0)) {
    for (const doc of readFile(text).documents) {
      if (!doc.readable || doc.problems.length > 0) continue;
      const offset = doc.text.indexOf(": ") + 2;
      const draft = draftOf(new TextFile("it.yaml", () => false), doc.text, offset);
      assert.equal(shape(draft.root), shape(doc.root), doc.text);
    }
  }
});

test("what a line lacks", () => {
  const cases: Readonly<Record<string, string>> = {
    "a: b": "",
    "a: {b": "}",
    "a: [{b: c": "}]",
    'a: ["b': '"]',
    "a: ['it''s": "']",
    "a: it's": "",
    "a: rate(x{y": "",
    'a: "x{y"': "",
    "a: {b: c} # {": "",
    "- {a: [b]": "}",
    "a: {b: 'c}": "'}",
  };
  for (const [line, missing] of Object.entries(cases)) assert.equal(closersOf(line), missing, line);
});
