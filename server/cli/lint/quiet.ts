import type { Checked } from "./checked.ts";

/** The errors alone. The summary goes on counting the rest. */
export function onlyErrors(checked: Checked): Checked {
  const files = checked.files.map((file) => ({
    ...file,
    findings: file.findings.filter(({ severity }) => severity === "error"),
    untold: file.findings.filter(({ severity }) => severity !== "error"),
  }));
  return { ...checked, files };
}
