import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import Ajv04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { sarifReport } from "../../../server/cli/report/formats/sarif.ts";
import { rules } from "../../../server/rules/registry.ts";
import { bundleCli } from "../support/bundle.ts";
import { headroom, scratch } from "../support/scratch.ts";
import { fileOf, hostile, hostileName, ordinary, range, reportOf } from "./hostile.ts";

const ajv = new Ajv04({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats(ajv);
const isSarif = ajv.compile(JSON.parse(readFileSync("test/cli/formats/sarif-2.1.0-rtm.5.schema.json", "utf8")));
const cli = await bundleCli();

interface Place {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
  readonly region: object;
}

function valid(text: string) {
  const log: unknown = JSON.parse(text);
  assert.ok(isSarif(log), JSON.stringify(isSarif.errors, undefined, 1));
  return JSON.parse(text).runs[0];
}

describe("SARIF", () => {
  it("fits the schema of 2.1.0, whatever documents and names hold", () => {
    const problem = { path: hostileName, reason: "No permission to read this." };
    const failure = { what: "rule a/b", file: "x.yaml", error: new Error("no") };
    const files = [fileOf("base/a.yaml", [ordinary, hostile]), fileOf("clean.yaml", []), fileOf("/etc/x.yaml", [])];
    const run = valid(sarifReport(reportOf(files, { problems: [problem], failures: [failure] })));
    assert.equal(run.columnKind, "utf16CodeUnits");
    assert.equal(run.invocations[0].executionSuccessful, false);
    assert.equal(run.invocations[0].toolExecutionNotifications.length, 2);
    assert.deepEqual(
      run.artifacts.map(({ location }: { location: object }) => location),
      [
        { uri: "base/a.yaml", uriBaseId: "SRCROOT" },
        { uri: "clean.yaml", uriBaseId: "SRCROOT" },
        { uri: "file:///etc/x.yaml" },
      ],
    );
  });

  it("of nothing fits it too", () => {
    const run = valid(sarifReport(reportOf([])));
    assert.deepEqual([run.results, run.invocations[0].executionSuccessful], [[], true]);
  });

  it("has a table of all rules, with help, and each result points into it", () => {
    const run = valid(sarifReport(reportOf([fileOf("base/a.yaml", [ordinary, hostile])])));
    const table = run.tool.driver.rules;
    assert.deepEqual(
      table.map(({ id }: { id: string }) => id),
      rules.map(({ id }) => id).sort(),
    );
    for (const { id, helpUri, help, fullDescription, defaultConfiguration } of table) {
      const rule = rules.find((one) => one.id === id);
      assert.ok(helpUri.endsWith(`docs/rules/${id}.md`));
      assert.equal(fullDescription.text, rule?.docs.summary);
      assert.ok(help.markdown.includes(rule?.examples.good.trimEnd() ?? "no rule"));
      assert.equal(defaultConfiguration.level, rule?.severity === "info" ? "note" : rule?.severity);
    }
    for (const { ruleId, ruleIndex } of run.results) assert.equal(table[ruleIndex].id, ruleId);
  });

  it("counts from one, with the end behind the last character", () => {
    const [result] = valid(sarifReport(reportOf([fileOf("base/a.yaml", [ordinary])]))).results;
    assert.deepEqual(result.locations[0].physicalLocation, {
      artifactLocation: { uri: "base/a.yaml", uriBaseId: "SRCROOT" },
      region: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 5 },
    });
    assert.deepEqual(result.locations[0].logicalLocations, [
      { fullyQualifiedName: "ConfigMap prod/notes", kind: "object" },
    ]);
    assert.deepEqual(result.relatedLocations[0].physicalLocation.region, {
      startLine: 5,
      startColumn: 10,
      endLine: 5,
      endColumn: 11,
    });
    assert.equal(result.partialFingerprints["headroom/v1"], ordinary.fingerprint);
  });

  it("has fixes by file, insertions as empty regions", () => {
    const [result] = valid(sarifReport(reportOf([fileOf("base/a.yaml", [ordinary])]))).results;
    assert.deepEqual(result.fixes, [
      {
        description: { text: "Delete it" },
        artifactChanges: [
          {
            artifactLocation: { uri: "base/a.yaml", uriBaseId: "SRCROOT" },
            replacements: [
              {
                deletedRegion: { startLine: 3, startColumn: 1, endLine: 4, endColumn: 1 },
                insertedContent: { text: "" },
              },
            ],
          },
          {
            artifactLocation: { uri: "base/b.yaml", uriBaseId: "SRCROOT" },
            replacements: [
              {
                deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
                insertedContent: { text: "a\nb" },
              },
            ],
          },
        ],
      },
    ]);
  });

  it("names files by URIs that lead back to their names", () => {
    const [result] = valid(sarifReport(reportOf([fileOf("x", [hostile])]))).results;
    const { uri }: Place["artifactLocation"] = result.locations[0].physicalLocation.artifactLocation;
    assert.match(uri, /^base\/[\w%.-]+$/);
    assert.equal(decodeURIComponent(uri), hostileName);
    const broken = { ...ordinary, file: "a\uD800b/c.yaml", range: range(0, 0, 0) };
    valid(sarifReport(reportOf([fileOf("x", [broken])])));
  });

  it("has no links in messages: brackets of documents are text", () => {
    const [result] = valid(sarifReport(reportOf([fileOf("x", [hostile])]))).results;
    assert.doesNotMatch(result.message.text, /(?<!\\)\[/);
    assert.equal(result.message.text.replace(/\\([\\[\]])/g, "$1"), hostile.message);
  });

  it("of a run below the root has paths from the root, as code scanning wants them", () => {
    const twice = "kind: ConfigMap\nkind: Secret\n";
    const root = scratch({ ".git/HEAD": "ref: refs/heads/main\n", "deploy/ü/a.yaml": twice, "b.yaml": twice });
    const { exit, out } = headroom(cli, ["lint", "--format", "sarif", ".", "../b.yaml"], { cwd: `${root}/deploy` });
    assert.equal(exit, 1);
    const run = valid(out);
    const uris = run.results.flatMap(({ locations, relatedLocations }: Record<string, { physicalLocation: Place }[]>) =>
      [...(locations ?? []), ...(relatedLocations ?? [])].map(
        ({ physicalLocation }) => physicalLocation.artifactLocation,
      ),
    );
    const place = (uri: string) => ({ uri, uriBaseId: "SRCROOT" });
    const here = place("deploy/%C3%BC/a.yaml");
    assert.deepEqual(uris, [here, here, place("b.yaml"), place("b.yaml")]);
  });

  it("of the broken example is valid and has each of its findings", () => {
    const { out } = headroom(cli, ["lint", "examples/broken", "--format", "sarif"], { cwd: process.cwd() });
    const run = valid(out);
    const json = JSON.parse(headroom(cli, ["lint", "examples/broken", "--format", "json"], { cwd: process.cwd() }).out);
    assert.deepEqual(
      run.results.map(({ ruleId }: { ruleId: string }) => ruleId),
      json.findings.map(({ rule }: { rule: string }) => rule),
    );
  });
});
