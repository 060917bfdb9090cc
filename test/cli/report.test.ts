import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stripVTControlCharacters } from "node:util";
import type { Checked, CheckedFile, CheckedFinding } from "../../server/cli/lint/checked.ts";
import { jsonReport, printed } from "../../server/cli/report/json.ts";
import { hintLine, summaryLine } from "../../server/cli/report/summary.ts";
import { textReport } from "../../server/cli/report/text.ts";
import { failureLine, problemLine } from "../../server/cli/report/trouble.ts";
import { styleOf } from "../../server/cli/terminal/style.ts";
import type { Severity } from "../../server/findings/finding.ts";
import { Lines, type Range } from "../../server/text/lines.ts";

const plain = styleOf({ colour: false });
const text = "kind: Deployment\nspec:\n  replicas: 20\n";

function range(line: number, from: number, to: number): Range {
  return { start: { line, character: from }, end: { line, character: to } };
}

const finding: CheckedFinding = {
  rule: "hpa/some-rule",
  severity: "error",
  message: 'Deployment "llama" asks for 20 replicas, but there are GPUs for 8: 12 pods stay pending for ever.',
  file: "base/llama.yaml",
  range: range(2, 12, 14),
  object: "Deployment llama",
  fingerprint: "0123456789abcdef0123456789abcdef",
  related: [{ file: "base/quota.yaml", range: range(4, 9, 10), message: "the quota allows 8 GPUs" }],
  fixes: [
    { title: "Ask for 8", safe: false, edits: [{ file: "base/llama.yaml", range: range(2, 12, 14), newText: "8" }] },
  ],
  docs: "https://example.com/hpa/some-rule.md",
};

function fileOf(findings: readonly CheckedFinding[]): CheckedFile {
  return { name: "base/llama.yaml", lines: new Lines(text), documents: 1, findings };
}

function checkedOf(findings: readonly CheckedFinding[], rest: Partial<Checked> = {}): Checked {
  return { files: [fileOf(findings)], ignored: 0, problems: [], failures: [], fromRoot: (name) => name, ...rest };
}

describe("the text report", () => {
  it("says where, what, shows it, and offers what can be done", () => {
    assert.equal(
      textReport(fileOf([finding]), 72, plain),
      `error base/llama.yaml:3:13 hpa/some-rule
  Deployment "llama" asks for 20 replicas, but there are GPUs for 8: 12
  pods stay pending for ever.

  3 │   replicas: 20
    │             ^^
  see: base/quota.yaml:5:10 the quota allows 8 GPUs
  fix: Ask for 8

`,
    );
  });

  it("has the same text in colours", () => {
    const coloured = textReport(fileOf([finding]), 72, styleOf({ colour: true }));
    assert.ok(coloured.startsWith("\x1b[1;31merror\x1b[22;39m \x1b[1mbase/llama.yaml:3:13\x1b[22m "), coloured);
    assert.equal(stripVTControlCharacters(coloured), textReport(fileOf([finding]), 72, plain));
  });

  it("lets nothing in a name or a message act on the terminal", () => {
    const hostile = {
      ...finding,
      file: "\x1b]0;x\x07.yaml",
      message: "\x1b[2J",
      related: [{ file: "a\nb", range: range(0, 0, 0), message: "\r\u202E" }],
      fixes: [{ title: "\x9b", safe: true, edits: [] }],
    };
    const told = textReport({ ...fileOf([hostile]), name: hostile.file }, 72, plain);
    assert.doesNotMatch(told, /[^\P{C}\n]/u);
    assert.match(told, /^error ␛\]0;x␇\.yaml:3:13 /);
    assert.match(told, /see: a␊b:1:1 ␍<U\+202E>\n {2}fix: <U\+009B>\n/);
  });

  it("shows two hundred findings of a file and says how many more there are", () => {
    const told = textReport(fileOf(Array.from({ length: 1234 }, () => ({ ...finding }))), 72, plain);
    assert.equal(told.match(/^error /gm)?.length, 200);
    assert.match(told, /\n\n1,034 more findings in base\/llama\.yaml; --format json shows all\n\n$/);
  });

  it("lets no error hide behind hundreds of hints", () => {
    const hints = Array.from({ length: 300 }, (): CheckedFinding => ({ ...finding, severity: "info" }));
    const told = textReport(fileOf([...hints, finding]), 72, plain);
    assert.equal(told.match(/^info /gm)?.length, 199);
    assert.match(told, /\n\nerror base\/llama\.yaml:3:13 .*\n\n101 more findings /s);
  });

  it("names five places of a finding and says how many more there are", () => {
    const places = Array.from({ length: 7 }, (_, line) => ({
      file: "a.yaml",
      range: range(line, 0, 1),
      message: "here",
    }));
    const told = textReport(fileOf([{ ...finding, related: places }]), 72, plain);
    assert.match(told, / {2}see: a\.yaml:5:1 here\n {7}and 2 more places\n {2}fix: /);
  });

  it("cuts a message that carries somebody's document in it", () => {
    const told = textReport(fileOf([{ ...finding, message: `The name "${"x".repeat(100_000)}" is long.` }]), 72, plain);
    assert.ok(told.length < 1000);
    assert.match(told, / {2}The name\n {2}"x+…x+"\n {2}is long\.\n/);
  });
});

