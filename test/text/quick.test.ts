import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { rules } from "../../server/rules/registry.ts";
import { Document } from "../../server/text/document.ts";
import { TextFile } from "../../server/text/file.ts";
import { parseExactly } from "../../server/text/parse.ts";
import { readQuickly } from "../../server/text/quick/quick.ts";
import { splitDocuments } from "../../server/text/split.ts";

const file = new TextFile("a.yaml", () => false);

/** Whether a text is read quickly; if so, it has to be what the parser reads. */
function isQuick(text: string): boolean {
  const doc = new Document(file, text);
  const quick = readQuickly(doc);
  if (quick === undefined) return false;
  assert.deepEqual(quick, parseExactly(doc), `read differently: ${JSON.stringify(text)}`);
  return true;
}

function isBroken(text: string): boolean {
  const { root, problems, template } = new Document(file, text);
  return root === undefined || root.type === "scalar" || problems.length > 0 || template !== undefined;
}

const documents = ["examples", "test/corpus"]
  .flatMap((root) => readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => `${root}/${path}`))
  .filter((path) => path.endsWith(".yaml"))
  .map((path) => readFileSync(path, "utf8"))
  .concat(rules.flatMap(({ examples }) => Object.values(examples).filter((one) => typeof one === "string")))
  .flatMap((text) => splitDocuments(text).map(({ start, end }) => text.slice(start, end)));

describe("a quick reading says exactly what the parser says", () => {
  test("for every example and manifest here, all of which are read quickly but broken ones", () => {
    assert.deepEqual(
      documents.filter((text) => !isQuick(text) && !isBroken(text)),
      [],
    );
  });

  test("for manifests with a slip anywhere", () => {
    const short = documents.filter(({ length }) => length < 1_500);
    const slip = fc.constantFrom(
      ..."\n \t-:#,[]{}\"'|>&*!?%@`\\ax.0",
      "\n  ",
      " #",
      ": ",
      "- ",
      "---\n",
      "|\n",
      "|-\n",
      ">\n",
      "\n\n",
      "\\n",
      "''",
      "?",
      "x: y\n",
    );
    const edit = fc.record({ at: fc.nat(), cut: fc.nat(4), put: fc.oneof(slip, fc.constant("")) });
    fc.assert(
      fc.property(fc.constantFrom(...short), fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
        let slipped = text;
        for (const { at, cut, put } of edits) {
          const start = at % (slipped.length + 1);
          slipped = slipped.slice(0, start) + put + slipped.slice(start + cut);
        }
        isQuick(slipped);
      }),
      { numRuns: 1_500, seed: 11 },
    );
  });

  test("for any words in any order", () => {
    const word = fc.constantFrom(
      "a",
      "bc",
      "-",
      "- ",
      ": ",
      ":",
      "\n",
      "\n  ",
      "\n    ",
      "\n ",
      " ",
      "{",
      "}",
      "[",
      "]",
      ", ",
      "#",
      " # x",
      '"',
      "'",
      '"q"',
      "'s'",
      "|\n",
      ">-\n",
      "|-\n",
      "|+\n",
      "1",
      "~",
      "&a ",
      "*a",
      "!t ",
      "<<",
      "?",
      "%",
      "---",
      "...",
      "\\",
      "\t",
      "\r\n",
      ".",
      "//",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => void isQuick(words.join(""))),
      { numRuns: 15_000, seed: 12 },
    );
  });
});
