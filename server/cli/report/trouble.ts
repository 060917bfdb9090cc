import { bugs } from "../../../package.json";
import type { InputProblem } from "../inputs/input.ts";
import type { Checked, Failure } from "../lint/checked.ts";
import { shortened, visible } from "../terminal/visible.ts";

const longest = 600;

/** Something that could not be checked, for standard error. */
export function problemLine({ path, reason }: InputProblem): string {
  return `not checked: ${said(path) || '""'}: ${said(reason)}\n`;
}

/** A file that was to be written and could not be. */
export function notWrittenLine({ path, reason }: InputProblem): string {
  return `not written: ${said(path)}: ${said(reason)}\n`;
}

/** A file that safe fixes would change and that was left as it is. */
export function notFixedLine({ path, reason }: InputProblem): string {
  return `not fixed: ${said(path)}: ${said(reason)}\n`;
}

/** A mistake of ours, for standard error: one line, no stack. */
export function failureLine({ what, file, error }: Failure): string {
  return `${what} failed on ${said(file)}: ${messageOf(error)}; please report it: ${bugs.url}\n`;
}

/** The same for formats that have a place for it: each input with what kept it from being checked. */
export function notCheckedIn({ problems, failures }: Pick<Checked, "problems" | "failures">): InputProblem[] {
  const ours = failures.map(({ what, file, error }) => ({ path: file, reason: `${what} failed: ${messageOf(error)}` }));
  return [...problems, ...ours];
}

export function crashLine(error: unknown): string {
  return `headroom failed: ${messageOf(error)}; please report it: ${bugs.url}\n`;
}

/** Its first line: what follows in some is a list of files or a stack. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return said(message.split("\n", 1)[0] ?? "");
}

function said(text: string): string {
  return visible(shortened(text, longest));
}
