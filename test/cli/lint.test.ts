import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "../../server/cli/arguments.ts";
import { lint } from "../../server/cli/lint/lint.ts";
import { lintOptions } from "../../server/cli/lint/options.ts";
import { defineDocumentRule, type Rule } from "../../server/rules/rule.ts";
import { bundleCli } from "./support/bundle.ts";
import { recorder } from "./support/recorder.ts";
import { headroom, scratch } from "./support/scratch.ts";

const cli = await bundleCli();

/** An error in line 3. */
const twice = "apiVersion: v1\nkind: ConfigMap\nkind: Secret\n";
const clean = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: notes\n";
/** An info, and nothing worse. */
const unused = `# headroom-disable yaml/syntax -- was needed once\n${clean}`;

describe("headroom lint", () => {
  it("of good files is short", () => {
    const cwd = scratch({ "base/a.yaml": clean, "base/b.yml": `${clean}---\n${clean}`, "notes.txt": twice });
    assert.deepEqual(headroom(cli, ["lint"], { cwd }), {
      exit: 0,
      out: "2 files, 3 documents: no problems\n",
      err: "",
    });
  });

  it("says what is wrong, where, and exits with 1", () => {
    const cwd = scratch({ "base/a.yaml": twice });
    assert.deepEqual(headroom(cli, ["lint", "base"], { cwd }), {
      exit: 1,
      err: "",
      out: `error base/a.yaml:3:1 yaml/duplicate-key
  The key "kind" stands twice in this mapping: parsers refuse the document or keep only this last
  value. Delete one of the two.

  3 │ kind: Secret
    │ ^^^^
  see: base/a.yaml:2:1 the same key stands here first

why: headroom explain yaml/duplicate-key
1 file, 1 document: 1 error
`,
    });
  });

  it("says the same of a file with Windows line breaks", () => {
    const unix = scratch({ "a.yaml": twice });
    const windows = scratch({ "a.yaml": twice.replaceAll("\n", "\r\n") });
    assert.deepEqual(headroom(cli, ["lint"], { cwd: windows }), headroom(cli, ["lint"], { cwd: unix }));
  });

  it("marks behind wide characters", () => {
    const cwd = scratch({ "名前.yaml": 'a: {"漢字😀": 1, "漢字😀": 2}\n' });
    const { out } = headroom(cli, ["lint"], { cwd });
    assert.match(out, /^error 名前\.yaml:1:16 yaml\/duplicate-key\n/);
    assert.match(out, /\n {2}1 │ a: {"漢字😀": 1, "漢字😀": 2}\n {4}│ {18}\^{8}\n/);
  });

  it("finds files by name, by directory and by pattern, each once", () => {
    const cwd = scratch({ "a.yaml": clean, "b/a.yaml": clean, "b/c/a.yaml": clean, "d/a.yaml": clean });
    const { out } = headroom(cli, ["lint", "a.yaml", "b", "**/c/*.yaml", "./a.yaml"], { cwd });
    assert.equal(out, "3 files, 3 documents: no problems\n");
  });
});

