import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { suppress } from "../../server/editor/suppress.ts";
import type { Finding } from "../../server/findings/finding.ts";
import { rules } from "../../server/rules/registry.ts";
import { readExample } from "../support/example.ts";
import { applyEdits, lint, pipelineOf } from "../support/lint.ts";

const rule = "hpa/scale-up-window";
const comment = `# headroom-disable-next-line ${rule} -- `;

/** The text after suppressing the rule on the line that ends in `# <-`; absent when nothing is offered. */
function suppressed(marked: string): string | undefined {
  const line = marked.split(/\r?\n/).findIndex((text) => text.endsWith("# <-"));
  const text = marked.replace(/ *# <-$/m, "");
  const file = pipelineOf({ "manifest.yaml": text }).workspace.files.get("manifest.yaml");
  assert.ok(file !== undefined);
  const edit = suppress(file, line, rule);
  if (edit === undefined) return undefined;
  const at = file.offsetAt(edit.range.start);
  return text.slice(0, at) + edit.newText + text.slice(at);
}

describe("a suppressing comment", () => {
  test("stands as deep as its line", () => {
    assert.equal(suppressed("a:\n  b: 1 # <-\n"), `a:\n  ${comment}\n  b: 1\n`);
    assert.equal(suppressed("a:\n  - b: 1 # <-\n"), `a:\n  ${comment}\n  - b: 1\n`);
    assert.equal(suppressed("kind: Service # <-\n"), `${comment}\nkind: Service\n`);
  });

  test("stands above the line whatever is below, and behind the document before", () => {
    assert.equal(suppressed("a: |\n  text\nb: 1 # <-\n"), `a: |\n  text\n${comment}\nb: 1\n`);
    assert.equal(suppressed("a: 1\n---\nb: 1 # <-\n"), `a: 1\n---\n${comment}\nb: 1\n`);
    assert.equal(suppressed("a: [1, 2] # <-\n"), `${comment}\na: [1, 2]\n`);
  });

  test("breaks the line as the file does", () => {
    assert.equal(suppressed("a: 1\r\nb: 2 # <-\r\n"), `a: 1\r\n${comment}\r\nb: 2\r\n`);
  });

  test("stands inside of the embedded document whose line it is", () => {
    const head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  lmcache.yaml: |\n";
    const body = "    chunk_size: 256\n    local_cpu: true\n";
    assert.equal(
      suppressed(`${head}${body.replace("true", "true # <-")}`),
      `${head}    chunk_size: 256\n    ${comment}\n    local_cpu: true\n`,
    );
    assert.equal(suppressed(`${head}${body.replace("256", "256 # <-")}`), `${head}    ${comment}\n${body}`);
    assert.equal(
      suppressed(head.replace("yaml: |", "yaml: | # <-") + body),
      `${head.replace("  lmcache", `  ${comment}\n  lmcache`)}${body}`,
    );
  });

  test("has no place in a scalar or a flow collection that began on a line before", () => {
    for (const marked of [
      "a: |\n  text # <-\n",
      'a: "one\n  two # <-\n  three"\n',
      "a: one\n  two # <-\n",
      "a: [1,\n  2, # <-\n  3]\n",
      "a: {b: 1,\n  c: 2 # <-\n  }\n",
    ]) {
      assert.equal(suppressed(marked), undefined, marked);
    }
  });

  test("has no place where a comment would become content: folded text, JSON, quoted documents", () => {
    const head = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n";
    for (const data of [
      "  lmcache.yaml: >\n    chunk_size: 256 # <-\n\n    local_cpu: true\n",
      '  lmcache.json: |\n    {"chunk_size": 256} # <-\n',
    ]) {
      assert.equal(suppressed(head + data), undefined, data);
    }
  });

  test("is not offered in a text that cannot be parsed", () => {
    assert.equal(suppressed("a: {\nb: 1 # <-\n"), undefined);
  });
});

describe("the comment silences what it names and nothing else", () => {
  for (const rule of rules.filter(({ reads }) => reads !== "suppressions")) {
    test(rule.id, () => {
      const { files } = readExample(rule.examples.bad);
      const pipeline = pipelineOf(files);
      for (const finding of lint(files)) {
        const file = pipeline.workspace.files.get(finding.file);
        assert.ok(file !== undefined);
        const edit = suppress(file, finding.range.start.line, finding.rule);
        if (edit === undefined) continue;
        const isHeldBack = (one: Finding) =>
          one.rule === finding.rule && one.file === finding.file && one.range.start.line === finding.range.start.line;
        const left = lint(files).filter((one) => !isHeldBack(one));
        const found = lint(applyEdits(files, [edit])).filter((one) => one.rule !== "suppression/no-reason");
        assert.deepEqual(idsOf(found), idsOf(left));
      }
    });
  }
});

function idsOf(findings: readonly Finding[]): string[] {
  return findings.map((finding) => finding.rule).sort();
}
