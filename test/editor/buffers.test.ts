import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Buffers } from "../../server/editor/buffers.ts";
import { applyEdits } from "../support/lint.ts";

const uri = "file:///a.yaml";

test("after any edits a buffer holds the text that the editor shows", () => {
  const position = fc.record({ line: fc.nat(12), character: fc.nat(12) });
  const text = fc
    .array(fc.constantFrom("a", "b: ", "\n", "\r\n", "\r", "😀", "é"), { maxLength: 8 })
    .map((all) => all.join(""));
  const edit = fc.record({ from: position, to: position, text });
  fc.assert(
    fc.property(text, fc.array(edit, { maxLength: 20 }), (first, edits) => {
      const buffers = new Buffers();
      buffers.open({ textDocument: { uri, version: 1, text: first } });
      let shown = first;
      for (const { from, to, text: newText } of edits) {
        const [start, end] = [from, to].sort((a, b) => a.line - b.line || a.character - b.character);
        assert.ok(start !== undefined && end !== undefined);
        const range = { start, end };
        buffers.change({ textDocument: { uri, version: 2 }, contentChanges: [{ range, text: newText }] });
        shown = applyEdits({ it: shown }, [{ file: "it", range, newText }])["it"] ?? "";
        assert.equal(buffers.get(uri)?.getText(), shown);
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("a change that cannot be understood leaves the text as it is", () => {
  const buffers = new Buffers();
  buffers.open({ textDocument: { uri, version: 1, text: "a" } });
  const textDocument = { uri, version: 2 };
  for (const contentChanges of [undefined, [{ text: 5 }], [{ text: "b" }, { range: { start: {} }, text: "c" }]]) {
    assert.equal(buffers.change({ textDocument, contentChanges }), undefined);
  }
  assert.equal(buffers.get(uri)?.getText(), "a");
  assert.equal(buffers.get(uri)?.version, 1);
});
