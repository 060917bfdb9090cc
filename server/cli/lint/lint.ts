import { rules as allRules } from "../../rules/registry.ts";
import type { Rule } from "../../rules/rule.ts";
import { limits } from "../../text/limits.ts";
import { changedNote, changesOf } from "../changed/among.ts";
import { changesSince } from "../changed/changes.ts";
import { type Exit, exit, type Host } from "../commands/command.ts";
import { fixesInDiff, fixFiles } from "../fix/step.ts";
import { repositoryAbove } from "../inputs/repository.ts";
import { tell } from "../report/routes.ts";
import { notFixedLine } from "../report/trouble.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import type { Checked } from "./checked.ts";
import { finish } from "./finish.ts";
import { gather } from "./gather.ts";
import { Judgement } from "./judgement.ts";
import type { LintValues } from "./options.ts";
import { planOf } from "./plan.ts";

export interface LintRequest {
  readonly values: LintValues;
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly host: Pick<Host, "cwd" | "stdin">;
  readonly rules?: readonly Rule[];
}

export async function lint(request: LintRequest): Promise<Exit> {
  const { values, operands, terminal, host, rules = allRules } = request;
  const { cwd } = host;
  const plan = planOf(values, operands, cwd, rules);
  if ("mistake" in plan) return refuse(plan.mistake, terminal);
  const root = (await repositoryAbove(cwd))?.root ?? cwd;
  if (values["print-config"] !== undefined) {
    const { printConfig } = await import("./print-config.ts");
    return printConfig({ path: values["print-config"], cwd, root, terminal, rules, severities: plan.severities });
  }
  const { changed } = values;
  const changes = changed === false ? undefined : await changesSince(changed === true ? undefined : `${changed}`, cwd);
  if (changes !== undefined && "mistake" in changes) return refuse(changes.mistake, terminal);
  const inputs = await gather({ host, plan, values });
  const before = changes && changesOf(changes, inputs, plan.paths, cwd);
  const judgement = new Judgement({
    cwd,
    root,
    rules,
    severities: plan.severities,
    before,
    part: plan.part,
    ...inputs,
  });
  const withInputs = (checked: Checked) => ({ ...checked, problems: [...inputs.problems, ...checked.problems] });
  if (values["fix-dry-run"]) {
    const checked = withInputs(judgement.checked());
    const { diff, summary } = fixesInDiff(judgement);
    await tell({ checked, rules, failsFrom: undefined, notes: [] }, { ...plan.routes, shown: "none" }, terminal);
    terminal.out(diff);
    terminal.err(`${summary}\n`);
    return checked.problems.length > 0 ? exit.failed : diff === "" ? exit.clean : exit.found;
  }
  const fixed = values.fix ? await fixFiles(judgement, root, limits.fileLength) : { notes: [], problems: [] };
  for (const problem of fixed.problems) terminal.err(notFixedLine(problem));
  const part = plan.part;
  const notes = [
    ...(changes && before ? [changedNote(before.size, changes.since)] : []),
    ...(part === undefined ? [] : [`part ${part.index} of ${part.count}: headroom merge tells the whole`]),
    ...fixed.notes,
  ];
  const checked = withInputs(judgement.checked());
  const code = await finish({ values, cwd, root, rules, notes, checked, terminal, ...plan });
  return fixed.problems.length > 0 ? exit.failed : code;
}

function refuse(sentence: string, terminal: Terminal): Exit {
  terminal.err(`${visible(sentence)}\n`);
  return exit.failed;
}
