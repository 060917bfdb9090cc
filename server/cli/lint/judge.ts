import type { RuleSeverity } from "../../config/settings.ts";
import type { Rule } from "../../rules/rule.ts";
import type { InputFile, InputProblem } from "../inputs/input.ts";
import { backToSources } from "../render/back-to-sources.ts";
import type { Part } from "../shard/part.ts";
import type { Checked } from "./checked.ts";
import { directoryOf, type Gathered } from "./gather.ts";
import { Judgement } from "./judgement.ts";

export interface JudgeRequest {
  readonly cwd: string;
  readonly root: string;
  readonly rules: readonly Rule[];
  readonly severities: ReadonlyMap<string, RuleSeverity>;
  readonly before?: ReadonlyMap<string, string | undefined> | undefined;
  readonly part?: Part | undefined;
  readonly edited?: boolean | undefined;
}

/** What was gathered, judged: the manifests together, and what speaks for itself alone. */
export class Judged {
  readonly together: Judgement;
  private readonly request: JudgeRequest;
  private inputs: Gathered;

  constructor(request: JudgeRequest, inputs: Gathered) {
    this.request = request;
    this.inputs = inputs;
    this.together = new Judgement({ ...request, ...inputs });
  }

  /** Takes new texts of files, of which all others are as before. */
  retake(texts: readonly InputFile[], inputs: Gathered): void {
    this.inputs = inputs;
    for (const file of texts) this.together.take(file);
  }

  checked(): Checked {
    const { cwd, root, rules, severities } = this.request;
    const { alone, configs, problems, files } = this.inputs;
    const others = alone.map((file) => {
      const partial = [directoryOf(file)];
      return new Judgement({ cwd, root, rules, severities, configs, files: [file], partial }).checked();
    });
    const together = this.together.checked();
    const all = [together, ...others];
    const rendered = files.filter((file) => file.rendered);
    const checked = {
      ...together,
      files: all.flatMap((one) => one.files),
      ignored: all.reduce((sum, { ignored }) => sum + ignored, 0),
      problems: eachOnce([...problems, ...all.flatMap((one) => one.problems)]),
      failures: all.flatMap(({ failures }) => failures),
    };
    return backToSources(checked, rendered, cwd, root);
  }
}

function eachOnce(problems: readonly InputProblem[]): InputProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify([problem.path, problem.reason]), problem])).values()];
}
