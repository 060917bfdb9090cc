import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { lint, pipelineOf } from "../../support/lint.ts";
import { variant } from "./stack.ts";

const rule = "wva/last-version";

/** The YAML of one section of the page, as the files of a workspace. */
function section(title: string): Record<string, string> {
  const page = readFileSync("docs/migrate-from-wva.md", "utf8");
  const [, text = ""] = page.split(`\n## ${title}\n`);
  const [own = ""] = text.split("\n## ");
  const blocks = [...own.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml = ""]) => yaml);
  assert.ok(blocks.length > 0, title);
  return Object.fromEntries(blocks.map((yaml, index) => [`${index}.yaml`, yaml]));
}

const loud = (files: Record<string, string>) => lint(files).filter(({ severity }) => severity !== "info");

describe("that WVA ends", () => {
  test("is said once, at the first VariantAutoscaling by path", () => {
    const files = {
      "b.yaml": variant("", "b", "b"),
      "a.yaml": `${variant("", "a", "a")}---\n${variant("", "c", "c")}`,
    };
    const told = lint(files).filter((finding) => finding.rule === rule);
    assert.deepEqual(
      told.map(({ file, severity, range }) => [file, severity, range.start.line]),
      [["a.yaml", "info", 1]],
    );
    assert.match(told[0]?.message ?? "", /docs\/migrate-from-wva\.md/);
  });

  test("moves when the first comes or goes", () => {
    const pipeline = pipelineOf({ "b.yaml": variant("", "b", "b"), "c.yaml": variant("", "c", "c") });
    const where = () =>
      ["a.yaml", "b.yaml", "c.yaml"].filter((path) => pipeline.findingsOf(path).some((one) => one.rule === rule));
    assert.deepEqual(where(), ["b.yaml"]);
    pipeline.update("a.yaml", variant("", "a", "a"));
    pipeline.refresh();
    assert.deepEqual(where(), ["a.yaml"]);
    pipeline.remove("a.yaml");
    pipeline.remove("b.yaml");
    pipeline.refresh();
    assert.deepEqual(where(), ["c.yaml"]);
  });
});

describe("the page on the way from WVA", () => {
  test("starts from a stack that is right but for its future", () => {
    const files = section("What you have");
    assert.deepEqual(loud(files), []);
    assert.equal(lint(files).filter((finding) => finding.rule === rule).length, 1);
  });

  test("ends in one without errors, warnings and WVA", () => {
    const files = section("What you write");
    assert.equal(Object.keys(files).length, 2);
    assert.deepEqual(loud(files), []);
    assert.deepEqual(
      lint(files).filter((finding) => finding.rule.startsWith("wva/")),
      [],
    );
  });
});
