import { severities } from "../../findings/finding.ts";
import { rules as allRules } from "../../rules/registry.ts";
import type { Rule } from "../../rules/rule.ts";
import { limits } from "../../text/limits.ts";
import { type Exit, exit, type Host } from "../commands/command.ts";
import type { InputProblem, Inputs } from "../inputs/input.ts";
import { readInputs } from "../inputs/inputs.ts";
import { repositoryAbove } from "../inputs/repository.ts";
import { routesIn, tell } from "../report/routes.ts";
import { notWrittenLine } from "../report/trouble.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { check } from "./check.ts";
import type { Checked } from "./checked.ts";
import { readConfigs } from "./configs.ts";
import type { LintValues } from "./options.ts";
import { partialDirectories } from "./partial.ts";

export interface LintRequest {
  readonly values: LintValues;
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly host: Pick<Host, "cwd" | "stdin">;
  readonly rules?: readonly Rule[];
}

export async function lint({ values, operands, terminal, host, rules = allRules }: LintRequest): Promise<Exit> {
  const { cwd, stdin } = host;
  const routes = routesIn(values.format, cwd);
  if ("mistake" in routes) return refuse(routes.mistake, terminal);
  const limit = limits.fileLength;
  const named = withoutSilence(await readInputs({ cwd, paths: operands, limit, stdin }));
  const configs = await readConfigs(named.files, cwd, limit);
  const root = (await repositoryAbove(cwd))?.root ?? cwd;
  const found = check({
    cwd,
    root,
    files: named.files,
    configs: configs.files,
    partial: await partialDirectories(named.files),
    rules,
  });
  const checked = { ...found, problems: [...named.problems, ...configs.problems, ...found.problems] };
  const failsFrom = values["fail-on"] === "never" ? undefined : values["fail-on"];
  const unwritten = await tell({ checked, rules, failsFrom, notes: [] }, routes, terminal);
  for (const problem of unwritten) terminal.err(notWrittenLine(problem));
  return exitOf(checked, unwritten, values["fail-on"]);
}

function refuse(sentence: string, terminal: Terminal): Exit {
  terminal.err(`${visible(sentence)}\n`);
  return exit.failed;
}

/** An empty pipe mostly means that the command before it failed; silence would look like a clean result. */
function withoutSilence({ files, problems }: Inputs): Inputs {
  const stdin = files.find(({ path, text }) => path === "<stdin>" && text.trim() === "");
  if (stdin === undefined) return { files, problems };
  const reason = "Nothing came in. Did the command before the pipe fail?";
  return { files: files.filter((file) => file !== stdin), problems: [...problems, { path: stdin.path, reason }] };
}

function exitOf(
  { files, problems, failures }: Checked,
  unwritten: readonly InputProblem[],
  failOn: LintValues["fail-on"],
): Exit {
  if (problems.length > 0 || failures.length > 0 || unwritten.length > 0) return exit.failed;
  if (failOn === "never") return exit.clean;
  const counts = severities.slice(0, severities.indexOf(failOn) + 1);
  const failing = files.some(({ findings }) => findings.some(({ severity }) => counts.includes(severity)));
  return failing ? exit.found : exit.clean;
}