describe("the JSON report", () => {
  it("has exactly these keys, in this order", () => {
    assert.equal(
      jsonReport(checkedOf([finding])),
      `{"version":1,"findings":[{"rule":"hpa/some-rule","severity":"error","message":"Deployment \\"llama\\" asks for 20 replicas, but there are GPUs for 8: 12 pods stay pending for ever.","file":"base/llama.yaml","range":{"start":{"line":2,"character":12},"end":{"line":2,"character":14}},"related":[{"file":"base/quota.yaml","range":{"start":{"line":4,"character":9},"end":{"line":4,"character":10}},"message":"the quota allows 8 GPUs"}],"fixes":[{"title":"Ask for 8","edits":[{"file":"base/llama.yaml","range":{"start":{"line":2,"character":12},"end":{"line":2,"character":14}},"newText":"8"}],"safe":false}],"docs":"https://example.com/hpa/some-rule.md","object":"Deployment llama","fingerprint":"0123456789abcdef0123456789abcdef"}],"summary":{"files":1,"documents":1,"errors":1,"warnings":0,"infos":0}}\n`,
    );
  });

  it("of nothing is an empty list", () => {
    assert.equal(
      jsonReport(checkedOf([])),
      '{"version":1,"findings":[],"summary":{"files":1,"documents":1,"errors":0,"warnings":0,"infos":0}}\n',
    );
  });

  it("escapes what would act on a terminal, and reads back as it was", () => {
    const names = ["\x1b[31m", "\x9b31m\x7f", "\u202E\u2028\uFEFF", "\u{E0041}", "\uD800", "漢字😀"];
    const json = printed(names);
    assert.doesNotMatch(json, /[^\P{C}\n]/u);
    assert.deepEqual(JSON.parse(json), names);
  });
});

describe("the summary", () => {
  const of = (...severities: Severity[]) => severities.map((severity) => ({ ...finding, severity }));
  const problem = { path: "x.yaml", reason: "No permission to read this." };
  const failure = { what: "rule a/b", file: "x.yaml", error: new Error("no") };
  const table: [checked: Checked, line: string][] = [
    [checkedOf([]), "1 file, 1 document: no problems"],
    [checkedOf(of("error")), "1 file, 1 document: 1 error"],
    [
      { ...checkedOf([]), files: [fileOf(of("error", "error", "warning")), fileOf(of("info", "info", "info"))] },
      "2 files, 2 documents: 2 errors, 1 warning, 3 infos",
    ],
    [checkedOf([], { ignored: 1200 }), "1 file, 1 document (1,200 more ignored by headroom.config.yaml): no problems"],
    [
      checkedOf([], { problems: [problem, { ...problem, path: "y.yaml" }], failures: [failure] }),
      "1 file, 1 document: no problems, but 2 inputs could not be checked",
    ],
    [checkedOf(of("info"), { problems: [problem] }), "1 file, 1 document: 1 info; 1 input could not be checked"],
    [checkedOf([], { files: [], problems: [problem] }), "nothing was checked: 1 input could not be checked"],
    [
      checkedOf([], { files: [], ignored: 1 }),
      "0 files, 0 documents (1 more ignored by headroom.config.yaml): no problems",
    ],
  ];
  for (const [checked, line] of table) it(line, () => assert.equal(summaryLine(checked), line));

  it("points to the rule of the worst finding", () => {
    const findings = [...of("info", "warning"), { ...finding, rule: "a/worst" }, ...of("error")];
    assert.equal(hintLine(checkedOf(findings)), "why: headroom explain a/worst");
    assert.equal(hintLine(checkedOf([])), undefined);
  });
});

describe("what could not be checked", () => {
  const table: [line: string, said: string][] = [
    [problemLine({ path: "a.yaml", reason: "No permission." }), "not checked: a.yaml: No permission.\n"],
    [problemLine({ path: "", reason: "An empty path." }), 'not checked: "": An empty path.\n'],
    [problemLine({ path: "\x1b[2J\n", reason: "\r" }), "not checked: ␛[2J␊: ␍\n"],
    [
      failureLine({ what: "rule a/b", file: "x.yaml", error: new Error("it broke\n    at /some/where.js") }),
      "rule a/b failed on x.yaml: it broke; please report it: https://github.com/headroom-llm/headroom/issues\n",
    ],
    [
      failureLine({ what: "headroom", file: "x.yaml", error: "thrown text" }),
      "headroom failed on x.yaml: thrown text; please report it: https://github.com/headroom-llm/headroom/issues\n",
    ],
  ];
  for (const [line, said] of table) it(said.trim(), () => assert.equal(line, said));
});
