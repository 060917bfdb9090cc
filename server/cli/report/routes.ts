import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Route } from "../arguments.ts";
import type { InputProblem } from "../inputs/input.ts";
import { whyNotWritten } from "../output/why-not-written.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { FormatName } from "./formats/names.ts";
import type { Report } from "./formats/report.ts";
import { findingsInText, summaryInText } from "./formats/text.ts";
import { written } from "./formats/written.ts";
import { failureLine, problemLine } from "./trouble.ts";

/** Where each format goes: one may go to standard output, any number into files. */
export interface Routes {
  readonly shown: FormatName | "summary" | "none";
  readonly files: readonly { readonly format: FormatName; readonly path: string }[];
}

export function routesIn(routes: readonly Route<FormatName>[], cwd: string): Routes | { readonly mistake: string } {
  const shown = routes.filter(({ into }) => into === undefined).map(({ word }) => word);
  const files = routes.flatMap(({ word, into }) =>
    into === undefined ? [] : [{ format: word, path: resolve(cwd, into) }],
  );
  const [first, second] = new Set(shown);
  if (second !== undefined) {
    return {
      mistake: `Only one format can go to standard output, not ${first} and ${second}. Give one a file: --format ${second}=FILE.`,
    };
  }
  const twice = files.find(({ path }, index) => files.slice(0, index).some((before) => before.path === path));
  if (twice !== undefined) return { mistake: `Two formats go into the same file: ${twice.path}.` };
  return { shown: first ?? (files.length === 0 ? "text" : "summary"), files };
}

/**
 * Tells a report everywhere it is wanted. What could not be checked goes to standard error as well, and standard output
 * ends in the summary, unless another program reads it. Returns the files that could not be written.
 */
export async function tell(report: Report, routes: Routes, terminal: Terminal): Promise<InputProblem[]> {
  const { shown } = routes;
  const { checked } = report;
  const failed = await Promise.all(routes.files.map((file) => writeInto(file, report, terminal.width)));
  if (shown === "text") terminal.out(findingsInText(report, terminal));
  else if (shown !== "summary" && shown !== "none") terminal.out(written[shown](report, terminal));
  for (const problem of checked.problems) terminal.err(problemLine(problem));
  for (const failure of checked.failures) terminal.err(failureLine(failure));
  if (shown === "text" || shown === "summary") terminal.out(summaryInText(report));
  return failed.flat();
}

async function writeInto(
  { format, path }: Routes["files"][number],
  report: Report,
  width: number,
): Promise<InputProblem[]> {
  try {
    await writeFile(path, written[format](report, { colour: false, width }));
    return [];
  } catch (error) {
    return [{ path, reason: whyNotWritten(error) }];
  }
}