describe("the exit code", () => {
  const files = { "clean.yaml": clean, "info.yaml": unused, "error.yaml": twice };
  const table: [file: string, failOn: string | undefined, exit: number][] = [
    ["clean.yaml", undefined, 0],
    ["clean.yaml", "info", 0],
    ["info.yaml", undefined, 0],
    ["info.yaml", "warning", 0],
    ["info.yaml", "info", 1],
    ["info.yaml", "never", 0],
    ["error.yaml", undefined, 1],
    ["error.yaml", "info", 1],
    ["error.yaml", "never", 0],
  ];
  for (const [file, failOn, exit] of table) {
    it(`of ${file} is ${exit}${failOn === undefined ? "" : ` with --fail-on ${failOn}`}`, () => {
      const options = failOn === undefined ? [] : ["--fail-on", failOn];
      for (const format of ["text", "json"]) {
        assert.equal(headroom(cli, ["lint", file, "--format", format, ...options], { cwd: scratch(files) }).exit, exit);
      }
    });
  }

  it("is 2 for a wrong command line, which is told in one line", () => {
    for (const args of [["lint", "--fial-on", "error"], ["lint", "--fail-on"], ["lin"], []]) {
      const { exit, out } = headroom(cli, args, { cwd: scratch() });
      assert.deepEqual([exit, out], [2, ""]);
    }
  });

  it("is 2 when something could not be checked, whatever else was found, and the rest is reported", () => {
    const cwd = scratch(files);
    for (const failOn of ["error", "never"]) {
      const { exit, out, err } = headroom(cli, ["lint", ".", "gone.yaml", "--fail-on", failOn], { cwd });
      assert.equal(exit, 2);
      assert.equal(err, "not checked: gone.yaml: No such file or directory.\n");
      assert.match(out, /error error\.yaml:3:1 yaml\/duplicate-key\n/);
      assert.match(out, /3 files, 3 documents: 1 error, 1 info; 1 input could not be checked\n$/);
    }
  });

  it("is 0 where there is no YAML, and the summary says so", () => {
    assert.deepEqual(headroom(cli, ["lint"], { cwd: scratch({ "notes.txt": "" }) }), {
      exit: 0,
      out: "nothing to check: no YAML files that git does not ignore\n",
      err: "",
    });
  });

  it("is 2 for what is larger than we read, also with --fail-on never", () => {
    const cwd = scratch({ "deep.yaml": `a: ${"[".repeat(300)}${"]".repeat(300)}\n`, "b.yaml": clean });
    const { exit, out, err } = headroom(cli, ["lint", "--fail-on", "never"], { cwd });
    assert.equal(exit, 2);
    assert.match(err, /^not checked: deep\.yaml: Line 1: More than 200 levels of nesting: .*\n$/);
    assert.match(out, /2 files, 2 documents: 1 error; 1 input could not be checked\n$/);
  });
});

describe("standard input", () => {
  it("is a file called <stdin>", () => {
    const { exit, out } = headroom(cli, ["lint", "-"], { cwd: scratch(), input: twice });
    assert.equal(exit, 1);
    assert.match(out, /^error <stdin>:3:1 yaml\/duplicate-key\n/);
    assert.match(out, /see: <stdin>:2:1 /);
  });

  it("is checked together with files", () => {
    const { out } = headroom(cli, ["lint", "a.yaml", "-"], { cwd: scratch({ "a.yaml": clean }), input: clean });
    assert.equal(out, "2 files, 2 documents: no problems\n");
  });

  it("without anything in it means that something failed before", () => {
    for (const input of ["", "\n"]) {
      assert.deepEqual(headroom(cli, ["lint", "-"], { cwd: scratch(), input }), {
        exit: 2,
        out: "nothing was checked: 1 input could not be checked\n",
        err: "not checked: <stdin>: Nothing came in. Did the command before the pipe fail?\n",
      });
    }
  });

  it("that is not text is not checked", () => {
    const { exit, err } = headroom(cli, ["lint", "-"], { cwd: scratch(), input: new Uint8Array([97, 10, 255, 10]) });
    assert.equal(exit, 2);
    assert.equal(err, "not checked: <stdin>: Line 2 is not valid UTF-8. Save the file as UTF-8.\n");
  });
});

