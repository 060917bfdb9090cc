import assert from "node:assert/strict";
import { test } from "node:test";
import { Buffers } from "../../server/editor/buffers.ts";
import { workspaceEdit } from "../../server/editor/workspace-edit.ts";

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const edits = ["a", "b", "a"].map((name, index) => ({ uri: `file:///w/${name}%2C.yaml`, range, newText: `${index}` }));

test("edits of several files hold for the versions that are open, under the names the client gave them", () => {
  const buffers = new Buffers();
  buffers.open({ textDocument: { uri: "file:///w/a,.yaml", version: 7, text: "" } });
  assert.deepEqual(workspaceEdit(edits, buffers, true), {
    documentChanges: [
      {
        textDocument: { uri: "file:///w/a,.yaml", version: 7 },
        edits: [
          { range, newText: "0" },
          { range, newText: "2" },
        ],
      },
      { textDocument: { uri: "file:///w/b%2C.yaml", version: null }, edits: [{ range, newText: "1" }] },
    ],
  });
});

test("a client without versioned edits gets plain ones", () => {
  assert.deepEqual(Object.keys(workspaceEdit(edits, new Buffers(), false).changes ?? {}), [
    "file:///w/a%2C.yaml",
    "file:///w/b%2C.yaml",
  ]);
});
