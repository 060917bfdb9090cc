import type { Checked } from "../lint/check.ts";
import { counted, listed } from "./words.ts";

export interface Summary {
  readonly files: number;
  readonly documents: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

export function summaryOf({ files, documents }: Checked): Summary {
  const severities = files.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  const count = (wanted: string) => severities.filter((severity) => severity === wanted).length;
  return { files: files.length, documents, errors: count("error"), warnings: count("warning"), infos: count("info") };
}

/** The last line. It never says "no problems" of what was not looked at. */
export function summaryLine(checked: Checked): string {
  const { files, documents, errors, warnings, infos } = summaryOf(checked);
  const found = [
    errors > 0 ? [counted(errors, "error")] : [],
    warnings > 0 ? [counted(warnings, "warning")] : [],
    infos > 0 ? [counted(infos, "info")] : [],
  ].flat();
  const ignored = checked.ignored === 0 ? "" : ` (${checked.ignored} more ignored by headroom.config.yaml)`;
  const unchecked = checked.problems.length + checked.failures.length;
  const but =
    unchecked === 0 ? "" : `${found.length > 0 ? ";" : ", but"} ${counted(unchecked, "input")} could not be checked`;
  const outcome = found.length > 0 ? found.join(", ") : "no problems";
  return `${counted(files, "file")}, ${counted(documents, "document")}${ignored}: ${outcome}${but}`;
}
