import type { Rule } from "../../rules/rule.ts";
import { withBaseline } from "../baseline/step.ts";
import { type Exit, exit } from "../commands/command.ts";
import { type Routes, tell } from "../report/routes.ts";
import { notWrittenLine } from "../report/trouble.ts";
import type { Part } from "../shard/part.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import type { Checked } from "./checked.ts";
import { exitOf } from "./exit-of.ts";
import type { TellingValues } from "./options.ts";
import { onlyErrors } from "./quiet.ts";

export interface Finish {
  readonly checked: Checked;
  readonly values: TellingValues & { readonly changed?: string | boolean };
  readonly routes: Routes;
  readonly mostWarnings: number;
  readonly part?: Part | undefined;
  readonly cwd: string;
  readonly root: string;
  readonly rules: readonly Rule[];
  readonly notes: readonly string[];
  readonly terminal: Terminal;
}

/** From what was found to what is told of it, and to the exit code. */
export async function finish(request: Finish): Promise<Exit> {
  const { values, routes, mostWarnings, part, rules, terminal } = request;
  const compared = await comparedWithBaseline(request);
  if ("mistake" in compared) {
    terminal.err(`${visible(compared.mistake)}\n`);
    return exit.failed;
  }
  const { checked } = compared;
  const failsFrom = values["fail-on"] === "never" ? undefined : values["fail-on"];
  const { code, note } = exitOf(checked, failsFrom, mostWarnings);
  const notes = [...request.notes, ...compared.notes, ...note];
  const told = values.quiet ? onlyErrors(checked) : checked;
  const unwritten = await tell({ checked: told, rules, failsFrom, notes, part }, routes, terminal);
  for (const problem of unwritten) terminal.err(notWrittenLine(problem));
  if (unwritten.length > 0) return exit.failed;
  // A part alone cannot say whether the whole fails; that something was not checked it can.
  return part !== undefined && code === exit.found ? exit.clean : code;
}

async function comparedWithBaseline({ values, checked, cwd, root }: Finish) {
  const update = values["update-baseline"];
  if (!update && values.baseline === undefined) return { checked, notes: [] };
  const inPart = values.changed !== undefined && values.changed !== false;
  return withBaseline(checked, { name: values.baseline, update, inPart, cwd, root });
}
