import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { rules } from "../../server/rules/registry.ts";
import type { Rule } from "../../server/rules/rule.ts";
import { readExample } from "../support/example.ts";
import { applyEdits, type Files, lint } from "../support/lint.ts";

/** An example is short, so that others have something worth knowing to say of it; nobody else may warn. */
const aboutThis = (rule: Rule, files: Files) =>
  lint(files).filter(({ rule: id, severity }) => id === rule.id || severity !== "info");

for (const rule of rules) {
  describe(rule.id, () => {
    const bad = readExample(rule.examples.bad);

    test("finds its mistake in the bad example, at the marked lines, and no rule else warns", () => {
      const found = aboutThis(rule, bad.files).map(({ rule: id, file, range }) => `${id} ${file}:${range.start.line}`);
      assert.notEqual(bad.marks.length, 0, "the bad example marks no line");
      assert.deepEqual(
        found,
        bad.marks.map((mark) => `${rule.id} ${mark}`),
      );
    });

    test("is silent on the good example, and no rule else warns", () => {
      assert.deepEqual(aboutThis(rule, readExample(rule.examples.good).files), []);
    });

    test("offers a fix if it says so, and only then", () => {
      const fixes = aboutThis(rule, bad.files).flatMap((finding) => finding.fixes);
      assert.equal(fixes.length > 0, rule.fixable !== false);
      if (rule.fixable === "suggestion") assert.ok(fixes.every(({ safe }) => !safe));
      if (rule.fixable === "safe") assert.ok(fixes.some(({ safe }) => safe));
    });

    test("each fix leaves a document without this finding and without new ones", () => {
      const before = lint(bad.files);
      const known = new Set(before.map(({ rule: id }) => id));
      known.delete(rule.id);
      const first = before.find(({ rule: id }) => id === rule.id);
      for (const { title } of first?.fixes ?? []) {
        let files = bad.files;
        for (let rounds = 0; rounds < bad.marks.length; rounds++) {
          const left = lint(files).filter(({ rule: id }) => id === rule.id);
          const fix = left.flatMap(({ fixes }) => fixes).find((one) => one.title === title) ?? left[0]?.fixes[0];
          if (fix !== undefined) files = applyEdits(files, fix.edits);
        }
        const added = lint(files).filter(({ rule: id }) => !known.has(id));
        assert.deepEqual(added, [], `after "${title}":\n${Object.values(files).join("\n")}`);
      }
    });

    test("says why, how to mend it, and gives a source", () => {
      for (const text of [rule.title, rule.docs.summary, rule.docs.why, rule.docs.mend]) assert.ok(text.length > 10);
      assert.notEqual(rule.docs.sources.length, 0);
      assert.match(rule.id, /^[a-z]+\/[a-z0-9-]+$/);
    });
  });
}
