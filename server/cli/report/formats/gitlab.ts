import type { Severity } from "../../../findings/finding.ts";
import { notCheckedIn } from "../trouble.ts";
import { messageOf } from "./rendered.ts";
import type { Report } from "./report.ts";

const severityOf = { error: "critical", warning: "major", info: "info" } as const satisfies Record<Severity, string>;

/** GitLab's Code Quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function gitlabReport({ checked }: Report): string {
  const findings = checked.files.flatMap(({ findings }) =>
    findings.map(({ rule, severity, message, file, range, fingerprint, rendered }) => ({
      description: messageOf({ message, range, ...(rendered && { rendered }) }),
      check_name: rule,
      fingerprint,
      severity: severityOf[severity],
      location: {
        path: checked.fromRoot(file),
        lines: rendered ? { begin: 1, end: 1 } : { begin: range.start.line + 1, end: range.end.line + 1 },
      },
    })),
  );
  const troubles = notCheckedIn(checked).map(({ path, reason }) => ({
    description: `Not checked: ${reason}`,
    check_name: "headroom/not-checked",
    fingerprint: `not-checked ${path}`,
    severity: "blocker",
    location: { path: checked.fromRoot(path), lines: { begin: 1, end: 1 } },
  }));
  return `${JSON.stringify([...findings, ...troubles], undefined, 1)}\n`;
}
