import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { TextDocument } from "vscode-languageserver-textdocument";
import { Lines } from "../../server/text/lines.ts";

const texts = fc
  .array(fc.constantFrom("a", "kind: x", "é", "😀", "\n", "\r\n", "\r", "\n\n"), { maxLength: 20 })
  .map((parts) => parts.join(""));

describe("the lines of a text", () => {
  const tables: [string, [start: number, end: number][]][] = [
    ["", [[0, 0]]],
    ["a", [[0, 1]]],
    [
      "a\n",
      [
        [0, 1],
        [2, 2],
      ],
    ],
    [
      "a\nb",
      [
        [0, 1],
        [2, 3],
      ],
    ],
    [
      "a\r\nb",
      [
        [0, 1],
        [3, 4],
      ],
    ],
    [
      "a\rb",
      [
        [0, 1],
        [2, 3],
      ],
    ],
    [
      "\n\r\n\r",
      [
        [0, 0],
        [1, 1],
        [3, 3],
        [4, 4],
      ],
    ],
    [
      "\r\r\n",
      [
        [0, 0],
        [1, 1],
        [3, 3],
      ],
    ],
    ["\u2028a\u0085", [[0, 3]]],
  ];
  for (const [text, lines] of tables) {
    it(`of ${JSON.stringify(text)} are ${lines.length}`, () => {
      const found = new Lines(text);
      assert.equal(found.lineCount, lines.length);
      assert.deepEqual(
        lines.map((_, line) => [found.lineStart(line), found.lineEnd(line)]),
        lines,
      );
    });
  }

  it("are clamped to the first and the last", () => {
    const found = new Lines("ab\ncd");
    assert.deepEqual([found.lineStart(-1), found.lineEnd(-1)], [0, 2]);
    assert.deepEqual([found.lineStart(9), found.lineEnd(9)], [3, 5]);
  });
});

describe("a position", () => {
  it("counts UTF-16 characters from zero", () => {
    const lines = new Lines("😀 é\nx");
    assert.deepEqual(lines.positionAt(2), { line: 0, character: 2 });
    assert.deepEqual(lines.positionAt(5), { line: 1, character: 0 });
    assert.equal(lines.offsetAt({ line: 1, character: 1 }), 6);
  });

  it("inside a break is the end of its line", () => {
    assert.deepEqual(new Lines("ab\r\ncd").positionAt(3), { line: 0, character: 2 });
  });

  const outside: [line: number, character: number, offset: number][] = [
    [-1, 5, 0],
    [0, -1, 0],
    [0, 99, 2],
    [1, 99, 6],
    [2, 0, 6],
    [99, 99, 6],
  ];
  for (const [line, character, offset] of outside) {
    it(`at line ${line}, character ${character} is clamped to offset ${offset}`, () =>
      assert.equal(new Lines("ab\r\ncd").offsetAt({ line, character }), offset));
  }

  it("of an offset outside the text is clamped to the text", () => {
    assert.deepEqual(new Lines("ab\ncd").positionAt(-5), { line: 0, character: 0 });
    assert.deepEqual(new Lines("ab\ncd").positionAt(99), { line: 1, character: 2 });
  });

  it("is where the language server's own document puts it", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: -2, max: 60 }), fc.integer({ min: -2, max: 20 }), (text, offset, line) => {
        const ours = new Lines(text);
        const theirs = TextDocument.create("file:///a.yaml", "yaml", 1, text);
        assert.equal(ours.lineCount, theirs.lineCount);
        assert.deepEqual(ours.positionAt(offset), theirs.positionAt(offset));
        assert.equal(ours.offsetAt({ line, character: offset }), theirs.offsetAt({ line, character: offset }));
      }),
    );
  });

  it("leads back to its offset, except inside a break", () => {
    fc.assert(
      fc.property(texts, fc.nat(60), (text, at) => {
        fc.pre(at <= text.length && !(text[at - 1] === "\r" && text[at] === "\n"));
        const lines = new Lines(text);
        assert.equal(lines.offsetAt(lines.positionAt(at)), at);
      }),
    );
  });
});
