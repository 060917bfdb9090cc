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
  const severities = files.flatMap(({ findings, untold = [] }) =>
    [...findings, ...untold].map(({ severity }) => severity),
  );
  const count = (wanted: Severity) => severities.filter((severity) => severity === wanted).length;
  return {
    files: files.filter(({ foreign }) => foreign === undefined).length,
    documents: files.reduce((sum, file) => sum + file.documents, 0),
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
  };
}

/** The last line. It never says "no problems" alone when something was not looked at. */
export function summaryLine(checked: Checked): string {
  const summary = summaryOf(checked);
  const inputs = `${counted(summary.files, "file")}, ${counted(summary.documents, "document")}`;
  const ignored = checked.ignored === 0 ? "" : ` (${grouped(checked.ignored)} more ignored by headroom.config.yaml)`;
  const found = foundWords(summary);
  const unchecked = uncheckedWords(checked);
  if (unchecked === "" && ignored === "" && summary.files === 0)
    return "nothing to check: no YAML files that git does not ignore";
  if (unchecked === "") return `${inputs}${ignored}: ${found || "no problems"}`;
  if (summary.files === 0) return `nothing was checked${ignored}: ${unchecked}`;
  return `${inputs}${ignored}: ${found === "" ? "no problems, but" : `${found};`} ${unchecked}`;
}

function uncheckedWords({ problems, failures }: Checked): string {
  const inputs = new Set([...problems.map(({ path }) => path), ...failures.map(({ file }) => file)]);
  return inputs.size === 0 ? "" : `${counted(inputs.size, "input")} could not be checked`;
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