describe("--format json", () => {
  const cwd = scratch({
    "base/a.yaml": twice,
    "b.yaml": unused,
    "headroom.config.yaml": "rules:\n  yaml/limit: eror\n",
  });
  const { exit, out, err } = headroom(cli, ["lint", "--format", "json"], { cwd });
  const report = JSON.parse(out);

  it("is one line of JSON and nothing else", () => {
    assert.deepEqual([exit, err, out.indexOf("\n")], [1, "", out.length - 1]);
  });

  it("has these keys and no others", () => {
    assert.deepEqual(Object.keys(report), ["version", "findings", "summary"]);
    assert.equal(report.version, 1);
    assert.deepEqual(report.summary, { files: 3, documents: 3, errors: 2, warnings: 0, infos: 1 });
    for (const finding of report.findings) {
      const keys = [
        "rule",
        "severity",
        "message",
        "file",
        "range",
        "related",
        "fixes",
        "docs",
        "object",
        "fingerprint",
      ];
      assert.deepEqual(Object.keys(finding), keys);
      for (const place of [finding, ...finding.related, ...finding.fixes.flatMap(editsOf)]) {
        assert.equal(typeof place.file, "string");
        assert.deepEqual(Object.keys(place.range), ["start", "end"]);
        for (const position of [place.range.start, place.range.end]) {
          assert.deepEqual(Object.keys(position), ["line", "character"]);
          assert.ok(Number.isInteger(position.line) && Number.isInteger(position.character));
        }
      }
      for (const place of finding.related) assert.deepEqual(Object.keys(place), ["file", "range", "message"]);
      for (const fix of finding.fixes) {
        assert.deepEqual(Object.keys(fix), ["title", "edits", "safe"]);
        for (const edit of fix.edits) assert.deepEqual(Object.keys(edit), ["file", "range", "newText"]);
      }
    }
  });

  it("counts lines and characters from zero, and says how to mend", () => {
    const [config] = report.findings.filter(({ rule }: { rule: string }) => rule === "config/invalid");
    assert.deepEqual(config.range, { start: { line: 1, character: 14 }, end: { line: 1, character: 18 } });
    assert.deepEqual(config.fixes, [
      {
        title: 'Change to "error"',
        edits: [{ file: "headroom.config.yaml", range: config.range, newText: "error" }],
        safe: false,
      },
    ]);
  });

  it("still lists what was found when something could not be checked", () => {
    const mixed = headroom(cli, ["lint", "base", "gone", "--format", "json"], { cwd });
    assert.equal(mixed.exit, 2);
    assert.equal(mixed.err, "not checked: gone: No such file or directory.\n");
    assert.deepEqual(JSON.parse(mixed.out).summary, { files: 1, documents: 1, errors: 1, warnings: 0, infos: 0 });
  });

  function editsOf({ edits }: { edits: { file: string; range: object }[] }) {
    return edits;
  }
});

describe("headroom.config.yaml", () => {
  const quiet = "rules:\n  yaml/duplicate-key: warning\n";

  it("counts from the directory of a file upwards, also above the working directory", () => {
    const root = scratch({ "headroom.config.yaml": quiet, "overlays/prod/a.yaml": twice });
    for (const [at, args] of [
      ["", ["overlays/prod/a.yaml"]],
      ["overlays", ["prod"]],
      ["overlays/prod", []],
    ] as const) {
      const { exit, out } = headroom(cli, ["lint", ...args], { cwd: `${root}/${at}` });
      assert.equal(exit, 0);
      assert.match(out, /^warning (?:[\w/]+\/)?a\.yaml:3:1 yaml\/duplicate-key\n/);
    }
  });

  it("has globs relative to itself, wherever one stands", () => {
    const config = "overrides:\n  - files: overlays/dev/**\n    rules: {yaml/duplicate-key: info}\n";
    const root = scratch({ "headroom.config.yaml": config, "overlays/dev/a.yaml": twice, "base/a.yaml": twice });
    const { out } = headroom(cli, ["lint", ".", "../../base"], { cwd: `${root}/overlays/dev` });
    assert.match(out, /^info a\.yaml:3:1 /);
    assert.match(out, new RegExp(`\nerror ${root}/base/a\\.yaml:3:1 .*\n[^]*see: ${root}/base/a\\.yaml:2:1 `));
  });

  it("is not checked itself unless it is named", () => {
    const root = scratch({ "headroom.config.yaml": "rule: {}\n", "base/a.yaml": clean });
    assert.equal(headroom(cli, ["lint", "base"], { cwd: root }).out, "1 file, 1 document: no problems\n");
    assert.match(headroom(cli, ["lint"], { cwd: root }).out, /^error headroom\.config\.yaml:1:1 config\/invalid\n/);
  });

  it("that cannot be parsed does not count, and that is told", () => {
    const root = scratch({ "headroom.config.yaml": "ignore: [\n", "base/a.yaml": clean });
    const { exit, err } = headroom(cli, ["lint", "."], { cwd: `${root}/base` });
    assert.equal(exit, 2);
    const config = `${root}/headroom.config.yaml`;
    const reason = `Its settings do not count, because it is not valid. See headroom lint ${config}`;
    assert.equal(err, `not checked: ${config}: ${reason}\n`);
  });

  it("may tell to ignore files, which are then counted", () => {
    const cwd = scratch({ "headroom.config.yaml": "ignore: [legacy/**]\n", "legacy/a.yaml": twice, "a.yaml": clean });
    assert.deepEqual(headroom(cli, ["lint", "a.yaml", "legacy"], { cwd }), {
      exit: 0,
      out: "1 file, 1 document (1 more ignored by headroom.config.yaml): no problems\n",
      err: "",
    });
  });
});

