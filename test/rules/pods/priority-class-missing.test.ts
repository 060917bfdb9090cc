import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";
import { all, server } from "./servers.ts";

const priority = (name: string) =>
  `apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: ${name}}\nvalue: 1000\n`;
const named = (name: string) => server({ pod: `      priorityClassName: ${name}` });

function findings(files: Files) {
  return lint(files).filter(({ rule }) => rule === "pods/priority-class-missing");
}

const said = (files: Files) => findings(files).map((finding) => `${finding.severity} ${cut(files, finding)}`);

describe("a priorityClassName", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["that is defined", all(named("high"), priority("high")), []],
    ["that is misspelt", all(named("inference-hihg"), priority("inference-high")), ["error inference-hihg"]],
    ["that is another one", all(named("gold"), priority("inference-high")), ["warning gold"]],
    ["while no PriorityClass is in sight", all(named("gold")), []],
    ["that every cluster has", all(named("system-node-critical"), priority("high")), []],
    [
      "that is defined elsewhere in the workspace",
      { "a/d.yaml": all(named("gold"), priority("high"))["all.yaml"], "b/p.yaml": priority("gold") },
      [],
    ],
    [
      "beside a template",
      { "d.yaml": named("hihg"), "p.yaml": priority("high"), "t.yaml": "metadata: {{ .Values.m }}\n" },
      [],
    ],
    ["that is filled in later", all(named('"${CLASS}"'), priority("high")), []],
    ["that is empty", all(named('""'), priority("high")), []],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));

  test("is mended to the near one, unless it has an anchor", () => {
    const files = all(named("inference-hihg"), priority("inference-high"));
    assert.deepEqual(said(applyEdits(files, findings(files)[0]?.fixes[0]?.edits ?? [])), []);
    assert.deepEqual(findings(all(named("&p inference-hihg"), priority("inference-high")))[0]?.fixes, []);
  });
});
