import type { Severity } from "../../../findings/finding.ts";
import { visible } from "../../terminal/visible.ts";
import { summaryLine } from "../summary.ts";
import { notCheckedIn } from "../trouble.ts";
import { messageOf } from "./rendered.ts";
import type { Report } from "./report.ts";

const command = { error: "error", warning: "warning", info: "notice" } as const satisfies Record<Severity, string>;

/**
 * Commands to GitHub's runner, which shows them as annotations of the change, and the summary for who reads the log.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport({ checked, notes }: Report): string {
  const findings = checked.files.flatMap(({ findings }) =>
    findings.map((finding) => {
      const { rule, severity, file, rendered } = finding;
      const { start, end } = finding.range;
      const columns = start.line === end.line && end.character > start.character;
      return annotation(command[severity], messageOf(finding), {
        file: checked.fromRoot(file),
        ...(!rendered && { line: start.line + 1, endLine: end.line + 1 }),
        // The runner takes columns within one line only, and counts the last one in.
        ...(columns && !rendered && { col: start.character + 1, endColumn: end.character }),
        title: rule,
      });
    }),
  );
  const troubles = notCheckedIn(checked).map(({ path, reason }) =>
    annotation("error", `Not checked: ${reason}`, { file: checked.fromRoot(path), title: "headroom" }),
  );
  const said = [...notes, summaryLine(checked)].map((line) => `${line}\n`);
  return [...findings, ...troubles, ...said].join("");
}

function annotation(name: string, message: string, properties: Readonly<Record<string, string | number>>): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${inProperty(String(value))}`);
  return `::${name} ${written.join(",")}::${inMessage(message)}\n`;
}

/** As `toolkit/packages/core/src/command.ts` of github.com/actions writes them; what acts on a terminal is shown instead. */
function inMessage(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => visible(line).replace(/%/g, "%25"))
    .join("%0A");
}

function inProperty(text: string): string {
  return text
    .replace(/%/g, "%25")
    .replace(/\r/g, "%0D")
    .replace(/\n/g, "%0A")
    .replace(/:/g, "%3A")
    .replace(/,/g, "%2C")
    .replace(/[^\P{C}]/gu, (character) => visible(character));
}
