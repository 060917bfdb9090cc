import { notCheckedIn } from "../trouble.ts";
import { messageOf } from "./rendered.ts";
import type { Report } from "./report.ts";
import { element, xmlHead } from "./xml.ts";

/** The XML of Checkstyle, which many services read: a file, and in it an `error` of each severity. */
export function checkstyleReport({ checked }: Report): string {
  const files = checked.files.map(({ name, findings }) =>
    element(
      "file",
      { name: checked.fromRoot(name) },
      findings.map((finding) => {
        const { rule, severity, rendered } = finding;
        const { line, character } = finding.range.start;
        const place = rendered ? {} : { line: line + 1, column: character + 1 };
        return element("error", { ...place, severity, message: messageOf(finding), source: rule });
      }),
    ),
  );
  const troubles = notCheckedIn(checked).map(({ path, reason }) =>
    element("file", { name: checked.fromRoot(path) }, [
      element("error", { severity: "error", message: `Not checked: ${reason}`, source: "headroom/not-checked" }),
    ]),
  );
  return xmlHead + element("checkstyle", { version: "4.3" }, [...files, ...troubles]);
}
