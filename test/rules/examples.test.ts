import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { rules } from "../../server/rules/registry.ts";
import { readExample } from "../support/example.ts";
import { applyEdits, lint } from "../support/lint.ts";

for (const rule of rules) {
  describe(rule.id, () => {
    const bad = readExample(rule.examples.bad);

    test("finds its mistake in the bad example, at the marked lines, and nothing else", () => {
      const found = lint(bad.files).map(({ rule: id, file, range }) => `${id} ${file}:${range.start.line}`);
      assert.notEqual(bad.marks.length, 0, "the bad example marks no line");
      assert.deepEqual(
        found,
        bad.marks.map((mark) => `${rule.id} ${mark}`),
      );
    });

    test("is silent on the good example, and so is every other rule", () => {
      assert.deepEqual(lint(readExample(rule.examples.good).files), []);
    });

    test("offers a fix if it says so, and only then", () => {
      const fixes = lint(bad.files).flatMap((finding) => finding.fixes);
      assert.equal(fixes.length > 0, rule.fixable !== false);
      if (rule.fixable === "suggestion") assert.ok(fixes.every(({ safe }) => !safe));
      if (rule.fixable === "safe") assert.ok(fixes.some(({ safe }) => safe));
    });

    test("each fix leaves a document without any finding", () => {
      const fixed = lint(bad.files);
      for (const { title } of fixed[0]?.fixes ?? []) {
        let files = bad.files;
        for (let rounds = 0; rounds < bad.marks.length; rounds++) {
          const fix =
            lint(files)
              .flatMap(({ fixes }) => fixes)
              .find((one) => one.title === title) ?? lint(files)[0]?.fixes[0];
          if (fix !== undefined) files = applyEdits(files, fix.edits);
        }
        assert.deepEqual(lint(files), [], `after "${title}":\n${Object.values(files).join("\n")}`);
      }
    });

    test("says why, how to mend it, and gives a source", () => {
      for (const text of [rule.title, rule.docs.summary, rule.docs.why, rule.docs.mend]) assert.ok(text.length > 10);
      assert.notEqual(rule.docs.sources.length, 0);
      assert.match(rule.id, /^[a-z]+\/[a-z0-9-]+$/);
    });
  });
}
