import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { frame } from "../../server/cli/report/frame.ts";
import { Lines } from "../../server/text/lines.ts";

const plain = { quiet: (text: string) => text, mark: (text: string) => text };

/** The frame around what stands between « and ». */
function framed(marked: string, width = 60): string[] {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const lines = new Lines(marked.replace(/[«»]/g, ""));
  return frame(lines, { start: lines.positionAt(start), end: lines.positionAt(end) }, width, plain);
}

describe("a code frame", () => {
  it("marks the exact stretch", () => {
    assert.deepEqual(framed("spec:\n  maxReplicas: «10»\n"), [
      "  2 │   maxReplicas: 10", //
      "    │                ^^",
    ]);
  });

  it("marks a place without width by one column", () => {
    assert.deepEqual(framed("name:«»\n"), [
      "  1 │ name:", //
      "    │      ^",
    ]);
  });

  it("of a document with Windows line breaks is the same", () => {
    assert.deepEqual(framed("spec:\r\n  maxReplicas: «10»\r\n"), framed("spec:\n  maxReplicas: «10»\n"));
  });

  it("stands below wide characters, emoji and combining marks", () => {
    assert.deepEqual(framed('"漢字😀e\u0301": «10»'), [
      '  1 │ "漢字😀e\u0301": 10', //
      "    │            ^^",
    ]);
  });

  it("shows tabs, and where they lead", () => {
    assert.deepEqual(framed("a:\n«\t»\t- b"), [
      "  2 │ →   →   - b", //
      "    │ ^^^^",
    ]);
  });

  it("shows what would act on the terminal", () => {
    assert.deepEqual(framed('a: "\x1b[2J" «b»'), [
      '  1 │ a: "␛[2J" b', //
      "    │           ^",
    ]);
  });

  it("leaves a byte order mark out", () => {
    assert.deepEqual(framed("\uFEFF«a»: 1"), [
      "  1 │ a: 1", //
      "    │ ^",
    ]);
  });

  it("of two lines shows both", () => {
    assert.deepEqual(framed("x:\n  «limits:\n    memory: 1Gi»\n"), [
      "  2 │   limits:",
      "    │   ^^^^^^^",
      "  3 │     memory: 1Gi",
      "    │     ^^^^^^^^^^^",
    ]);
  });

  it("of many lines shows the first and the last", () => {
    const text = `${"\n".repeat(8)}a: «[\n${"  1,\n".repeat(4)}]»\n`;
    assert.deepEqual(framed(text), ["   9 │ a: [", "     │    ^", "   ⋮   4 more lines", "  14 │ ]", "     │ ^"]);
  });

  it("of a stretch that ends before the text of a line ends above it", () => {
    assert.deepEqual(framed("a: «b\n\n  »c: d\n"), [
      "  1 │ a: b", //
      "    │    ^",
    ]);
  });

  it("cuts a long line around the stretch", () => {
    const long = (before: number, inside: string, after: number) =>
      `${"b".repeat(before)}«${inside}»${"a".repeat(after)}`;
    assert.deepEqual(framed(long(100, "xyz", 100), 40), [
      "  1 │ …bbbbbbbbbbbbxyzaaaaaaaaaaaaaaaaa…",
      "    │              ^^^",
    ]);
    assert.deepEqual(framed(long(100, "xyz", 2), 40), [
      "  1 │ …bbbbbbbbbbbbbbbbbbbbbbbbbbbxyzaa", //
      "    │                             ^^^",
    ]);
    assert.deepEqual(framed(long(2, "xyz", 100), 40), [
      "  1 │ bbxyzaaaaaaaaaaaaaaaaaaaaaaaaaaa…", //
      "    │   ^^^",
    ]);
    assert.deepEqual(framed(long(100, "x".repeat(100), 100), 40), [
      `  1 │ …${"x".repeat(32)}…`,
      `    │  ${"^".repeat(32)}`,
    ]);
  });

  it("cuts wide characters whole", () => {
    for (const row of framed(`${"漢".repeat(50)}«字»${"漢".repeat(50)}`, 41))
      assert.doesNotMatch(row, /[\uD800-\uDFFF]|U\+/);
    for (const row of framed(`${"😀".repeat(50)}«x»${"😀".repeat(50)}`, 41)) assert.doesNotMatch(row, /U\+/);
  });

  it("of a line of megabytes shows what fits", () => {
    const lines = new Lines(`${"a".repeat(5_000_000)}${"\u0301".repeat(1_000_000)}`);
    const range = { start: { line: 0, character: 4_000_000 }, end: { line: 0, character: 6_000_000 } };
    assert.ok(frame(lines, range, 80, plain).every((row) => row.length <= 80));
  });

  it("of plain letters is that of others which are as wide", () => {
    const line = fc.string({ minLength: 1, maxLength: 200, unit: fc.constantFrom("a", "b", " ", ":") });
    fc.assert(
      fc.property(line, fc.nat(), fc.nat(), fc.integer({ min: 5, max: 100 }), (text, from, length, width) => {
        const start = from % text.length;
        const end = Math.min(start + (length % text.length), text.length);
        const framedIn = (shown: string) => {
          const lines = new Lines(shown);
          return frame(lines, { start: lines.positionAt(start), end: lines.positionAt(end) }, width, plain);
        };
        const accented = framedIn(text.replaceAll("a", "á").replaceAll("b", "ö"));
        assert.deepEqual(
          framedIn(text),
          accented.map((row) => row.replaceAll("á", "a").replaceAll("ö", "b")),
        );
      }),
    );
  });
});
