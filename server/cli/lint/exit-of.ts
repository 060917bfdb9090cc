import { type Severity, severities } from "../../findings/finding.ts";
import { type Exit, exit } from "../commands/command.ts";
import { counted } from "../report/words.ts";
import type { Checked } from "./checked.ts";

/** The exit code, and what has to be said of it. */
export function exitOf(
  { files, problems, failures }: Checked,
  failsFrom: Severity | undefined,
  mostWarnings: number,
): { readonly code: Exit; readonly note: readonly string[] } {
  const found = files.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  const warnings = found.filter((severity) => severity === "warning").length;
  const note =
    warnings > mostWarnings ? [`${counted(warnings, "warning")}, more than the ${mostWarnings} of --max-warnings`] : [];
  if (problems.length > 0 || failures.length > 0) return { code: exit.failed, note };
  const counts = failsFrom === undefined ? [] : severities.slice(0, severities.indexOf(failsFrom) + 1);
  const failing = note.length > 0 || found.some((severity) => counts.includes(severity));
  return { code: failing ? exit.found : exit.clean, note };
}
