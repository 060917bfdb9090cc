import { severities } from "../../../findings/finding.ts";
import type { CheckedFile, CheckedFinding } from "../../lint/checked.ts";
import { notCheckedIn } from "../trouble.ts";
import { messageOf } from "./rendered.ts";
import type { Report } from "./report.ts";
import { element, xmlHead } from "./xml.ts";

/**
 * JUnit's XML as Jenkins, GitLab and others show it: a suite for each file, a case for each finding or for the clean
 * file. Findings that make the run fail are failures; milder ones are skipped cases, which such viewers list as well.
 */
export function junitReport({ checked, failsFrom = "error" }: Report): string {
  const isFailure = ({ severity }: CheckedFinding) => severities.indexOf(severity) <= severities.indexOf(failsFrom);
  const suites = checked.files.map((file) => suiteOf({ ...file, name: checked.fromRoot(file.name) }, isFailure));
  const troubles = notCheckedIn(checked).map(({ path, reason }) => troubleSuite(checked.fromRoot(path), reason));
  const findings = checked.files.flatMap((file) => file.findings);
  const counts = {
    tests: findings.length + checked.files.filter(isClean).length + troubles.length,
    failures: findings.filter(isFailure).length,
    errors: troubles.length,
    skipped: findings.filter((finding) => !isFailure(finding)).length,
  };
  return xmlHead + element("testsuites", { name: "headroom", ...counts, time: 0 }, [...suites, ...troubles]);
}

function suiteOf(file: CheckedFile, isFailure: (finding: CheckedFinding) => boolean): string {
  const { name, findings } = file;
  const failures = findings.filter(isFailure).length;
  const skipped = findings.length - failures;
  const cases = findings.map((finding) => caseOf(finding, name, isFailure(finding)));
  const clean = element("testcase", { name: "no problems", classname: name, file: name, time: 0 });
  return element(
    "testsuite",
    { name, tests: Math.max(findings.length, 1), failures, errors: 0, skipped, time: 0 },
    isClean(file) ? [clean] : cases,
  );
}

function caseOf(finding: CheckedFinding, file: string, failed: boolean): string {
  const { rule, severity, range, docs, rendered } = finding;
  const message = messageOf(finding);
  const line = range.start.line + 1;
  const place = `${file}:${line}:${range.start.character + 1}`;
  return element(
    "testcase",
    { name: `${rule} in line ${line}`, classname: file, file, line: rendered ? undefined : line, time: 0 },
    failed
      ? [element("failure", { message, type: severity }, `${place}: ${severity}: ${message}\n${docs}`)]
      : [element("skipped", { message: `${severity}: ${message}` })],
  );
}

function troubleSuite(name: string, reason: string): string {
  const error = element("error", { message: `Not checked: ${reason}`, type: "not checked" }, reason);
  return element("testsuite", { name, tests: 1, failures: 0, errors: 1, skipped: 0, time: 0 }, [
    element("testcase", { name: "can be checked", classname: name, file: name, time: 0 }, [error]),
  ]);
}

function isClean({ findings }: CheckedFile): boolean {
  return findings.length === 0;
}
