import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { githubReport } from "../../../server/cli/report/formats/github.ts";
import { gitlabReport } from "../../../server/cli/report/formats/gitlab.ts";
import { fileOf, hostile, hostileName, hostileText, ordinary, range, reportOf } from "./hostile.ts";

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Reads lines as `ActionCommand.TryParseV2` of github.com/actions/runner does. */
function commandIn(line: string): Command | undefined {
  const match = /^::([a-z-]+)(?: (.*?))?::(.*)$/s.exec(line.trimStart());
  if (match === null) return undefined;
  const [, name = "", written = "", message = ""] = match;
  const decoded = (text: string, codes: readonly (readonly [string, string])[]) =>
    codes.reduce((now, [code, character]) => now.replaceAll(code, character), text);
  const data = [
    ["%0D", "\r"],
    ["%0A", "\n"],
  ] as const;
  const inProperty = [...data, ["%3A", ":"], ["%2C", ","], ["%25", "%"]] as const;
  const properties = written.split(",").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at < 1 ? [] : [[pair.slice(0, at), decoded(pair.slice(at + 1), inProperty)]];
  });
  return { name, properties: Object.fromEntries(properties), message: decoded(message, [...data, ["%25", "%"]]) };
}

function commandsIn(text: string): Command[] {
  return text.split(/\r\n|\n|\r/).flatMap((line) => commandIn(line) ?? []);
}

describe("annotations on GitHub", () => {
  it("say where and what, and the log ends in the summary", () => {
    const warning = { ...ordinary, severity: "warning", range: range(0, 2, 3, 4) } as const;
    const hint = { ...ordinary, severity: "info" } as const;
    assert.equal(
      githubReport(reportOf([fileOf("base/a.yaml", [ordinary, warning, hint])])),
      `::error file=base/a.yaml,line=3,endLine=3,col=1,endColumn=4,title=yaml/duplicate-key::The key "kind" stands twice.
::warning file=base/a.yaml,line=1,endLine=5,title=yaml/duplicate-key::The key "kind" stands twice.
::notice file=base/a.yaml,line=3,endLine=3,col=1,endColumn=4,title=yaml/duplicate-key::The key "kind" stands twice.
1 file, 1 document: 1 error, 1 warning, 1 info
`,
    );
  });

  it("are one command a finding, whatever it holds, and read back as it was", () => {
    const problem = { path: hostileName, reason: hostileText };
    const commands = commandsIn(githubReport(reportOf([fileOf("x", [hostile])], { problems: [problem] })));
    assert.equal(commands.length, 2);
    for (const { name, properties, message } of commands) {
      assert.equal(name, "error");
      assert.equal(properties["file"], hostileName);
      assert.match(message, /100% ::error file=x::pwned, a:b,c\n\]\]> /);
      assert.doesNotMatch(message, /[^\P{Cc}\n]|\p{Cf}/u);
    }
  });

  it("tell what could not be checked", () => {
    const problem = { path: "gone.yaml", reason: "No such file or directory." };
    assert.deepEqual(commandsIn(githubReport(reportOf([], { problems: [problem] }))), [
      {
        name: "error",
        properties: { file: "gone.yaml", title: "headroom" },
        message: "Not checked: No such file or directory.",
      },
    ]);
  });
});

describe("GitLab's Code Quality", () => {
  it("is a list of issues with these keys", () => {
    const problem = { path: "gone.yaml", reason: "No such file or directory." };
    assert.deepEqual(JSON.parse(gitlabReport(reportOf([fileOf("base/a.yaml", [ordinary])], { problems: [problem] }))), [
      {
        description: 'The key "kind" stands twice.',
        check_name: "yaml/duplicate-key",
        fingerprint: ordinary.fingerprint,
        severity: "critical",
        location: { path: "base/a.yaml", lines: { begin: 3, end: 3 } },
      },
      {
        description: "Not checked: No such file or directory.",
        check_name: "headroom/not-checked",
        fingerprint: "not-checked gone.yaml",
        severity: "blocker",
        location: { path: "gone.yaml", lines: { begin: 1, end: 1 } },
      },
    ]);
  });

  it("keeps what documents hold as text", () => {
    const [issue] = JSON.parse(gitlabReport(reportOf([fileOf("x", [hostile])])));
    assert.deepEqual([issue.description, issue.location.path], [hostileText, hostileName]);
  });
});
