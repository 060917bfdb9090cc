import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";

const told = (text: string) =>
  lint({ "a.yaml": text })
    .filter(({ rule }) => rule === "yaml/syntax" || rule === "schema/wrong-type")
    .map(({ message, range }) => `${range.start.line + 1}: ${message}`);

const entry = (text: string, name = "wva-saturation-scaling-config", key = "default") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  ${key}: |\n${text}`;

describe("YAML that cannot be parsed is told in the words of whoever wrote it", () => {
  test("a tab that indents, also where it ends a block", () => {
    const said = ["Tabs are not allowed as indentation. Nothing else in this document was checked."];
    assert.deepEqual(told("kind: ConfigMap\nmetadata:\n\tname: a\n"), [`3: ${said[0]}`]);
    assert.deepEqual(told(entry("    kvCacheThreshold: 0.8\n\tqueueLengthThreshold: 5\n")), [`8: ${said[0]}`]);
  });

  test("a line that is indented too far", () => {
    assert.deepEqual(told("kind: ConfigMap\n  metadata: {}\n"), [
      '1: A key stands inside of this value: the line below is indented too far, or a text with ": " in it wants quotes. Nothing else in this document was checked.',
    ]);
  });

  test("in an entry of WVA, whatever its key is called", () => {
    const broken = "    kvCacheThreshold: 0.8\n      queueLengthThreshold: 5\n";
    assert.deepEqual(told(entry(broken)), [
      '7: A key stands inside of this value: the line below is indented too far, or a text with ": " in it wants quotes. Whoever reads default from here cannot parse it; nothing else in it was checked.',
    ]);
    assert.deepEqual(told(entry(broken, "notes", "text")), []);
  });

  test("an entry that is no text", () => {
    assert.deepEqual(
      told("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  default:\n    kvCacheThreshold: 0.8\n"),
      [
        '6: ConfigMap "a": data.default takes a text, not a mapping: what reads it wants YAML in a text. Write "default: |" and leave the lines below it as they are.',
      ],
    );
  });
});
