import { resolve } from "node:path";
import { repositoryAbove } from "../../disk/repository.ts";
import { rules } from "../../rules/registry.ts";
import { type Exit, exit, type Host } from "../commands/command.ts";
import { finish } from "../lint/finish.ts";
import type { TellingValues } from "../lint/options.ts";
import { warningsIn } from "../lint/plan.ts";
import { routesIn } from "../report/routes.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { merged } from "./merge.ts";
import { readShard } from "./read.ts";

export interface MergeRequest {
  readonly values: TellingValues;
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly host: Pick<Host, "cwd">;
}

/** Tells of all parts what one run over everything would have told. */
export async function merge({ values, operands, terminal, host: { cwd } }: MergeRequest): Promise<Exit> {
  const routes = routesIn(values.format, cwd);
  if ("mistake" in routes) return refuse([routes.mistake], terminal);
  const mostWarnings = warningsIn(values["max-warnings"]);
  if (typeof mostWarnings !== "number") return refuse([mostWarnings.mistake], terminal);
  const read = operands.map((path) => readShard(path, resolve(cwd, path)));
  const mistakes = read.flatMap((report) => ("mistake" in report ? [report.mistake] : []));
  if (mistakes.length > 0) return refuse(mistakes, terminal);
  const checked = merged(read.flatMap((report) => ("mistake" in report ? [] : [report])));
  if ("mistake" in checked) return refuse([checked.mistake], terminal);
  const root = repositoryAbove(cwd)?.root ?? cwd;
  return finish({ checked, values, routes, mostWarnings, cwd, root, rules, notes: [], terminal });
}

function refuse(sentences: readonly string[], terminal: Terminal): Exit {
  for (const sentence of sentences) terminal.err(`${visible(sentence)}\n`);
  return exit.failed;
}
