import { repositoryAbove } from "../../disk/repository.ts";
import { rules as allRules } from "../../rules/registry.ts";
import type { Rule } from "../../rules/rule.ts";
import { limits } from "../../text/limits.ts";
import { changedNote, changesOf } from "../changed/among.ts";
import { changesSince } from "../changed/changes.ts";
import { type Exit, exit, type Host } from "../commands/command.ts";
import { fixesInDiff, fixFiles } from "../fix/step.ts";
import { tell } from "../report/routes.ts";
import { notFixedLine } from "../report/trouble.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visible } from "../terminal/visible.ts";
import { watch } from "../watch/watch.ts";
import { finish } from "./finish.ts";
import { gather } from "./gather.ts";
import { Judged } from "./judge.ts";
import type { LintValues } from "./options.ts";
import { type Plan, planOf } from "./plan.ts";
import { printConfig } from "./print-config.ts";

export interface LintRequest {
  readonly values: LintValues;
  readonly operands: readonly string[];
  readonly terminal: Terminal;
  readonly host: Pick<Host, "cwd" | "stdin" | "interrupted">;
  readonly rules?: readonly Rule[];
}

export async function lint(request: LintRequest): Promise<Exit> {
  const { values, operands, terminal, host, rules = allRules } = request;
  const { cwd } = host;
  const plan = planOf(values, operands, cwd, rules);
  if ("mistake" in plan) return refuse(plan.mistake, terminal);
  const root = repositoryAbove(cwd)?.root ?? cwd;
  if (values["print-config"] !== undefined) {
    return printConfig({ path: values["print-config"], cwd, root, terminal, rules, severities: plan.severities });
  }
  const { changed } = values;
  const changes = changed === false ? undefined : await changesSince(changed === true ? undefined : `${changed}`, cwd);
  if (changes !== undefined && "mistake" in changes) return refuse(changes.mistake, terminal);
  const inputs = await gather({ host, plan, values });
  const before = changes && changesOf(changes, inputs, plan.paths, cwd);
  const edited = values.fix || values["fix-dry-run"] || values.watch || before !== undefined;
  const asked = { cwd, root, rules, severities: plan.severities, before, part: plan.part, edited };
  const judged = new Judged(asked, inputs);
  if (values["fix-dry-run"]) return dryRun(judged, request, plan, rules);
  const fixed = values.fix ? await fixFiles(judged.together, root, limits.fileLength) : { notes: [], problems: [] };
  for (const problem of fixed.problems) terminal.err(notFixedLine(problem));
  const changedNotes = changes && before ? [changedNote(before.size, changes.since)] : [];
  const notes = [...changedNotes, ...partNotes(plan.part), ...fixed.notes];
  const told = { values, cwd, root, rules, notes, terminal, ...plan };
  const code = await finish({ ...told, checked: judged.checked() });
  if (values.watch) {
    return watch({ ...told, host, inputs, code, judge: (now) => new Judged(asked, now), judged });
  }
  return fixed.problems.length > 0 ? exit.failed : code;
}

async function dryRun(
  judged: Judged,
  { terminal }: LintRequest,
  { routes }: Plan,
  rules: readonly Rule[],
): Promise<Exit> {
  const checked = judged.checked();
  const { diff, summary } = fixesInDiff(judged.together);
  await tell({ checked, rules, failsFrom: undefined, notes: [] }, { ...routes, shown: "none" }, terminal);
  terminal.out(diff);
  terminal.err(`${summary}\n`);
  if (checked.problems.length > 0 || checked.failures.length > 0) return exit.failed;
  return diff === "" ? exit.clean : exit.found;
}

function partNotes(part: Plan["part"]): string[] {
  return part === undefined ? [] : [`part ${part.index} of ${part.count}: headroom merge tells the whole`];
}

function refuse(sentence: string, terminal: Terminal): Exit {
  terminal.err(`${visible(sentence)}\n`);
  return exit.failed;
}
