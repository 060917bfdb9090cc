import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plainOf } from "../../server/schemas/plain.ts";
import { readFile } from "../support/documents.ts";

/** What a text says as plain values; "given up" where that is not to be had. */
function plain(text: string, keepNulls = true): unknown {
  const root = readFile(text).documents[0]?.root;
  assert.ok(root);
  const read = plainOf(root, { keepNulls });
  return read === undefined ? "given up" : JSON.parse(JSON.stringify(read.value));
}

describe("plain values", () => {
  const table: [title: string, text: string, value: unknown][] = [
    [
      "scalars by the core schema",
      'a: [1, 1.5, 0x10, true, ~, yes, "1", 2020-01-01]',
      { a: [1, 1.5, 16, true, null, "yes", "1", "2020-01-01"] },
    ],
    ["tags of the core schema", "a: [!!str 1, !!int 2, !!bool true, !!null x]", { a: ["1", 2, true, "x"] }],
    ["a tag of somebody else leaves the text", "a: !vault secret", { a: "secret" }],
    ["aliases", "a: &a {x: 1}\nb: *a", { a: { x: 1 }, b: { x: 1 } }],
    [
      "merge keys, own entries first",
      "a: &a {x: 1, y: 1}\nb: {<<: *a, x: 2}",
      { a: { x: 1, y: 1 }, b: { x: 2, y: 1 } },
    ],
    [
      "several merged mappings, the first of them first",
      "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b]}",
      { a: { x: 1 }, b: { x: 2, y: 2 }, c: { x: 1, y: 2 } },
    ],
    [
      "merge keys of merged mappings",
      "a: &a {x: 1}\nb: &b {<<: *a}\nc: {<<: *b}",
      { a: { x: 1 }, b: { x: 1 }, c: { x: 1 } },
    ],
    ["the last of two equal keys", "a: 1\na: 2", { a: 2 }],
    ["an anchor in itself is given up", "a: &a {b: *a}", "given up"],
    ["a merge of itself is given up", "a: &a {<<: *a}", "given up"],
    ["a key that is no text is given up", "? {a: 1}\n: 2", "given up"],
  ];
  for (const [title, text, value] of table) test(title, () => assert.deepEqual(plain(text), value));

  test("without nulls a key without a value is not written", () => {
    assert.deepEqual(plain("a:\nb: ~\nc: 1", false), { c: 1 });
    assert.deepEqual(plain("a: &a {x: 1}\nb: {<<: *a, x: null}", false), { a: { x: 1 }, b: {} });
  });

  test("keys of Object.prototype are keys like any other", () => {
    const root = readFile("__proto__: {polluted: 1}\nconstructor: 2\nhasOwnProperty: 3").documents[0]?.root;
    const value = root === undefined ? undefined : (plainOf(root, { keepNulls: true })?.value as object);
    assert.deepEqual(Object.keys(value ?? {}), ["__proto__", "constructor", "hasOwnProperty"]);
    assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  });
});

describe("what grows without measure is given up at once", () => {
  const levels = (line: (level: number) => string) => Array.from({ length: 30 }, (_, level) => line(level)).join("\n");
  const table: [title: string, text: string][] = [
    ["lists of lists", `a0: &a0 [x]\n${levels((n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}, *a${n}, *a${n}]`)}`],
    [
      "mappings of mappings",
      `a0: &a0 {k: x}\n${levels((n) => `a${n + 1}: &a${n + 1} {a: *a${n}, b: *a${n}, c: *a${n}}`)}`,
    ],
    [
      "merged mappings",
      `a: &a {${Array.from({ length: 2000 }, (_, n) => `k${n}: 1`).join(", ")}}\nb:\n${"  - {<<: *a}\n".repeat(2000)}`,
    ],
    [
      "one large anchor, many times",
      `a: &a [${Array.from({ length: 5000 }, (_, n) => n).join(", ")}]\nb:\n${"  - *a\n".repeat(500)}`,
    ],
    [
      "a ladder of aliases",
      `a0: &a0 [x]\n${Array.from({ length: 5000 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}]`).join("\n")}`,
    ],
  ];
  for (const [title, text] of table) {
    test(title, () => {
      const root = readFile(text).documents[0]?.root;
      assert.ok(root);
      assert.equal(plainOf(root, { keepNulls: true }), undefined);
    });
  }
});
