import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lineWidth, wantsColour } from "../../server/cli/terminal/terminal.ts";
import { shortened, visible } from "../../server/cli/terminal/visible.ts";
import { widthOf } from "../../server/cli/terminal/width.ts";
import { hang, wrap } from "../../server/cli/terminal/wrap.ts";

describe("colour", () => {
  const table: [env: Record<string, string>, isTerminal: boolean, wanted: boolean][] = [
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ TERM: "dumb" }, true, false],
    [{ TERM: "xterm-256color" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ FORCE_COLOR: "" }, false, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  ];
  for (const [env, isTerminal, wanted] of table) {
    const place = isTerminal ? "on a terminal" : "in a pipe";
    it(`${wanted ? "shows" : "is absent"} ${place} with ${JSON.stringify(env)}`, () => {
      assert.equal(wantsColour(env, isTerminal), wanted);
    });
  }
});

it("lines are as long as the terminal, within what can be read", () => {
  assert.deepEqual([undefined, 20, 72, 300].map(lineWidth), [100, 40, 72, 100]);
});

describe("hostile text", () => {
  const table: [text: string, shown: string][] = [
    ["llama-70b", "llama-70b"],
    ["größe 漢字 😀", "größe 漢字 😀"],
    ["\x1b[31mred\x07", "␛[31mred␇"],
    ["a\r\nb\tc\0", "a␍␊b␉c␀"],
    ["\x7f\x9b31m", "␡<U+009B>31m"],
    ["user\u202Elmay", "user<U+202E>lmay"],
    ["a\u200Bb\uFEFFc", "a<U+200B>b<U+FEFF>c"],
    ["8\u00A0Gi", "8<U+00A0>Gi"],
    ["\u2028", "<U+2028>"],
    ["\uD800x", "<U+D800>x"],
    ["\u{E0041}", "<U+E0041>"],
  ];
  for (const [text, shown] of table) {
    it(`${JSON.stringify(text)} is shown as ${shown}`, () => assert.equal(visible(text), shown));
  }

  it("is cut in its middle, never through a character", () => {
    assert.equal(shortened("0123456789", 10), "0123456789");
    assert.equal(shortened("0123456789ab", 10), "012345…9ab");
    assert.equal(shortened("😀".repeat(20), 9), "😀😀…😀");
  });
});

it("a width counts columns, not characters", () => {
  const words = ["llama", "漢字", "ｗｉｄｅ", "e\u0301", "😀", "한글", "→", ""];
  assert.deepEqual(words.map(widthOf), [5, 4, 8, 1, 2, 4, 1, 0]);
});

describe("wrapping", () => {
  const table: [text: string, width: number, lines: string[]][] = [
    ["", 10, [""]],
    ["one two three", 9, ["one two", "three"]],
    ["https://example.com/a/long/page it says", 12, ["https://example.com/a/long/page", "it says"]],
    ["it waits 300 s then", 12, ["it waits", "300 s then"]],
    ["it needs 80 GiB now", 11, ["it needs", "80 GiB now"]],
    ["漢字 漢字 漢字", 9, ["漢字 漢字", "漢字"]],
    ["a name ::error::x", 8, ["a", "name ::error::x"]],
  ];
  for (const [text, width, lines] of table) {
    it(`${JSON.stringify(text)} at ${width} columns`, () => assert.deepEqual(wrap(text, width), lines));
  }

  it("hangs further lines under the first, behind its label", () => {
    assert.deepEqual(hang("fix: ", "Set the window to 300 s", 20, "  "), [
      "  fix: Set the",
      "       window to",
      "       300 s",
    ]);
  });
});
