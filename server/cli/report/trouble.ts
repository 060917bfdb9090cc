import { bugs } from "../../../package.json";
import type { InputProblem } from "../inputs/input.ts";
import type { Failure } from "../lint/checked.ts";
import { shortened, visible } from "../terminal/visible.ts";

const longest = 600;

/** Something that could not be checked, for standard error. */
export function problemLine({ path, reason }: InputProblem): string {
  return `not checked: ${said(path) || '""'}: ${said(reason)}\n`;
}

/** A mistake of ours, for standard error: one line, no stack. */
export function failureLine({ what, file, error }: Failure): string {
  return `${what} failed on ${said(file)}: ${messageOf(error)}; please report it: ${bugs.url}\n`;
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