describe("colour", () => {
  const cwd = scratch({ "a.yaml": twice });
  const isColoured = (args: string[], env: Record<string, string>) =>
    headroom(cli, ["lint", ...args], { cwd, env }).out.includes("\x1b[");

  it("is absent where nobody looks", () => assert.equal(isColoured([], {}), false));
  it("can be forced", () => assert.equal(isColoured([], { FORCE_COLOR: "1" }), true));
  it("can be forbidden", () => {
    assert.equal(isColoured(["--no-color"], { FORCE_COLOR: "1" }), false);
    assert.equal(isColoured([], { NO_COLOR: "1" }), false);
  });
});

describe("a rule that fails", () => {
  const failing: Rule = defineDocumentRule({
    id: "test/fails",
    title: "",
    since: "0.1.0",
    severity: "error",
    fixable: false,
    refs: [],
    docs: { summary: "", why: "", mend: "", sources: [] },
    examples: { bad: "", good: "" },
    messages: {},
    reads: "documents",
    check({ document }) {
      if (document.text.includes("Secret")) throw new Error("no such thing");
    },
  });

  it("is told as our mistake, and everything else is reported", async () => {
    const { terminal, said } = recorder();
    const cwd = scratch({ "a.yaml": twice, "b.yaml": clean });
    const parsed = parse(lintOptions, ["--fail-on", "never"]);
    assert.ok("values" in parsed);
    const host = { cwd, stdin: process.stdin };
    assert.equal(await lint({ values: parsed.values, operands: [], terminal, host, rules: [failing] }), 2);
    assert.deepEqual(said, {
      err: "rule test/fails failed on a.yaml: no such thing; please report it: https://github.com/headroom-llm/headroom/issues\n",
      out: "2 files, 2 documents: no problems, but 1 input could not be checked\n",
    });
  });
});

describe("what a path says of its environment", () => {
  it("is the same from every directory of a repository", () => {
    const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics: [{type: Pods, pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 5}}}]
  behavior: {scaleUp: {stabilizationWindowSeconds: 10}}
`;
    const root = scratch({ ".git/HEAD": "ref: refs/heads/main\n", "overlays/dev/hpa.yaml": hpa });
    for (const cwd of [root, `${root}/overlays/dev`]) {
      assert.match(
        headroom(cli, ["lint"], { cwd }).out,
        /^info (?:overlays\/dev\/)?hpa\.yaml:8:52 hpa\/scale-up-window\n/,
      );
    }
  });
});

describe("of a directory that was handed in only in part", () => {
  it("nothing is called missing", () => {
    const head = (kind: string, name: string) => `kind: ${kind}\nmetadata: {name: ${name}}\n`;
    const spec =
      "spec: {selector: {}, template: {spec: {containers: [{name: vllm, image: vllm/vllm-openai:v0.21.0}]}}}\n";
    const target = "{apiVersion: apps/v1, kind: Deployment, name: lama}";
    const metric =
      "{type: Pods, pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 5}}}";
    const behavior = "{scaleUp: {stabilizationWindowSeconds: 180}}";
    const files = {
      "deployment.yaml": `apiVersion: apps/v1\n${head("Deployment", "llama")}${spec}`,
      "hpa.yaml": `apiVersion: autoscaling/v2\n${head("HorizontalPodAutoscaler", "llama")}spec: {scaleTargetRef: ${target}, maxReplicas: 4, metrics: [${metric}], behavior: ${behavior}}\n`,
    };
    assert.match(headroom(cli, ["lint"], { cwd: scratch(files) }).out, /autoscaler\/target-missing/);
    const cwd = scratch({ ...files, "other.yaml": clean });
    assert.equal(
      headroom(cli, ["lint", "deployment.yaml", "hpa.yaml"], { cwd }).out,
      "2 files, 2 documents: no problems\n",
    );
  });
});
