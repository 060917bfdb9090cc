import { severities } from "../../findings/finding.ts";
import { rules as allRules } from "../../rules/registry.ts";
import type { Rule } from "../../rules/rule.ts";
import { limits } from "../../text/limits.ts";
import { type Exit, exit, type Host } from "../commands/command.ts";
import type { Inputs } from "../inputs/input.ts";
import { readInputs } from "../inputs/inputs.ts";
import { repositoryAbove } from "../inputs/repository.ts";
import { jsonReport } from "../report/json.ts";
import { hintLine, summaryLine } from "../report/summary.ts";
import { textReport } from "../report/text.ts";
import { failureLine, problemLine } from "../report/trouble.ts";
import { styleOf } from "../terminal/style.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { check } from "./check.ts";
import type { Checked } from "./checked.ts";
import { readConfigs } from "./configs.ts";
import { partialDirectories } from "./partial.ts";

export interface LintRequest {
  readonly values: { readonly format: "text" | "json"; readonly "fail-on": (typeof severities)[number] | "never" };
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly host: Pick<Host, "cwd" | "stdin">;
  readonly rules?: readonly Rule[];
}

export async function lint({ values, operands, terminal, host, rules = allRules }: LintRequest): Promise<Exit> {
  const { cwd, stdin } = host;
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
  if (values.format === "json") terminal.out(jsonReport(checked));
  else tellFindings(checked, terminal);
  for (const problem of checked.problems) terminal.err(problemLine(problem));
  for (const failure of checked.failures) terminal.err(failureLine(failure));
  if (values.format === "text") terminal.out(`${summaryLine(checked)}\n`);
  return exitOf(checked, values["fail-on"]);
}

function tellFindings(checked: Checked, terminal: Terminal): void {
  const style = styleOf(terminal);
  const hint = hintLine(checked);
  for (const file of checked.files) {
    if (file.findings.length > 0) terminal.out(textReport(file, terminal.width, style));
  }
  if (hint !== undefined) terminal.out(`${style.quiet(hint)}\n`);
}

/** An empty pipe mostly means that the command before it failed; silence would look like a clean result. */
function withoutSilence({ files, problems }: Inputs): Inputs {
  const stdin = files.find(({ path, text }) => path === "<stdin>" && text.trim() === "");
  if (stdin === undefined) return { files, problems };
  const reason = "Nothing came in. Did the command before the pipe fail?";
  return { files: files.filter((file) => file !== stdin), problems: [...problems, { path: stdin.path, reason }] };
}

function exitOf({ files, problems, failures }: Checked, failOn: LintRequest["values"]["fail-on"]): Exit {
  if (problems.length > 0 || failures.length > 0) return exit.failed;
  if (failOn === "never") return exit.clean;
  const counts = severities.slice(0, severities.indexOf(failOn) + 1);
  const failing = files.some(({ findings }) => findings.some(({ severity }) => counts.includes(severity)));
  return failing ? exit.found : exit.clean;
}
