import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, test } from "node:test";
import { filesBelow } from "../support/directory.ts";
import { type Files, lint } from "../support/lint.ts";
import { differences, marksIn } from "../support/marks.ts";

/**
 * Stacks that are right, one folder each, laid out as people lay out repositories; in `repositories` beside what is not
 * ours to judge: other engines, operators and platforms. What is worth knowing may be said of
 * them; an error or a warning stands only where a comment says why it is deserved (`# want rule/id "part"`).
 */
const stacks = ["test/corpus/clean", "test/corpus/repositories"].flatMap((root) =>
  readdirSync(root)
    .sort()
    .map((name) => `${root}/${name}`),
);

describe("the clean corpus", () => {
  for (const name of stacks) {
    const files = filesBelow(name);

    test(`${name} is right`, () => {
      assert.deepEqual(differences(warned(files), marksIn(files)), []);
    });

    test(`${name} is right with Windows' ends of lines`, () => {
      const windows: Files = Object.fromEntries(
        Object.entries(files).map(([path, text]) => [path, text.replaceAll("\n", "\r\n")]),
      );
      assert.deepEqual(differences(warned(windows), marksIn(files)), []);
    });
  }

  test("has the stacks side by side in one workspace, and each is right", () => {
    const together = Object.fromEntries(
      stacks.flatMap((name) =>
        Object.entries(filesBelow(name)).map(([path, text]) => [`${name}/${path}`, text]),
      ),
    );
    assert.ok(Object.keys(together).length >= 280);
    assert.deepEqual(differences(warned(together), marksIn(together)), []);
  });
});

function warned(files: Files) {
  return lint(files).filter(({ severity }) => severity !== "info");
}
