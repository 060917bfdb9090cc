import { limits } from "../../text/limits.ts";
import type { Host } from "../commands/command.ts";
import type { InputFile, InputProblem, Inputs } from "../inputs/input.ts";
import { readInputs } from "../inputs/inputs.ts";
import { readConfigs } from "./configs.ts";
import type { LintValues } from "./options.ts";
import { partialDirectories } from "./partial.ts";
import type { Plan } from "./plan.ts";

export interface Gathered {
  readonly files: readonly InputFile[];
  readonly configs: readonly InputFile[];
  readonly partial: readonly string[];
  readonly problems: readonly InputProblem[];
}

export interface GatherRequest {
  readonly host: Pick<Host, "cwd" | "stdin">;
  readonly plan: Pick<Plan, "paths">;
  readonly values: Pick<LintValues, "stdin-filename">;
}

/** Reads what was named and what it is judged by. */
export async function gather({ host: { cwd, stdin }, plan, values }: GatherRequest): Promise<Gathered> {
  const limit = limits.fileLength;
  const stdinPath = values["stdin-filename"];
  const place = stdinPath === undefined ? {} : { stdinPath };
  const named = withoutSilence(await readInputs({ cwd, paths: plan.paths, limit, stdin, ...place }));
  const configs = await readConfigs(named.files, cwd, limit);
  return {
    files: named.files,
    configs: configs.files,
    partial: await partialDirectories(named.files),
    problems: [...named.problems, ...configs.problems],
  };
}

/** An empty pipe mostly means that the command before it failed; silence would look like a clean result. */
function withoutSilence({ files, problems }: Inputs): Inputs {
  const stdin = files.find(({ path, text }) => path === "<stdin>" && text.trim() === "");
  if (stdin === undefined) return { files, problems };
  const reason = "Nothing came in. Did the command before the pipe fail?";
  return { files: files.filter((file) => file !== stdin), problems: [...problems, { path: stdin.path, reason }] };
}
