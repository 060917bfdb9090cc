import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseAllDocuments } from "yaml";
import { splitDocuments } from "../../server/text/split.ts";

function parts(text: string): string[] {
  return splitDocuments(text).map(({ start, end }) => text.slice(start, end));
}

describe("a file falls into documents at its markers", () => {
  const table: [title: string, text: string, expected: string[]][] = [
    ["an empty file is one empty document", "", [""]],
    ["no marker, one document", "a: 1\n", ["a: 1\n"]],
    ["a marker begins a document", "a: 1\n---\nb: 2\n", ["a: 1\n", "---\nb: 2\n"]],
    ["a leading marker adds none", "---\na: 1\n", ["---\na: 1\n"]],
    ["a header of comments belongs to the first document", "# header\n\n---\na: 1\n", ["# header\n\n---\na: 1\n"]],
    ["so does a directive", "%YAML 1.2\n---\na: 1\n", ["%YAML 1.2\n---\na: 1\n"]],
    ["content may follow the marker", "--- a\n--- b\n", ["--- a\n", "--- b\n"]],
    ["three dashes inside a line are text", "a: ---\nb: x---\n ---\n", ["a: ---\nb: x---\n ---\n"]],
    ["four dashes are text", "---- a\n", ["---- a\n"]],
    ["an end marker closes a document", "a: 1\n...\nb: 2\n", ["a: 1\n...\n", "b: 2\n"]],
    ["Windows line breaks", "a: 1\r\n---\r\nb: 2\r\n", ["a: 1\r\n", "---\r\nb: 2\r\n"]],
    ["dashes at the margin end even a block scalar", "a: |\n  x\n---\nb: 2\n", ["a: |\n  x\n", "---\nb: 2\n"]],
    ["a byte order mark is no content", "\uFEFF# c\n---\na: 1\n", ["\uFEFF# c\n---\na: 1\n"]],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(parts(text), expected));

  test("the parts make the file, and hold what the parser finds in the whole", () => {
    const line = fc.constantFrom("---", "--- x", "a: 1", "b: |", "  text", "# c", "", "- i", '"q"', "k: 'v'");
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join("\n");
        assert.equal(parts(text).join(""), text);
        const whole = parseAllDocuments(text, { logLevel: "silent" });
        if (!Array.isArray(whole) || whole.some(({ errors }) => errors.length > 0)) return;
        const pieces = parts(text).flatMap((part) => [...parseAllDocuments(part, { logLevel: "silent" })]);
        const values = (docs: { toJSON(): unknown }[]) =>
          docs.map((doc) => doc.toJSON() as unknown).filter((value) => value !== null);
        assert.deepEqual(values(pieces), values([...whole]));
      }),
      { numRuns: 1000, seed: 7 },
    );
  });
});
