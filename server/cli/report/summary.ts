import { type Severity, severities } from "../../findings/finding.ts";
import type { Checked } from "../lint/checked.ts";
import { counted, grouped } from "./words.ts";

export interface Summary {
  readonly files: number;
  readonly documents: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export function summaryOf({ files }: Checked): Summary {
  const severities = files.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  const count = (wanted: Severity) => severities.filter((severity) => severity === wanted).length;
  return {
    files: files.length,
    documents: files.reduce((sum, file) => sum + file.documents, 0),
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
  };
}

/** The last line. It never says "no problems" alone of what was not looked at. */
export function summaryLine(checked: Checked): string {
  const summary = summaryOf(checked);
  const { files, documents } = summary;
  const unchecked = checked.problems.length + checked.failures.length;
  const ignored = checked.ignored === 0 ? "" : ` (${grouped(checked.ignored)} more ignored by headroom.config.yaml)`;
  const not = unchecked === 0 ? "" : `${counted(unchecked, "input")} could not be checked`;
  if (files === 0 && unchecked > 0) return `nothing was checked${ignored}: ${not}`;
  const found = foundWords(summary);
  const outcome = found === "" ? ["no problems", not].filter((words) => words !== "").join(", but ") : found;
  const further = found === "" || not === "" ? "" : `; ${not}`;
  return `${counted(files, "file")}, ${counted(documents, "document")}${ignored}: ${outcome}${further}`;
}

function foundWords({ errors, warnings, infos }: Summary): string {
  const counts = [
    [errors, "error"],
    [warnings, "warning"],
    [infos, "info"],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, severity]) => counted(count, severity))
    .join(", ");
}

/** Where to read on: about the rule of the worst finding, so that the line can be pasted. */
export function hintLine({ files }: Checked): string | undefined {
  const findings = files.flatMap((file) => file.findings);
  const [worst] = severities.flatMap((wanted) => findings.find(({ severity }) => severity === wanted) ?? []);
  return worst === undefined ? undefined : `why: headroom explain ${worst.rule}`;
}
