import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Folder } from "../../server/editor/folder.ts";
import { Log } from "../../server/editor/log.ts";
import { deployment as deploymentKind } from "../../server/kinds/workload/deployment.ts";
import { targetMissing } from "../../server/rules/autoscaler/target-missing.ts";
import { defineDocumentRule, defineRule, type Rule } from "../../server/rules/rule.ts";
import { unusedSuppression } from "../../server/rules/suppression/unused.ts";
import { syntax } from "../../server/rules/yaml/syntax.ts";
import { deployment, hpa } from "./support/manifests.ts";

const told = {
  title: "",
  since: "",
  severity: "info",
  fixable: false,
  refs: [],
  examples: { bad: "", good: "" },
} as const;
const docs = { summary: "", why: "", mend: "", sources: [] };

const failing = defineDocumentRule({
  ...told,
  docs,
  id: "test/failing",
  messages: {},
  reads: "documents",
  check: () => {
    throw new Error("a mistake of ours");
  },
});

const always = defineRule({
  ...told,
  docs,
  id: "test/always",
  messages: { here: "here" },
  reads: [deploymentKind],
  check: ({ object, report }) => report({ at: object, message: "here", slots: {} }),
});

function begun(rules: readonly Rule[]): { folder: Folder; lines: string[] } {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const folder = new Folder("file:///w/", rules, new Log({ error: say, warning: say, info: say }, "info"));
  folder.begin("file:///w/");
  return { folder, lines };
}

const codesOf = (folder: Folder, uri: string) => folder.reportOf(uri)?.diagnostics.map(({ code }) => code);

describe("a folder", () => {
  test("while it is being read says only what needs nothing but the document", () => {
    const { folder } = begun([always, syntax]);
    folder.take("file:///w/open.yaml", `${deployment(5)}---\na: {\n`, true);
    folder.take("file:///w/other.yaml", deployment(5), false);
    assert.deepEqual(folder.run(), ["file:///w/open.yaml"]);
    assert.deepEqual(codesOf(folder, "file:///w/open.yaml"), ["yaml/syntax"]);
    assert.equal(codesOf(folder, "file:///w/other.yaml"), undefined);
    folder.complete();
    assert.deepEqual(folder.run(), ["file:///w/open.yaml", "file:///w/other.yaml"]);
    assert.deepEqual(codesOf(folder, "file:///w/open.yaml"), ["test/always", "yaml/syntax"]);
    assert.deepEqual(codesOf(folder, "file:///w/other.yaml"), ["test/always"]);
  });

  test("of which only open documents are known calls nothing missing, nor does one with a file that cannot be read", () => {
    const whole = begun([targetMissing]).folder;
    const partial = begun([targetMissing]).folder;
    partial.begin("file:///w/", true);
    const doubtful = begun([targetMissing]).folder;
    doubtful.doubt("file:///w/unreadable.yaml");
    const found = [whole, partial, doubtful].map((folder) => {
      folder.complete();
      folder.take("file:///w/hpa.yaml", hpa(180), true);
      folder.take("file:///w/deployment.yaml", deployment(5).replaceAll("llama", "lama"), true);
      folder.run();
      return codesOf(folder, "file:///w/hpa.yaml");
    });
    assert.deepEqual(found, [["autoscaler/target-missing"], [], []]);
  });

  test("judges some files before the others, and says nothing yet that the others may change", () => {
    const { folder } = begun([always, targetMissing, unusedSuppression]);
    folder.complete();
    const suppressed = `# headroom-disable autoscaler/target-missing -- on purpose\n${deployment(5)}`;
    folder.take("file:///w/first.yaml", suppressed, true);
    folder.take("file:///w/hpa.yaml", hpa(180).replaceAll("llama", "lama"), true);
    folder.runFirst(["file:///w/first.yaml"]);
    assert.deepEqual(codesOf(folder, "file:///w/first.yaml"), ["test/always"]);
    assert.deepEqual(codesOf(folder, "file:///w/hpa.yaml"), []);
    assert.deepEqual(folder.run(), ["file:///w/first.yaml", "file:///w/hpa.yaml"]);
    assert.deepEqual(codesOf(folder, "file:///w/first.yaml"), ["suppression/unused", "test/always"]);
    assert.deepEqual(codesOf(folder, "file:///w/hpa.yaml"), ["autoscaler/target-missing"]);
  });

  test("logs a rule that fails once, and lets the others go on", () => {
    const { folder, lines } = begun([failing, always]);
    folder.complete();
    for (const name of ["a", "b", "c"]) {
      folder.take(`file:///w/${name}.yaml`, deployment(5), true);
      folder.run();
      assert.deepEqual(codesOf(folder, `file:///w/${name}.yaml`), ["test/always"]);
    }
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", /test\/failing failed, first on a\.yaml.*a mistake of ours/s);
  });

  test("names a report by its content: the same findings have the same id", () => {
    const { folder } = begun([always]);
    folder.complete();
    folder.take("file:///w/a.yaml", deployment(5), true);
    folder.run();
    const before = folder.reportOf("file:///w/a.yaml")?.id;
    folder.take("file:///w/a.yaml", `${deployment(5)}# more\n`, true);
    folder.run();
    assert.equal(folder.reportOf("file:///w/a.yaml")?.id, before);
    folder.take("file:///w/a.yaml", `# above\n${deployment(5)}`, true);
    folder.run();
    assert.notEqual(folder.reportOf("file:///w/a.yaml")?.id, before);
  });
});
